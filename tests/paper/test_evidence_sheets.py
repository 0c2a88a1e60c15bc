"""Evidence on sheets: a picture whole and upright, one page each; what has no picture is named."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from paper.evidence_sheets import LARGEST, EvidenceSheet, copy_of, sheets
from tests.paper.test_stamp import photo
from tests.paper.text import text_of

AT = datetime(2026, 6, 30, 2, tzinfo=UTC)
LINES = ("证据，卷内第1件　2026年6月23日", "SHA-256：" + "ab" * 32)


@pytest.fixture
def taken(tmp_path):
    def make(raw=None, **how):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.jpg"
        path.write_bytes(photo(**how) if raw is None else raw)
        return path

    return make


def test_each_piece_is_one_page_with_its_title_its_lines_and_its_picture(taken, faces):
    made = sheets(
        [EvidenceSheet("公示栏", LINES, taken()), EvidenceSheet("录像", LINES, None, "原件另存。")],
        AT,
        faces,
    )
    pages = PdfReader(BytesIO(made)).pages
    assert [len(page.images) for page in pages] == [1, 0]
    assert all(float(page.mediabox.width) < float(page.mediabox.height) for page in pages)
    text = text_of(made)
    for said in ("公示栏", "卷内第1件", "SHA-256：abab", "录像", "原件另存。"):
        assert said in text


def test_the_same_pieces_give_the_same_bytes(taken, faces):
    given = [EvidenceSheet("公示栏", LINES, taken())]
    assert sheets(given, AT, faces) == sheets(given, AT, faces)


@pytest.mark.parametrize(("turned", "stands"), [(1, False), (6, True), (8, True)])
def test_a_picture_is_drawn_as_its_camera_was_held(taken, turned, stands):
    copy = copy_of(taken(width=400, height=300, turned=turned))
    with Image.open(BytesIO(copy or b"")) as opened:
        assert (opened.height > opened.width) is stands
        assert not opened.getexif()


def test_a_large_picture_is_drawn_from_a_smaller_copy_and_the_original_is_not_touched(taken):
    path = taken(width=4000, height=3000)
    before = path.read_bytes()
    with Image.open(BytesIO(copy_of(path) or b"")) as opened:
        assert max(opened.size) == LARGEST
    assert path.read_bytes() == before


@pytest.mark.parametrize("raw", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut off"])
def test_what_is_no_picture_is_named_on_its_page(taken, faces, raw):
    made = sheets([EvidenceSheet("坏图", LINES, taken(raw), "原件不能打开。")], AT, faces)
    assert len(PdfReader(BytesIO(made)).pages) == 1
    assert "原件不能打开。" in text_of(made)


def test_long_titles_and_strange_characters_stay_on_the_page(faces):
    made = sheets(
        [EvidenceSheet("很长的题名" * 30, (*LINES, "\U0001f525火"), None, "长" * 400)], AT, faces
    )
    assert len(PdfReader(BytesIO(made)).pages) == 1
    assert "〓火" in text_of(made)


def test_no_pieces_are_no_sheets(faces):
    with pytest.raises(ValueError, match="no evidence"):
        sheets([], AT, faces)
