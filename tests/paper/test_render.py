"""Two renderers, one document."""

import copy
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest

from paper import examples, font, timing, typst
from paper.compose import compose
from paper.refusals import RendererMissing
from paper.render import available, render
from tests.paper.text import text_of

RENDERERS = ("typst", "fpdf2")
HOSTILE = [
    "#set page(fill: red)",
    "$x^2$ \\ \\u{41}",
    "*b* _i_ @ref <label> `raw` // /* */",
    "[ ] ( ) { } {organ} ] [",
    "\"q\" 's' “引”‘号’",
    "𠮷野家 😀 é",
    "W" * 400,
    "。" * 90,
    "（" * 90,
    "……——" * 60,
    "\x00\x07\u202eabc\u200b",
    "<b>&amp;</b> %PDF-1.7 (\\) Tj ET",
    "一\n\n二\r\n三\u2028四",
]


def hostile(code, text):
    given = examples.example(code)
    data = copy.deepcopy(dict(given.data))
    for field in given.template.fields:
        if field.kind in {"text", "long_text"}:
            data[field.code] = text
        if field.kind == "list":
            data[field.code] = [text] * 3
        if field.kind == "items":
            for item in data[field.code]:
                for column in field.columns:
                    if column.kind == "text":
                        item[column.code] = text
    return replace(given, data=data, signatures=())


def drawn(given, renderer, faces):
    return render(given.composed(), renderer, issued_at=given.issued_at, faces=faces)


def test_both_renderers_are_here():
    assert available() == ["typst", "fpdf2"]


@pytest.mark.parametrize("code", examples.codes())
def test_both_renderers_hold_the_same_text(code, faces):
    given = examples.example(code)
    texts = [text_of(drawn(given, renderer, faces), given.number) for renderer in RENDERERS]
    assert texts[0] == texts[1]
    assert given.template.name in texts[0]
    assert given.data["organ"] in texts[0]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_printed_as_it_stands_by_both(text, faces):
    given = hostile("inspection-record", text)
    texts = [text_of(drawn(given, renderer, faces), given.number) for renderer in RENDERERS]
    assert texts[0] == texts[1]


def test_hostile_text_in_a_ruled_table_is_printed_by_both(faces):
    given = hostile("inspection-scheme", " ".join(HOSTILE))
    texts = [text_of(drawn(given, renderer, faces), given.number) for renderer in RENDERERS]
    assert texts[0] == texts[1]


def test_markup_reaches_paper_as_text(faces):
    text = text_of(drawn(hostile("inspection-record", HOSTILE[0]), "typst", faces))
    assert "#setpage(fill:red)" in text


def test_a_character_no_face_has_is_shown_as_missing_and_can_be_foretold(faces):
    assert font.undrawable("𠮷 好😀", faces) == ["😀"]
    text = text_of(drawn(hostile("inspection-record", "𠮷😀"), "fpdf2", faces))
    assert "𠮷〓" in text


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_same_input_gives_the_same_bytes_in_another_process(renderer, faces, tmp_path):
    given = examples.example("correction-order")
    program = (
        "import sys; from pathlib import Path; from paper import examples, font, render\n"
        "given = examples.example('correction-order')\n"
        "Path(sys.argv[3]).write_bytes(render.render(given.composed(), sys.argv[1],"
        " issued_at=given.issued_at, faces=font.Faces(Path(sys.argv[2]))))"
    )
    made = tmp_path / "made.pdf"
    subprocess.run(
        [sys.executable, "-c", program, renderer, str(faces.body), str(made)],
        check=True,
        env={"TZ": "America/New_York", "PYTHONHASHSEED": "7"},
        cwd=examples.CONTENT.parents[1],
    )
    assert made.read_bytes() == drawn(given, renderer, faces)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_pdf_is_dated_by_its_issue(renderer, faces):
    given = examples.example("correction-order")
    told = pypdf.PdfReader(BytesIO(drawn(given, renderer, faces))).metadata
    assert told is not None
    assert told.creation_date == given.issued_at
    assert told.title == "责令限期整改指令书 （盐）应急责改〔2026〕9号"


