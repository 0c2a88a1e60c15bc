"""Lists of things that cross pages, money, what bears no number, refusals to sign: on both printers."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any, cast

import pypdf
import pytest

from paper import examples
from paper.blocks import NumberLine, RuledList
from paper.compose import compose
from paper.refusals import FieldUnreadable
from paper.render import render
from tests.paper.test_render import RENDERERS, drawn, text_of_page
from tests.paper.text import text_of


def long_list(count):
    given = examples.example("seizure-decision")
    items = [{"name": f"物品{at:03}", "quantity": "壹件"} for at in range(1, count + 1)]
    return replace(given, data={**given.data, "items": items}, signatures=())


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_long_list_crosses_pages_with_its_headings_and_loses_no_row(renderer, faces):
    given = long_list(90)
    pages = [
        text_of_page(one) for one in pypdf.PdfReader(BytesIO(drawn(given, renderer, faces))).pages
    ]
    assert len(pages) >= 4
    with_rows = [page for page in pages if re.search(r"物品\d{3}", page)]
    assert len(with_rows) >= 3
    assert all("规格型号" in page for page in with_rows)
    assert re.findall(r"物品(\d{3})", "".join(pages)) == [f"{at:03}" for at in range(1, 91)]
    assert all(f"第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, 1))


@pytest.mark.parametrize("count", range(18, 30))
def test_a_row_is_never_torn_and_headings_never_stand_alone(count, faces):
    for renderer in RENDERERS:
        reader = pypdf.PdfReader(BytesIO(drawn(long_list(count), renderer, faces)))
        for page in map(text_of_page, reader.pages):
            assert ("规格型号" in page) == bool(re.search(r"物品\d{3}", page)), renderer


def test_a_row_longer_than_a_page_is_printed_whole_by_both(faces):
    given = long_list(2)
    given.data["items"][0]["remark"] = "字" * 900
    for renderer in RENDERERS:
        assert text_of(drawn(given, renderer, faces), given.number).count("字") == 900


def test_both_print_the_same_refusal_under_the_place_to_sign(faces):
    given = examples.example("seizure-decision")
    texts = [text_of(drawn(given, renderer, faces), given.number) for renderer in RENDERERS]
    for text in texts:
        assert "（拒绝签字）" in text
        assert "邵文清拒绝签字（2026年3月5日12时3分）：当事人认为封存影响生产" in text


def test_both_print_by_which_photo_a_signature_on_paper_is_known(faces):
    given = examples.example("inspection-record")
    photo = "ab" * 32
    signatures = tuple(
        replace(one, strokes=(), signed_paper=photo) if one.role == "party" else one
        for one in given.signatures
    )
    given = replace(given, signatures=signatures)
    for renderer in RENDERERS:
        text = text_of(drawn(given, renderer, faces), given.number)
        assert "（已在纸质件签名）" in text
        assert "拒绝签字" not in text
        assert f"SHA-256：{photo}" in text


def test_a_record_without_a_number_has_no_number_line_and_takes_none():
    given = examples.example("inquiry-record")
    assert not [one for one in given.composed().blocks if isinstance(one, NumberLine)]
    with pytest.raises(FieldUnreadable, match="不编文号"):
        compose(given.template, given.data, "（盐）应急询〔2026〕1号", [])


def test_a_fine_is_printed_in_capitals_and_figures(faces):
    given = examples.example("on-the-spot-penalty")
    assert "贰仟元整（¥2,000.00）" in text_of(drawn(given, "fpdf2", faces), given.number)
    for wrong in (0, -1, "2000", True):
        with pytest.raises(FieldUnreadable):
            compose(given.template, {**given.data, "fine": wrong}, given.number, [])


def test_an_empty_list_is_no_table():
    given = examples.example("survey-record")
    document = compose(given.template, {**given.data, "photos": []}, given.number, [])
    assert not [one for one in document.blocks if isinstance(one, RuledList)]


@pytest.mark.parametrize("code", ["survey-record", "inquiry-record", "on-the-spot-penalty"])
def test_a_place_to_sign_never_stands_on_a_page_alone(code, faces):
    given = examples.example(code)
    for renderer in RENDERERS:
        made = render(given.composed(), cast(Any, renderer), issued_at=given.issued_at, faces=faces)
        for page in pypdf.PdfReader(BytesIO(made)).pages:
            text = text_of_page(page)
            if "（签名）" in text:
                assert len(text.partition("（签名）")[0]) > 8, renderer
