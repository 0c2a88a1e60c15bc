"""The code on the page: drawn by both, read from the paper, and the data that go with the file."""

import base64
import json
import re
import subprocess
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
import zxingcpp
from PIL import Image

from lawbook.proof import content_code
from paper import examples
from paper.compose import compose
from paper.digest import canonical
from paper.proof import MOST
from paper.refusals import ProofElsewhere
from paper.render import render
from paper.template import OFFICE
from tests.paper.test_render import text_of_page
from tests.paper.text import text_of
from tests.proving import prover

RENDERERS = ("typst", "fpdf2")
SIGNED_BY_A_TABLET = [
    code for code in examples.codes() if examples.example(code).template.about not in OFFICE
]
"""The office issues the forms of a case, without a tablet's key: they bear no code."""
A4 = (1654, 2339)
"""Pixels at 200 dpi, what an office scanner makes."""


@pytest.fixture(scope="module")
def someone():
    return prover()


def proven(given, code, renderer, faces):
    document = compose(given.template, given.data, given.number, given.signatures, code)
    return render(document, renderer, issued_at=given.issued_at, faces=faces)


def pictures(pdf, folder):
    """The pages as they come out of the printer."""
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "200", "-gray", "-png", "page.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True)
    made = []
    for path in sorted(folder.glob("page-*.png")):
        with Image.open(path) as page:
            made.append(page.convert("L"))
    return made


def keywords(pdf):
    metadata = pypdf.PdfReader(BytesIO(pdf)).metadata
    return metadata.get("/Keywords") if metadata else None


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("code", SIGNED_BY_A_TABLET)
def test_the_code_is_read_from_the_paper(code, renderer, faces, someone, tmp_path):
    given = examples.example(code)
    said = someone.of(given)
    *before, last = pictures(proven(given, said, renderer, faces), tmp_path)
    assert [found.text for found in zxingcpp.read_barcodes(last)] == [said]
    assert not [found for page in before for found in zxingcpp.read_barcodes(page)]


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_code_covers_no_text_and_no_text_covers_it(renderer, faces, someone, tmp_path):
    given = examples.example("inspection-record")
    page = pictures(proven(given, someone.of(given), renderer, faces), tmp_path)[-1]
    [found] = zxingcpp.read_barcodes(page)
    place = found.position
    left, top = place.top_left.x, place.top_left.y
    right, bottom = place.bottom_right.x, place.bottom_right.y
    assert 225 < right - left < 245
    assert right < A4[0] - 190
    quiet = 4 * (right - left) // 89 - 2
    white = page.point(lambda tone: 255 if tone < 200 else 0)
    for strip in (
        (left - quiet, top - quiet, right + quiet, top - 2),
        (left - quiet, bottom + 3, right + quiet, bottom + quiet),
        (left - quiet, top, left - 2, bottom),
        (right + 3, top, right + quiet, bottom),
    ):
        assert white.crop(strip).getbbox() is None


@pytest.mark.parametrize("code", SIGNED_BY_A_TABLET)
def test_both_renderers_say_the_same_beside_the_code(code, faces, someone):
    given = examples.example(code)
    said = someone.of(given)
    texts = [text_of(proven(given, said, renderer, faces), given.number) for renderer in RENDERERS]
    assert texts[0] == texts[1]
    assert f"扫码验真·内容码{content_code(given.composed().digest)}" in texts[0]


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("code", SIGNED_BY_A_TABLET)
def test_a_code_never_stands_on_a_page_alone(code, renderer, faces, someone):
    given = examples.example(code)
    made = proven(given, someone.of(given), renderer, faces)
    last = text_of_page(pypdf.PdfReader(BytesIO(made)).pages[-1])
    assert len(last.partition("扫码验真")[0]) > 20


@pytest.mark.parametrize("renderer", RENDERERS)
def test_proof_and_data_lie_in_the_file_as_plain_bytes(renderer, faces, someone):
    given = examples.example("correction-order")
    said = someone.of(given)
    pdf = proven(given, said, renderer, faces)
    assert set(re.findall(rb"zhifa-proof:1:([\w-]+)", pdf)) == {said.partition("#")[2].encode()}
    [inside] = set(re.findall(rb"zhifa-data:1:([A-Za-z0-9+/=]+)", pdf))
    told = {"kind": "correction-order", "number": given.number, "data": dict(given.data)}
    assert base64.b64decode(inside) == canonical(json.loads(json.dumps(told)))
    assert str(keywords(pdf)).startswith("zhifa-proof:1:")


@pytest.mark.parametrize("renderer", RENDERERS)
def test_more_data_than_a_pdf_takes_stay_outside_and_the_proof_goes_in(renderer, faces, someone):
    given = examples.example("inspection-record")
    data = {**given.data, "situation": "查看了现场。" * (MOST // 20)}
    long = replace(given, data=data, signatures=())
    pdf = proven(long, someone.of(long), renderer, faces)
    assert b"zhifa-proof:1:" in pdf
    assert b"zhifa-data" not in pdf


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_page_without_a_proof_has_neither_code_nor_data(renderer, faces, tmp_path):
    given = examples.example("correction-order")
    pdf = render(given.composed(), renderer, issued_at=given.issued_at, faces=faces)
    assert not [one for page in pictures(pdf, tmp_path) for one in zxingcpp.read_barcodes(page)]
    assert keywords(pdf) is None
    assert "扫码验真" not in text_of(pdf, given.number)


def test_a_proof_of_another_document_is_refused(someone):
    given = examples.example("correction-order")
    other = replace(given, number="（盐）应急责改〔2026〕10号")
    altered = replace(given, data={**given.data, "organ": "河津市应急管理局"})
    for said in (someone.of(other), someone.of(altered), "https://elsewhere.example/verify#AQEA"):
        with pytest.raises(ProofElsewhere):
            compose(given.template, given.data, given.number, (), said)
