"""What the document screen shows."""

from typing import Any

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.sign_document import sign_document
from field_app.screens.document import view
from field_app.screens.document.as_text import as_text
from field_app.screens.document.writing import of_draft
from paper.blocks import CheckBoxes, Choice, NumberedList, Paragraph
from tests.field_app.screens.prepared import ME, OTHER, PRESENT, begun

STROKES = [[[0, 0], [40, 8], [9, 30]]]


def documents(*given: Any) -> Any:
    """The view; what it lacks shows in the test."""
    return view.documents(*given)


def paper(*given: Any) -> Any:
    """The view; what it lacks shows in the test."""
    return view.paper(*given)


def inspected(store, *, unmet=("G04",)):
    inspection = begun(store)
    for item in store.packs.checklist("metallurgy@2026.1").items:
        answer_item(store, inspection, item.code, "not_met" if item.code in unmet else "met")
    finish_inspection(store, inspection)
    return inspection


@pytest.fixture
def order(store):
    return compose_document(store, inspected(store), "correction-order")


def test_a_problem_needs_an_order_and_the_order_comes_before_the_record(store):
    shown = documents(store, inspected(store))
    assert [due.kind for due in shown.due] == ["correction-order", "inspection-record"]
    assert {due.state for due in shown.due} == {"可制作"}
    assert {due.unconfirmed for due in (*shown.due, *shown.others)} == {"内容待确认"}
    assert "先制作责令限期整改指令书" in shown.note


def test_without_a_problem_there_is_only_the_record(store):
    shown = documents(store, inspected(store, unmet=()))
    assert [due.kind for due in shown.due] == ["inspection-record"]
    assert shown.note == ""


def test_a_document_goes_from_unmade_to_issued(store, order):
    def due():
        return next(due for due in documents(store, order.about).due if due.kind == order.kind)

    assert (due().state, due().detail) == ("草稿", f"{order.number}　待签名")
    sign_document(store, order.id, "officer", "张岳", ME, STROKES)
    sign_document(store, order.id, "officer", "李青", OTHER, STROKES)
    sign_document(store, order.id, "party", PRESENT["name"], None, STROKES)
    assert due().detail == f"{order.number}　待出具"
    issue_document(store, order.id)
    assert due().state == "已出具"
    shown = paper(store, order.id)
    assert store.files.read(str(shown.pdf)).startswith(b"%PDF")
    assert shown.issued.endswith("内容不能再改")


def test_the_signers_are_the_officers_the_plant_and_perhaps_a_witness(store, order):
    shown = paper(store, order.id)
    assert [(one.role, one.name) for one in shown.signers] == [
        ("officer", "张岳"), ("officer", "李青"), ("party", PRESENT["name"]), ("witness", ""),
    ]  # fmt: skip
    assert "张岳" in shown.missing


def test_a_signature_is_shown_with_its_time(store, order):
    sign_document(store, order.id, "officer", "张岳", ME, STROKES)
    shown = paper(store, order.id)
    assert shown.signers[0].signed
    assert not shown.signers[1].signed
    assert any("已签名" in said.text for said in shown.said)


def test_the_preview_says_what_the_paper_says(store, order):
    texts = [said.text for said in paper(store, order.id).said]
    assert "责令限期整改指令书" in texts
    assert order.number in texts
    assert any("从业人员未经安全生产教育和培训合格即上岗作业" in text for text in texts)


def test_what_the_officer_writes_is_filled_in_beforehand(store):
    record = compose_document(store, inspected(store), "inspection-record")
    fields = {one.code: one for one in of_draft(store, record)}
    assert "15项" in fields["situation"].value
    assert [value for value, _ in fields["party_opinion"].options] == ["agreed", "objected"]
    assert "officers" not in fields


def test_of_an_order_only_what_it_covers_is_chosen(store, order):
    (problems,) = of_draft(store, order)
    assert problems.chosen == tuple(one["finding"] for one in order.data["problems"])
    assert problems.reasons == ("建议列入：违法行为，应当责令限期改正（安全生产法 §65(1)(2)）",)


def test_a_tick_stands_before_what_was_chosen():
    boxes = CheckBoxes("意见", (Choice("属实", checked=True), Choice("有异议", checked=False)))
    (said,) = as_text([boxes])
    assert said.text == "● 属实　○ 有异议"


def test_paragraphs_are_indented_and_lists_numbered():
    said = as_text([Paragraph("甲"), Paragraph("乙", indent=False), NumberedList(("丙", "丁"))])
    assert [one.text for one in said] == ["　　甲", "乙", "丙", "丁"]
    assert [one.label for one in said[2:]] == ["1.", "2."]


def test_an_inspection_that_is_not_here_has_no_documents(store):
    assert documents(store, "00000000-0000-4000-8000-999999999999") is None
