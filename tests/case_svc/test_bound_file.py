"""The file as one PDF: every page numbered at its upper right, as the catalogue says."""

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from lawbook.archive.catalogue import Entry, Piece, Sort, arranged
from paper import examples
from paper.font import faces
from paper.render import render
from services.case_svc.archives.binding import UNREADABLE, Bound, bind, pages_of
from tests.examples import jpeg

AT = datetime(2026, 6, 30, 2, tzinfo=UTC)
FRONT = "case-cover"


def drawn(code: str) -> bytes:
    given = examples.example(code)
    return render(given.composed(), issued_at=given.issued_at)


@pytest.fixture
def bound(tmp_path):
    """Pieces as they are bound: (title, bytes, suffix) each, documents unless they are pictures."""

    def make(*given: tuple[str, bytes, str]) -> list[Bound]:
        paths: dict[str, Path] = {}
        pieces = []
        for nth, (title, raw, suffix) in enumerate(given):
            path = tmp_path / f"{nth}{suffix}"
            path.write_bytes(raw)
            pages, note = pages_of(path) if suffix == ".pdf" else (1, "")
            sort = Sort.DOCUMENT if suffix == ".pdf" else Sort.EVIDENCE
            sum_ = hashlib.sha256(raw).hexdigest()
            paths[title] = path
            pieces.append(
                Piece(title, sort, title, "", date(2026, 3, 1 + nth), sum_, pages, suffix, note)
            )
        return [Bound(one, paths[one.piece.id], ("第1件",)) for one in arranged(pieces)]

    return make


def stamps(pdf: bytes) -> list[str | None]:
    """What stands at the upper right of each page as a reader sees it; None where nothing does."""
    found: list[str | None] = []
    for page in PdfReader(BytesIO(pdf)).pages:
        here: list[str] = []
        box, turned = page.cropbox, page.rotation % 360
        wide, high = float(box.width), float(box.height)

        def visit(text, cm, tm, _font, _size, here=here, turned=turned, wide=wide, high=high):
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            right, up = {
                0: (wide - x, high - y), 90: (high - y, x), 180: (x, y), 270: (y, wide - x),
            }[turned]  # fmt: skip
            if right < 80 and up < 50 and text.strip().isdigit():
                here.append(text.strip())

        page.extract_text(visitor_text=visit)
        found.append(here[0] if here else None)
    return found


def test_every_page_of_every_piece_bears_its_number_and_the_front_bears_none(bound):
    front = drawn(FRONT)
    given = bound(
        ("立案审批表", drawn("case-filing-approval"), ".pdf"),
        ("照片", jpeg(64, 48), ".jpg"), ("录像", b"MP4", ".mp4"),
        ("决定书", drawn("penalty-decision"), ".pdf"),
    )  # fmt: skip
    whole = bind([front], given, "某案", AT, faces())
    last = given[-1].entry.page_to
    assert last == sum(one.entry.piece.pages for one in given)
    assert stamps(whole) == [None, *(str(page) for page in range(1, last + 1))]
    reader: Any = PdfReader(BytesIO(whole))
    assert [(one.title, reader.get_destination_page_number(one)) for one in reader.outline] == [
        (f"{one.entry.place} {one.entry.piece.title}", one.entry.page_from) for one in given
    ]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_number_stands_upright_at_the_upper_right_of_a_page_that_is_turned(bound, turned):
    writer = PdfWriter()
    for page in PdfReader(BytesIO(drawn("case-filing-approval"))).pages:
        writer.add_page(page).rotate(turned)
    out = BytesIO()
    writer.write(out)
    given = bound(("扫描件", out.getvalue(), ".pdf"))
    assert stamps(bind([], given, "某案", AT, faces())) == ["1", "2"]


def test_what_was_issued_is_not_touched(bound):
    given = bound(("决定书", drawn("penalty-decision"), ".pdf"))
    before = given[0].path.read_bytes()
    bind([], given, "某案", AT, faces())
    assert given[0].path.read_bytes() == before


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7 short", b"\x00" * 4096])
def test_a_document_that_cannot_be_read_takes_one_page_that_names_it(bound, raw):
    given = bound(("坏件", raw, ".pdf"), ("照片", jpeg(64, 48), ".jpg"))
    assert (given[0].entry.piece.pages, given[0].entry.piece.note) == (1, UNREADABLE)
    whole = bind([], given, "某案", AT, faces())
    assert stamps(whole) == ["1", "2"]


def test_every_cut_of_a_document_is_counted_or_named_and_always_bound(bound):
    raw = drawn("case-filing-approval")
    for length in range(0, len(raw), len(raw) // 12):
        given = bound(("残件", raw[:length], ".pdf"))
        pages = given[0].entry.page_to
        assert len(PdfReader(BytesIO(bind([], given, "某案", AT, faces()))).pages) == pages


def test_a_catalogue_that_says_other_pages_is_not_bound(bound):
    (one,) = bound(("立案审批表", drawn("case-filing-approval"), ".pdf"))
    with pytest.raises(ValueError, match="does not begin on page 2"):
        bind([], [Bound(Entry(1, one.entry.piece, 2, one.entry.path), one.path)], "", AT, faces())
    short = Piece("x", Sort.DOCUMENT, "x", "", date(2026, 3, 1), "0" * 64, 1, ".pdf")
    with pytest.raises(ValueError, match="other pages"):
        bind([], [Bound(Entry(1, short, 1, "x"), one.path)], "", AT, faces())


def test_the_same_pieces_give_the_same_bytes(bound):
    given = bound(("决定书", drawn("penalty-decision"), ".pdf"), ("照片", jpeg(64, 48), ".jpg"))
    assert bind([], given, "某案", AT, faces()) == bind([], given, "某案", AT, faces())
