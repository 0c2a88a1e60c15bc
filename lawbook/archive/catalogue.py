"""The catalogue of a case file (卷内目录) and its cover (案卷首页): what lies where, on which pages.

Order of the coal rule (制作说明 第14、15条): documents first, evidence after, each by time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lawbook.refusal import Refusal


class Sort(StrEnum):
    """What a piece is: a document (文书) or evidence (证据)."""

    DOCUMENT = "document"
    EVIDENCE = "evidence"


KEPT: Mapping[str, str] = {"permanent": "永久", "thirty": "30年", "ten": "10年"}
"""保管期限: what may be chosen; which is due is the bureau's rule (待确认)."""


class NotAccountedFor(Refusal):
    """Something that belongs into the file is not here, or is not as it was recorded."""

    code = "archive-not-accounted-for"
    title = "案卷材料不齐，不能归档"
    law = "行政处罚法 §47"
    next_step = "逐项补齐所列材料后再归档"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the file (一件): a document or evidence, with the bytes that were recorded.

    title: what it is. number: 文号, or empty. on: its day. sha256: of its bytes, as recorded when
    it was issued or taken. pages: how many it takes in the file. suffix: of its file name. at: the
    moment, as ISO 8601 in UTC, for what happened on one day; empty where only the day is known.
    entered: when it was really made, where that was a later day than its own (补制); as `at`.
    """

    id: str
    sort: Sort
    title: str
    number: str
    on: date
    sha256: str
    pages: int
    suffix: str
    note: str = ""
    at: str = ""
    entered: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue: 序号 文号 题名 日期 页号 备注, and where the bytes lie in the bag."""

    place: int
    piece: Piece
    page_from: int
    path: str

    @property
    def page_to(self) -> int:
        """Its last page."""
        return self.page_from + self.piece.pages - 1

    @property
    def page(self) -> str:
        """页号, as the catalogue prints it: 3, or 3-5."""
        one = self.page_from == self.page_to
        return str(self.page_from) if one else f"{self.page_from}-{self.page_to}"

    @property
    def dated(self) -> str:
        """日期 in eight digits."""
        return self.piece.on.strftime("%Y%m%d")

    def plain(self) -> dict[str, Any]:
        """As JSON, and as the seal covers it."""
        piece = self.piece
        return {
            "place": self.place, "id": piece.id, "sort": str(piece.sort), "number": piece.number,
            "title": piece.title, "date": self.dated, "page_from": self.page_from,
            "page_to": self.page_to, "note": piece.note, "path": self.path, "sha256": piece.sha256,
            # Left out where there is none: catalogues of before are what they were.
            **({"issued": piece.at, "entered": piece.entered} if piece.entered else {}),
        }  # fmt: skip


def in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """Documents first, evidence after, each by time (facts §5.5)."""
    return sorted(
        pieces,
        key=lambda one: (
            one.sort is Sort.EVIDENCE, one.on, one.at, one.number, one.title, one.id,
        ),
    )  # fmt: skip


def arranged(pieces: Iterable[Piece]) -> list[Entry]:
    """The catalogue: documents first, evidence after, by time; pages counted through.

    Refuses NotAccountedFor for a piece without pages, or one that comes twice.
    """
    order = in_order(pieces)
    ids = [one.id for one in order]
    if len(set(ids)) < len(ids):
        raise NotAccountedFor("有材料重复")
    told: list[Entry] = []
    page = 1
    for place, piece in enumerate(order, 1):
        if piece.pages < 1:
            raise NotAccountedFor(f"{piece.title}没有页数")
        folder = "documents" if piece.sort is Sort.DOCUMENT else "evidence"
        path = f"{folder}/{place:03}-{_safe(piece.title)}{piece.suffix}"
        told.append(Entry(place, piece, page, path))
        page += piece.pages
    return told


def _safe(title: str) -> str:
    """A title as part of a file name: what file systems refuse is left out."""
    return (
        "".join(char for char in title if char.isalnum() or char in "（）〔〕、－-")[:40] or "材料"
    )


@dataclass(frozen=True, slots=True)
class Cover:
    """案卷首页: whose file, what about, from when to when, how much, kept how long, by whom."""

    organ: str
    category: str
    title: str
    number: str
    case_number: str
    opened_on: date
    closed_on: date
    archived_on: date
    pieces: int
    pages: int
    officers: tuple[str, ...]
    archivist: str
    kept: str

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "organ": self.organ, "category": self.category, "title": self.title,
            "number": self.number, "case_number": self.case_number,
            "opened_on": self.opened_on.isoformat(), "closed_on": self.closed_on.isoformat(),
            "archived_on": self.archived_on.isoformat(), "pieces": self.pieces,
            "pages": self.pages, "officers": list(self.officers), "archivist": self.archivist,
            "kept": self.kept,
        }  # fmt: skip


def require_all_here(wanted: Mapping[str, str], here: Sequence[Piece]) -> None:
    """Everything recorded is among the pieces. `wanted`: id → what it is called.

    Refuses NotAccountedFor, naming each.
    """
    ids = {one.id for one in here}
    lacking = [called for id_, called in wanted.items() if id_ not in ids]
    if lacking:
        raise NotAccountedFor("缺少：" + "、".join(lacking), lacking=lacking)
