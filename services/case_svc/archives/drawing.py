"""What is drawn of an archived case: its cover and catalogue from their forms, and all of it bound.

The forms are content (案卷首页、卷内目录), so that a bureau can put in its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lawbook.archive.casefile import CATALOGUE_SHEETS, COVER_SHEET, WHOLE
from lawbook.archive.catalogue import Cover, Entry, Piece, Sort
from paper.compose import compose
from paper.filling import confirmed
from paper.font import faces
from paper.render import render
from paper.values import written_date
from services.case_svc.archives.binding import Bound, bind
from services.case_svc.packs.content import template

COVER_FORM, CATALOGUE_FORM = "case-cover", "case-catalogue"


def drawn(
    folder: Path, cover: Cover, officers: Sequence[Mapping[str, str]], entries: Sequence[Entry],
    content: Mapping[Piece, Path], at: datetime,
) -> dict[str, bytes]:  # fmt: skip
    """The sheets by their names in the package. `officers`: name and number of each handler.

    Refuses FieldMissing when a form asks for what no archive tells.
    """
    told = {"archive": _known(cover, officers, entries)}
    sheet = _sheet(folder, COVER_FORM, told, at, pieces=cover.pieces, pages=cover.pages)
    listed = _sheet(folder, CATALOGUE_FORM, told, at)
    bound = [Bound(one, content[one.piece], _lines(one)) for one in entries]
    title = f"{cover.number} {cover.title}"
    return {
        COVER_SHEET: sheet, CATALOGUE_SHEETS: listed,
        WHOLE: bind([sheet, listed], bound, title, at, faces()),
    }  # fmt: skip


def _known(
    cover: Cover, officers: Sequence[Mapping[str, str]], entries: Sequence[Entry]
) -> dict[str, Any]:
    """What the sources `archive.*` of the two forms find."""
    return cover.plain() | {
        "officers": [dict(one) for one in officers],
        "entries": [
            {
                "number": one.piece.number, "name": one.piece.title, "dated": one.dated,
                "page": one.page, "remark": one.piece.note,
            }
            for one in entries
        ],
    }  # fmt: skip


def _sheet(folder: Path, code: str, told: Mapping[str, Any], at: datetime, **counts: int) -> bytes:
    form = template(folder, code)
    composed = compose(form, confirmed(form, told, counts), None, ())
    return render(composed, issued_at=at)


def _lines(entry: Entry) -> tuple[str, ...]:
    """What stands below a picture: which piece it is, its day, and the sum of the original."""
    piece = entry.piece
    sort = "文书" if piece.sort is Sort.DOCUMENT else "证据"
    told = f"{sort}，卷内第{entry.place}件　{written_date(piece.on)}"
    return (
        f"{told}　{piece.note}".strip("　"), f"原件：{entry.path}", f"SHA-256：{piece.sha256}",
    )  # fmt: skip