@pytest.mark.parametrize("renderer", RENDERERS)
def test_another_moment_of_issue_makes_another_file(renderer, faces):
    given = examples.example("correction-order")
    later = replace(given, issued_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert drawn(given, renderer, faces) != drawn(later, renderer, faces)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_every_page_says_which_of_how_many_it_is(renderer, faces):
    pages = pypdf.PdfReader(BytesIO(drawn(timing.three_pages(), renderer, faces))).pages
    feet = [f"第{number}页共3页" in text_of_page(page) for number, page in enumerate(pages, 1)]
    assert feet == [True, True, True]


def text_of_page(page):
    """One page's text with the whole foot left in."""
    for reference in page["/Resources"]["/Font"].values():
        told = reference.get_object()
        if not isinstance(told["/Encoding"], str):
            told[pypdf.generic.NameObject("/Encoding")] = pypdf.generic.NameObject("/Identity-H")
    return "".join(page.extract_text().split()).replace("\u200b", "")


@pytest.mark.parametrize("renderer", RENDERERS)
def test_signatures_never_stand_on_a_page_of_their_own(renderer, faces):
    given = timing.three_pages()
    for lines in range(1, 30, 4):
        situation = "\n".join(["查看了现场。"] * lines)
        one = replace(given, data={**given.data, "situation": situation, "party_opinion": None})
        pages = pypdf.PdfReader(BytesIO(drawn(one, renderer, faces))).pages
        [sheet] = [text for page in pages if "检查人员（签名）" in (text := text_of_page(page))]
        assert "被检查单位意见" in sheet


@pytest.mark.parametrize("renderer", RENDERERS)
def test_signatures_are_lines_and_not_pictures(renderer, faces):
    given = examples.example("correction-order")
    unsigned = compose(given.template, given.data, given.number, [])
    without = render(unsigned, renderer, issued_at=given.issued_at, faces=faces)
    signed = drawn(given, renderer, faces)
    segments = sum(
        len(stroke) - 1 for signature in given.signatures for stroke in signature.strokes
    )
    assert ink(signed) - ink(without) == segments
    assert not any(page.images for page in pypdf.PdfReader(BytesIO(signed)).pages)


def ink(pdf):
    """How many straight lines and curves a PDF draws."""
    count = 0
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        contents = page.get_contents()
        assert contents is not None
        count += sum(word in {b"l", b"c"} for word in contents.get_data().split())
    return count


def test_typst_makes_pictures_for_a_screen(faces):
    made = typst.pictures(examples.example("inspection-record").composed(), faces)
    assert [picture[:4] for picture in made] == [b"\x89PNG", b"\x89PNG"]


def test_an_unknown_renderer_is_refused(faces):
    given = examples.example("inspection-record")
    with pytest.raises(RendererMissing):
        render(given.composed(), "laser", issued_at=given.issued_at, faces=faces)  # type: ignore[arg-type]


def test_a_moment_without_its_offset_is_not_taken(faces):
    given = examples.example("inspection-record")
    with pytest.raises(ValueError, match="offset"):
        render(given.composed(), issued_at=datetime(2026, 3, 5), faces=faces)  # noqa: DTZ001


def test_what_is_no_pdf_has_no_text():
    with pytest.raises(ValueError, match="PDF"):
        text_of(b"hello")


def test_without_typst_the_tablet_still_prints(faces):
    program = (
        "import sys; sys.modules['typst'] = None; sys.modules['pypdf'] = None\n"
        "from pathlib import Path; from paper import examples, font, render\n"
        "given = examples.example('correction-order')\n"
        "made = render.render(given.composed(), 'fpdf2', issued_at=given.issued_at,"
        " faces=font.Faces(Path(sys.argv[1])))\n"
        "assert made.startswith(b'%PDF')\n"
        "assert not {'typst', 'pypdf'} & {name for name, held in sys.modules.items() if held}"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(faces.body)],
        check=True,
        cwd=examples.CONTENT.parents[1],
    )


def test_a_setting_names_the_bureaus_own_faces(faces, monkeypatch, tmp_path):
    own = tmp_path / "小标宋.otf"
    own.write_bytes(faces.body.read_bytes())
    monkeypatch.setenv("ZHIFA_FONT_BODY", str(faces.body))
    monkeypatch.setenv("ZHIFA_FONT_TITLE", str(own))
    chosen = font.faces(tmp_path / "unused")
    assert chosen == font.Faces(faces.body, own)
    assert not (tmp_path / "unused").exists()
    given = examples.example("inspection-scheme")
    texts = [text_of(drawn(given, renderer, chosen), given.number) for renderer in RENDERERS]
    assert texts[0] == texts[1]


def test_a_font_file_that_is_not_there_is_a_refusal(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHIFA_FONT_BODY", str(tmp_path / "仿宋.ttf"))
    with pytest.raises(RendererMissing):
        font.faces(tmp_path)
