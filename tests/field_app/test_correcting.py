"""Refused letters are corrected where they were made: a new letter names the old (更正)."""

from uuid import uuid4

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document
from field_app.actions.correct_letter import (
    correct_evidence,
    correct_proposal,
    correct_record,
    correct_reinspection,
    replace_document,
    send_again,
)
from field_app.actions.discard_draft import discard_draft
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.propose import propose
from field_app.actions.reinspect import (
    begin_reinspection,
    finish_reinspection,
    open_hazards,
    record_result,
)
from field_app.actions.take_photo import keep_photo
from field_app.delivery import deliver
from field_app.moments import day, kept, now
from field_app.proof import checked, exported
from field_app.receipt_keys import receipt_keys
from field_app.refresh import refresh
from field_app.refusals import IdTakenElsewhere, InspectionEnded, LetterNotRefused
from field_app.screens.document.view import documents
from field_app.screens.outbox.view import view
from lawbook.proposal import ValueNotFit
from tests.examples import jpeg
from tests.field_app.office import good
from tests.field_app.tablet import (
    FIRST,
    INCOMPLETE,
    PRESENT,
    SECOND,
    answered,
    begun,
    items,
    signed,
)
from tests.field_app.weather import Weather

PROBLEM = {"code": "x", "title": "不符合要求", "detail": "请改"}


def letters(store, kind):
    return [one for one in store.outbox.letters() if one.kind == kind]


def refuse(store, letter, **changes):
    with store.atomic():
        store.outbox.refused(letter, PROBLEM | changes, None)


def of_state(store, state):
    return [one for one in view(store).lines if one.state == state]


