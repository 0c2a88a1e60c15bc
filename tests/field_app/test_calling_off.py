"""A visit that cannot be carried out ends with its reason, and its scheme is free again."""

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.call_off import call_off
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.meet_party import show_certificate
from field_app.actions.take_photo import keep_photo
from field_app.refusals import InspectionEnded, InspectionUnknown, LedByColleague
from field_app.unsent import unsent_here
from field_app.wire import Location
from lawbook.calling_off import PapersIssued, ReasonIncomplete, Why
from lawbook.inspection import Answer
from tests.examples import jpeg
from tests.field_app import test_together
from tests.field_app.office import good
from tests.field_app.tablet import (
    FIRST,
    PLANT,
    PRESENT,
    SCHEME,
    SECOND,
    answered,
    begun,
    items,
    lease,
)
from tests.field_app.test_documents_of_the_site import made, said

two = test_together.two
HERE: Location = {"lat": 35.596, "lon": 110.712, "accuracy": 8.0, "datum": "WGS84"}
REFUSED = (Why.REFUSED, "门卫拒绝进入", "村委会主任 周正")


def test_a_visit_called_off_is_not_unfinished_and_another_can_begin(store):
    visit = begun(store)
    call_off(store, visit, Why.MISTAKEN)
    assert store.inspections.one(visit).called_off
    assert unsent_here(store).unfinished == 0
    again = begun(store)
    assert again != visit
    assert store.inspections.of_scheme(SCHEME).id == again
    call_off(store, again, Why.MISTAKEN)
    assert begun(store) not in (visit, again)


def test_an_ad_hoc_visit_called_off_does_not_stand_in_the_way(store):
    def ad_hoc():
        return begin_inspection(
            store, entity_id=PLANT, checklist="metallurgy", officers=[FIRST, SECOND],
            ground="群众举报", place="厂区", present=PRESENT,
        )  # fmt: skip

    first = ad_hoc()
    call_off(store, first, Why.SHUT, "大门上锁")
    assert ad_hoc() != first


def test_its_letter_and_its_evidence_are_one_commit_and_again_writes_nothing(store, commits):
    visit = begun(store)
    shown = show_certificate(store, visit)
    answer_item(store, visit, items(store)[0], Answer.NOT_MET)
    keep_photo(store, visit, jpeg(), "image/jpeg", caption="大门", check_item=items(store)[0])
    before = commits()
    for _ in range(2):
        call_off(store, visit, *REFUSED, location=HERE)
    assert commits() == before + 1
    told, photo = store.outbox.letters()
    assert (told.kind, photo.kind) == ("visit.call_off", "evidence.declare")
    assert told.body["why"] == "refused"
    assert (told.body["scheme_id"], told.body["certificate_shown_at"]) == (SCHEME, shown)
    assert (told.body["location"], told.body["witness"]) == (HERE, "村委会主任 周正")
    assert photo.body["hazard_id"] is None


@pytest.mark.parametrize(
    "given", [(Why.REFUSED, "不让进", " "), (Why.REFUSED, "", "周正"), (Why.SHUT, "")]
)
def test_what_its_reason_asks_for_is_asked_before_it_ends(store, given):
    visit = begun(store)
    with pytest.raises(ReasonIncomplete):
        call_off(store, visit, *given)
    assert store.inspections.one(visit).ended_at is None
    assert store.outbox.letters() == []


def test_a_draft_is_given_up_and_its_number_goes_back(store):
    lease(store, "inquiry-notice")
    visit = begun(store)
    draft = compose_document(store, visit, "inquiry-notice", said("inquiry-notice"))
    call_off(store, visit, Why.MISTAKEN)
    assert store.documents.of_inspection(visit) == []
    again = compose_document(store, begun(store), "inquiry-notice", said("inquiry-notice"))
    assert again.number == draft.number


def test_what_has_been_issued_is_not_denied(store):
    lease(store, "inquiry-notice")
    visit = begun(store)
    made(store, visit, "inquiry-notice")
    with pytest.raises(PapersIssued):
        call_off(store, visit, *REFUSED)


def test_a_visit_that_has_ended_is_not_called_off_nor_the_other_way_round(store):
    visit = answered(store, begun(store))
    finish_inspection(store, visit)
    with pytest.raises(InspectionEnded):
        call_off(store, visit, Why.MISTAKEN)
    other = begin_inspection(
        store, entity_id=PLANT, checklist="metallurgy", officers=[FIRST, SECOND],
        ground="群众举报", place="厂区", present=PRESENT,
    )  # fmt: skip
    call_off(store, other, Why.MISTAKEN)
    with pytest.raises(InspectionEnded):
        finish_inspection(store, other)
    with pytest.raises(InspectionEnded):
        compose_document(store, other, "inspection-record")
    with pytest.raises(InspectionUnknown):
        call_off(store, "nothing", Why.MISTAKEN)


async def test_the_office_has_it_and_the_scheme_is_offered_anew(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    for one in (a, b):
        await one.meets()
    assert b.store.inspections.one(visit).led_by == FIRST
    with pytest.raises(LedByColleague):
        call_off(b.store, visit, Why.MISTAKEN)
    keep_photo(b.store, visit, jpeg(), "image/jpeg", caption="大门")
    call_off(a.store, visit, *REFUSED)
    for one in (a, b, b):
        await one.meets()
    officer = office.client("officer")
    told = await good(await officer.get(f"/v1/called-off-visits/{visit}"))
    assert (told["reason"], told["scheme_id"]) == ("拒绝检查", office.scheme)
    (there,) = (await good(await officer.get(f"/v1/evidence?inspection={visit}")))["items"]
    assert there["state"] == "received"
    assert (await good(await officer.get("/v1/inspections")))["items"] == []
    for one in (a, b):
        assert one.store.inspections.one(visit).called_off
        assert {letter.state for letter in one.store.outbox.letters()} == {"sent"}
    # Both come to the same next visit, out of reach of each other.
    assert begun(a.store, scheme_id=office.scheme) == begun(b.store, scheme_id=office.scheme)
    again = answered(a.store, a.store.inspections.of_scheme(office.scheme).id, unmet=0)
    finish_inspection(a.store, again)
    await a.meets()
    assert (await good(await officer.get(f"/v1/inspections/{again}")))["outcome"]
