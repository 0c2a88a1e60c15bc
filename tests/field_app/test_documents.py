"""Documents made, numbered, signed and issued at the plant, with no signal."""

import hashlib
from dataclasses import replace
from datetime import datetime

import pytest

from field_app.actions import compose_document as compose_module
from field_app.actions import issue_document as issue_module
from field_app.actions.compose_document import compose_document, shown
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document, missing_signatures
from field_app.actions.sign_document import sign_document
from field_app.forms import NotForChoosing
from field_app.moments import day, now
from field_app.refusals import (
    DocumentIssued,
    DocumentUnknown,
    InspectionNotEnded,
    NotASigner,
    NumberOfAnotherYear,
    SignaturesMissing,
)
from field_app.shelves.leases import NoNumbersLeft
from field_app.wire import fingerprint
from lawbook.rectification import NothingToCorrect
from paper.blocks import NumberLine
from paper.digest import digest
from paper.refusals import FieldMissing, FieldUnknown, SignatureUnreadable
from paper.values import BEIJING
from tests.field_app.tablet import (
    FIRST,
    NAMES,
    PRESENT,
    SECOND,
    STROKES,
    answered,
    begun,
    lease,
    signed,
)

RECORD, ORDER = "inspection-record", "correction-order"


@pytest.fixture
def visit(store):
    """A visit that ended with two findings."""
    inspection_id = answered(store, begun(store))
    finish_inspection(store, inspection_id)
    return inspection_id


def left(store, kind):
    return store.leases.left(kind, day(now()).year)


def test_a_document_about_a_visit_that_goes_on_is_refused(store):
    with pytest.raises(InspectionNotEnded):
        compose_document(store, begun(store), RECORD)


def test_a_record_says_what_was_recorded_and_takes_the_next_number_in_one_commit(
    store, visit, commits
):
    before = commits()
    record = compose_document(store, visit, RECORD, {"party_opinion": "agreed"})
    assert commits() == before + 1
    assert record.number == f"（河）应急检记〔{day(now()).year}〕21号"
    assert record.data["organ"] == "河津市应急管理局"
    assert record.data["officers"] == [
        {"name": "张岳", "number": FIRST}, {"name": "李秋", "number": SECOND}
    ]  # fmt: skip
    assert [set(one) for one in record.data["findings"]] == [{"description", "basis"}] * 2
    assert "不符合2项" in record.data["situation"]
    assert record.data["party_opinion"] == "agreed"
    assert record.digest == digest(RECORD, record.number, record.data)
    assert NumberLine(record.number) in shown(store, record.id).blocks


def test_an_order_names_each_problem_its_day_and_where_to_appeal(store, visit):
    order = compose_document(store, visit, ORDER)
    assert [one["correct_by"] > day(now()).isoformat() for one in order.data["problems"]]
    assert order.data["review_organ"] == "河津市人民政府"
    assert order.data["court"] == "河津市人民法院"
    assert order.data["inspected_on"] == order.data["issued_on"] == day(now()).isoformat()


def test_an_order_without_a_problem_is_refused_and_its_number_stays(store):
    inspection_id = answered(store, begun(store), unmet=0)
    finish_inspection(store, inspection_id)
    with pytest.raises(NothingToCorrect):
        compose_document(store, inspection_id, ORDER)
    assert left(store, ORDER) == 20


def test_what_the_form_refuses_costs_no_number(store, visit):
    with pytest.raises(FieldMissing, match="行政复议机关"):
        compose_document(store, visit, ORDER, {"review_organ": " "})
    with pytest.raises(FieldUnknown):
        compose_document(store, visit, ORDER, {"weather": "晴"})
    assert left(store, ORDER) == 20
    assert store.documents.of_inspection(visit) == []


def test_what_was_recorded_is_not_for_choosing(store, visit):
    with pytest.raises(NotForChoosing, match="发现的问题"):
        compose_document(store, visit, RECORD, {"findings": []})


def test_the_record_names_the_order_once_there_is_one(store, visit):
    assert "handling" not in compose_document(store, visit, RECORD).data
    order = compose_document(store, visit, ORDER)
    assert order.number in compose_document(store, visit, RECORD).data["handling"]


def test_a_draft_made_anew_keeps_its_number_and_loses_signatures_only_when_it_changes(store, visit):
    record = compose_document(store, visit, RECORD, {"party_opinion": "agreed"})
    signed(store, record.id)
    same = compose_document(store, visit, RECORD)
    assert same == replace(record, shown_at=same.shown_at)
    assert len(store.documents.signatures(record.id)) == 3
    other = compose_document(store, visit, RECORD, {"party_opinion": "objected"})
    assert (other.id, other.number) == (record.id, record.number)
    assert other.digest != record.digest
    assert store.documents.signatures(record.id) == []
    assert left(store, RECORD) == 19


def test_numbers_follow_one_another_across_leases_and_end(store, visit):
    for unused in range(19):
        with store.atomic():
            store.leases.take(RECORD, day(now()).year, "140882")
        assert left(store, RECORD) == 19 - unused
    lease(store, RECORD, first=61, count=1, unit="140802")
    assert str(compose_document(store, visit, RECORD).number).endswith("〕40号")
    with pytest.raises(NoNumbersLeft), store.atomic():
        store.leases.take(RECORD, day(now()).year, "140882")


