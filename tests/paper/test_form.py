"""Approval forms: opinions signed in their cells, alike from both printers."""

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from lawbook.content import ContentError
from paper import examples
from paper.blocks import FormTable
from paper.compose import compose
from paper.template import DocumentTemplate
from tests.paper.test_render import RENDERERS, drawn, text_of_page
from tests.paper.text import text_of

CODE = "case-filing-approval"


def form_of(data, code=CODE):
    given = examples.example(code)
    document = compose(given.template, {**given.data, **data}, given.number, [])
    return next(block for block in document.blocks if isinstance(block, FormTable))


def signed(form):
    return [one.signed for row in form.rows for one in row.cells if one.signed]


def test_an_opinion_is_signed_and_dated_and_one_not_given_has_room_for_both():
    form = form_of({"approval_opinion": None, "approval_by": None, "approval_on": None})
    handlers, *_, head = signed(form)
    assert handlers == (
        "签名：卫建国（执法证号14080200101）", "签名：柴晓梅（执法证号14080200102）", "2026年3月6日",
    )  # fmt: skip
    assert head == ("签名：　　　　　　　　　　　　年　　月　　日",)


def test_rows_of_a_person_and_of_an_organisation_do_not_stand_together():
    labels = {one.cell.label for row in form_of({}).rows for one in row.cells}
    assert "法定代表人（负责人）" in labels
    assert "身份证号" not in labels
    person = {"legal_rep": None, "legal_rep_post": None, "party_code": None, "sex": "male",
              "age": 46, "id_number": "140802000000000000"}  # fmt: skip
    labels = {one.cell.label for row in form_of(person).rows for one in row.cells}
    assert "身份证号" in labels
    assert "法定代表人（负责人）" not in labels


def test_what_was_not_chosen_is_left_out():
    form = form_of({}, "legal-review-opinion")
    [cell] = [
        one.cell for row in form.rows for one in row.cells if one.cell.label == "拟给予的行政处罚"
    ]
    assert cell.paragraphs == ("警告", "罚款")
    assert not cell.choices


@pytest.mark.parametrize("times", [1, 12, 40, 90])
def test_a_long_opinion_is_printed_whole_by_both_and_never_parts_from_who_signs(times, faces):
    given = examples.example(CODE)
    data = {**given.data, "approval_opinion": "同意立案，依法全面调查取证。" * times + "完毕。"}
    one = replace(given, data=data, signatures=())
    for renderer in RENDERERS:
        made = drawn(one, renderer, faces)
        assert text_of(made, given.number).count("依法全面调查取证") == times
        pages = [text_of_page(page) for page in pypdf.PdfReader(BytesIO(made)).pages]
        [last] = [page for page in pages if "签名：尉迟海" in page]
        assert "完毕。" in last


def test_the_last_opinion_never_stands_on_a_page_alone(faces):
    given = examples.example("seizure-approval")
    for lines in range(1, 14, 2):
        facts = "\n".join(["设备不符合标准。"] * lines)
        one = replace(given, data={**given.data, "facts": facts}, signatures=())
        for renderer in RENDERERS:
            pages = [
                text_of_page(page)
                for page in pypdf.PdfReader(BytesIO(drawn(one, renderer, faces))).pages
            ]
            assert "审批意见" in pages[-1], (renderer, lines)
            assert "审核意见" in pages[-1], (renderer, lines)


def test_copies_are_never_told_on_a_page_alone(faces):
    given = examples.example("registered-evidence-decision")
    for lines in range(1, 8):
        remark = "\n".join(["补充说明。"] * lines)
        one = replace(given, data={**given.data, "remark": remark}, signatures=())
        for renderer in RENDERERS:
            pages = [
                text_of_page(page)
                for page in pypdf.PdfReader(BytesIO(drawn(one, renderer, faces))).pages
            ]
            assert "（印章）" in pages[-1], (renderer, lines)
            assert "一式两份" in pages[-1], (renderer, lines)


def body_of(rows):
    return {
        "code": "own", "name": "审批表", "version": "1", "basis": ["x"], "copies": {"count": 1, "text": "一份。"},
        "fields": [{"code": "a", "label": "甲", "kind": "text", "required": False, "source": "written.a"}],
        "layout": [{"kind": "form", "rows": rows}],
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [[["b"]], [{"opinion": "b"}], [{"opinion": "a", "by": "b"}], [{"cells": ["a"], "when": "b"}]],
)
def test_a_form_that_names_what_it_has_not_is_refused_when_it_is_read(rows):
    with pytest.raises(ContentError):
        DocumentTemplate.from_content(body_of(rows))


def test_a_number_inherits_from_a_case_or_from_nothing():
    body = body_of([["a"]]) | {
        "numbering": {"abbreviation": "立", "pattern": "{sequence}", "inherits": "plan"}
    }
    with pytest.raises(ContentError, match="plan"):
        DocumentTemplate.from_content(body)