async def test_at_the_office_every_corrected_letter_takes_its_old_ones_place(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    assert (await refresh(store, client)).stopped is None
    visit, (first, second, *_) = begun(store, scheme_id=office.scheme), items(store)
    answered(store, visit)
    keep_photo(store, visit, jpeg(), "image/jpeg", caption="炉前", check_item=first)
    # Something that this tablet let through and the office does not.
    with store.atomic():
        store.db.conn.execute(
            "update answer set correct_by = '2020-01-01' where item = ?", (second,)
        )
    finish_inspection(store, visit)
    assert (await deliver(store, client)).refused == 1
    (record,), (evidence,) = letters(store, "inspection.record"), letters(store, "evidence.declare")
    (shown,) = of_state(store, "被退回")
    assert shown.opens == ("checklist", {"inspection_id": visit})
    assert evidence.state == "held"

    answer_item(store, visit, first, "met")
    answer_item(store, visit, second, "not_met", correct_by=day(now()))
    assert store.outbox.one(record.id).state == "refused"
    fresh = store.outbox.one(correct_record(store, record.id, place="二车间", present=PRESENT))
    assert (fresh.corrects, fresh.body["corrects_letter"]) == (record.id, record.id)
    assert (fresh.body["place"], len(fresh.body["findings"])) == ("二车间", 1)
    assert fresh.body["ended_at"] == record.body["ended_at"]
    with pytest.raises(LetterNotRefused):
        correct_record(store, record.id)
    with pytest.raises(InspectionEnded):
        answer_item(store, visit, first, "not_met")
    # The finding is no more, so the photo that was declared with it is declared without.
    assert letters(store, "evidence.declare")[-1].body["hazard_id"] is None
    assert (await deliver(store, client)).stopped is None
    assert {one.state for one in store.outbox.letters()} == {"sent", "replaced"}
    told = await good(await office.client("officer", officer=FIRST).get(f"/v1/inspections/{visit}"))
    assert (told["place"], [one["check_item"] for one in told["findings"]]) == ("二车间", [second])

    order = issue_document(
        store, signed(store, compose_document(store, visit, "correction-order").id)
    )
    gone = {
        "id": str(uuid4()), "lease_id": order.lease_id, "reason": "在办公室作废",
        "sequence": store.leases.sequence(order.lease_id, order.number),
        "voided_at": kept(now()), "device": store.device,
    }  # fmt: skip
    void = {"id": str(uuid4()), "subject": "number:x", "kind": "number.void", "body": gone,
            "written_at": kept(now())}  # fmt: skip
    sent = await client.post("/v1/deliveries", json={"device": store.device, "letters": [void]})
    assert (await good(sent))["verdicts"][0]["state"] == "applied"
    assert (await deliver(store, client)).refused == 1
    (old,) = (one for one in letters(store, "document.issue") if one.state == "refused")
    draft = replace_document(store, old.id)
    assert replace_document(store, old.id).id == draft.id
    assert draft.number != order.number
    issued = issue_document(store, signed(store, draft.id))
    assert (await deliver(store, client)).refused == 0
    assert {one.state for one in store.outbox.letters()} == {"sent", "replaced"}
    assert store.outbox.one(old.id).by == letters(store, "document.issue")[-1].id
    shown_now = documents(store, visit)
    assert shown_now
    names = {one.document_id: one.state for one in [*shown_now.due, *shown_now.others]}
    assert (names[issued.id], names[order.id]) == ("已出具", "已更正")
    # The signed bytes of the old one are what they were.
    assert store.documents.one(order.id).pdf_sha256 == order.pdf_sha256
    proved = checked(b"".join(exported(store)), receipt_keys(store))
    assert proved.faults == []
    assert len(of_state(store, "已更正")) == 3


def test_a_replacement_that_is_given_up_leaves_the_refused_document_to_be_replaced(store):
    visit = answered(store, begun(store))
    finish_inspection(store, visit)
    order = issue_document(
        store, signed(store, compose_document(store, visit, "correction-order").id)
    )
    (letter,) = letters(store, "document.issue")
    refuse(store, letter)
    draft = replace_document(store, letter.id)
    discard_draft(store, draft.id)
    assert store.outbox.one(letter.id).state == "refused"
    again = replace_document(store, letter.id)
    assert (again.id != draft.id, again.number) == (True, draft.number)
    assert store.documents.one(order.id).number == order.number
    # Signed by nobody yet: it is a draft, and what was signed for the old one stands in the old one.
    assert store.documents.signatures(again.id) == []
    assert store.documents.signatures(order.id)


def test_evidence_is_declared_anew_with_other_words_and_the_same_bytes(store):
    visit = answered(store, begun(store))
    photo = keep_photo(
        store, visit, jpeg(), "image/jpeg", caption="炉前", check_item=items(store)[0]
    )
    finish_inspection(store, visit)
    (letter,) = letters(store, "evidence.declare")
    refuse(store, letter)
    shown = of_state(store, "被退回")[0]
    assert shown.opens == ("checklist", {"inspection_id": visit, "letter": letter.id})
    fresh = store.outbox.one(correct_evidence(store, letter.id, " 炉后 "))
    assert (fresh.body["caption"], fresh.body["sha256"]) == ("炉后", photo.sha256)
    assert store.inspections.photo(visit, photo.sha256).caption == "炉后"
    assert store.outbox.one(letter.id).body["caption"] == "炉前"
    assert store.record(photo.id)["caption"] == "炉后"


def test_a_proposal_is_made_anew_and_judged_as_before(store):
    (made,) = propose(store, INCOMPLETE, {"legal_rep": "裴松"}, source="seen")
    (letter,) = store.outbox.letters()
    refuse(store, letter)
    assert store.mirror.entity(INCOMPLETE)["missing"] == ["legal_rep"]
    with pytest.raises(ValueNotFit):
        correct_proposal(store, letter.id, "无", source="licence")
    assert store.outbox.one(letter.id).state == "refused"
    fresh = store.outbox.one(correct_proposal(store, letter.id, "裴松年", source="licence"))
    assert (fresh.body["id"], fresh.body["new_value"]) == (made, "裴松年")
    assert store.mirror.entity(INCOMPLETE)["values"]["legal_rep"] == "裴松年"
    assert [one.state for one in view(store).lines] == ["待发", "已更正"]


def test_a_reinspections_results_are_put_right(store):
    visit = answered(store, begun(store))
    finish_inspection(store, visit)
    again = begin_reinspection(store, visit, [FIRST, SECOND])
    hazards = [one["id"] for one in open_hazards(store, visit)]
    for one in hazards:
        record_result(store, again, one, "corrected")
    finish_reinspection(store, again)
    (letter,) = letters(store, "reinspection.record")
    refuse(store, letter)
    fresh = store.outbox.one(
        correct_reinspection(store, letter.id, {hazards[0]: ("not_corrected", "仍无护栏")})
    )
    told = {one["hazard_id"]: (one["outcome"], one["remark"]) for one in fresh.body["results"]}
    assert told == {hazards[0]: ("not_corrected", "仍无护栏"), hazards[1]: ("corrected", "")}
    assert [one["id"] for one in open_hazards(store, visit)] == [hazards[0]]


def test_what_was_changed_meanwhile_is_not_sent_as_it_was(store):
    """Sending a refused record once more takes the answers as they now stand."""
    visit = answered(store, begun(store))
    finish_inspection(store, visit)
    (letter,) = letters(store, "inspection.record")
    refuse(store, letter)
    same = store.outbox.one(send_again(store, letter.id))
    assert (same.corrects, same.body) == (None, letter.body)
    refuse(store, same)
    answer_item(store, visit, items(store)[0], "met")
    fresh = store.outbox.one(send_again(store, same.id))
    assert fresh.corrects == same.id
    assert len(fresh.body["findings"]) == 1


def test_what_the_office_has_with_other_content_is_for_the_office_to_compare(store):
    propose(store, INCOMPLETE, {"legal_rep": "裴松"}, source="seen")
    (letter,) = store.outbox.letters()
    refuse(store, letter, code="different-content")
    with pytest.raises(IdTakenElsewhere):
        correct_proposal(store, letter.id, "裴松年", source="seen")