def test_a_number_of_another_unit_is_never_given(store, visit):
    store.set("me", store.setting("me") | {"unit": "140802"})
    with pytest.raises(NoNumbersLeft):
        compose_document(store, visit, RECORD)


def test_a_draft_of_last_year_is_numbered_anew_before_it_is_issued(store, visit, monkeypatch):
    record = compose_document(store, visit, RECORD)
    signed(store, record.id)
    next_year = day(now()).year + 1
    new_year = datetime(next_year, 1, 1, 0, 5, tzinfo=BEIJING)
    monkeypatch.setattr(compose_module, "now", lambda: new_year)
    monkeypatch.setattr(issue_module, "now", lambda: new_year)
    with pytest.raises(NumberOfAnotherYear):
        issue_document(store, record.id)
    with pytest.raises(NoNumbersLeft):
        compose_document(store, visit, RECORD)
    lease(store, RECORD, first=1, year=next_year)
    anew = compose_document(store, visit, RECORD)
    assert (anew.id, anew.number) == (record.id, f"（河）应急检记〔{next_year}〕1号")
    assert store.documents.signatures(record.id) == []
    signed(store, anew.id)
    assert issue_document(store, anew.id).number == anew.number


@pytest.mark.parametrize(
    ("role", "name", "number"),
    [
        ("officer", "王衡", "14088200009"),
        ("officer", "张岳", SECOND),
        ("officer", "张岳", None),
        ("party", " ", None),
        ("mayor", "某人", None),
    ],
)
def test_only_who_took_part_signs(store, visit, role, name, number):
    record = compose_document(store, visit, RECORD)
    with pytest.raises(NotASigner):
        sign_document(store, record.id, role, name, number, STROKES)


def test_an_empty_pad_is_no_signature(store, visit):
    record = compose_document(store, visit, RECORD)
    with pytest.raises(SignatureUnreadable):
        sign_document(store, record.id, "officer", "张岳", FIRST, [[]])


def test_signing_again_replaces_the_earlier_signature(store, visit):
    record = compose_document(store, visit, RECORD)
    for strokes in (STROKES, [[[1, 1], [9, 9]]]):
        sign_document(store, record.id, "officer", "张岳", FIRST, strokes)
    (one,) = store.documents.signatures(record.id)
    assert one["strokes"] == [[[1, 1], [9, 9]]]


def test_a_document_that_lacks_signatures_says_whose(store, visit):
    record = compose_document(store, visit, RECORD)
    sign_document(store, record.id, "officer", NAMES[FIRST], FIRST, STROKES)
    assert missing_signatures(store, record.id) == [
        "执法人员李秋",
        "被检查单位现场负责人（拒绝签字的，记明情况）",
    ]
    with pytest.raises(SignaturesMissing, match="李秋"):
        issue_document(store, record.id)
    signed(store, record.id)
    assert missing_signatures(store, record.id) == []


def test_an_issued_document_is_frozen_reported_and_queued_in_one_commit(store, visit, commits):
    record = compose_document(store, visit, RECORD)
    signed(store, record.id)
    before = commits()
    issued = issue_document(store, record.id)
    assert commits() == before + 1

    pdf = store.files.read(issued.pdf_path)
    assert pdf.startswith(b"%PDF")
    assert (hashlib.sha256(pdf).hexdigest(), len(pdf)) == (issued.pdf_sha256, issued.pdf_size)
    letter = store.outbox.letters()[-1]
    assert (letter.kind, letter.subject) == ("document.issue", f"inspection:{visit}")
    assert letter.sha256 == fingerprint(letter.body)
    assert letter.body["pdf_sha256"] == issued.pdf_sha256
    assert letter.body["lease_id"] == issued.lease_id
    assert {one["digest"] for one in letter.body["signatures"]} == {issued.digest}
    assert [one.sha256 for one in store.outbox.uploads()] == [issued.pdf_sha256]


def test_an_issued_document_never_changes(store, visit):
    record = compose_document(store, visit, RECORD)
    signed(store, record.id)
    issued = issue_document(store, record.id)
    letters = store.outbox.letters()
    assert issue_document(store, record.id) == issued
    assert compose_document(store, visit, RECORD, {"party_opinion": "objected"}) == issued
    with pytest.raises(DocumentIssued):
        sign_document(store, record.id, "party", PRESENT["name"], None, STROKES)
    with pytest.raises(RuntimeError):
        store.documents.change(record.id, {"data": "{}"})
    assert store.outbox.letters() == letters


def test_a_document_of_another_tablet_is_refused(store):
    for act in (issue_document, missing_signatures, shown):
        with pytest.raises(DocumentUnknown):
            act(store, "00000000-0000-4000-8000-00000000ffff")


def test_a_kind_that_tablets_do_not_make_is_refused(store, visit):
    body = {"code": "inspection-scheme", "about": ""}
    store.packs.keep(
        "document", "inspection-scheme", "2026.1", "0", store.packs.body("document", RECORD) | body
    )
    with pytest.raises(DocumentUnknown):
        compose_document(store, visit, "inspection-scheme")
