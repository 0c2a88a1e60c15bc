"""Whether what was ordered has been done."""

from datetime import timedelta

import pytest

import field_app.actions.reinspect as reinspect_module
from field_app.actions.compose_document import compose_document, shown
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.photograph_hazard import photograph_hazard, photographed
from field_app.actions.reinspect import (
    begin_reinspection,
    finish_reinspection,
    open_hazards,
    record_result,
)
from field_app.actions.take_photo import keep_photo
from field_app.moments import now
from field_app.refusals import (
    AnswerUnreadable,
    InspectionEnded,
    InspectionNotEnded,
    NothingToReview,
)
from field_app.wire import fingerprint
from lawbook.inspection import TooFewOfficers
from lawbook.rectification import DayHasCome, NotAHazardOfThisOrder
from lawbook.wants import OrderFirst
from tests.examples import jpeg
from tests.field_app.tablet import FIRST, PLANT, SECOND, answered, begun, items, signed

OPINION = "reinspection-opinion"
ELSEWHERE = "00000000-0000-4000-8000-0000000000c1"


@pytest.fixture
def visit(store):
    """A visit that ended with two findings and its correction order."""
    inspection_id = answered(store, begun(store))
    finish_inspection(store, inspection_id)
    order = compose_document(store, inspection_id, "correction-order")
    issue_document(store, signed(store, order.id))
    return inspection_id


def hazard(number, inspection_id=ELSEWHERE, state="open"):
    return {
        "id": f"00000000-0000-4000-8000-0000000000d{number}", "inspection_id": inspection_id,
        "entity_id": PLANT, "description": f"第{number}处护栏缺失", "correct_by": "2026-07-08",
        "state": state,
    }  # fmt: skip


def told(store, *hazards):
    place = store.mirror.place("hazards")
    store.mirror.apply("hazards", hazards, place, whole=False)


def test_a_clock_that_was_set_back_re_inspects_nothing_before_it_was_inspected(
    store, visit, monkeypatch
):
    again = begin_reinspection(store, visit, [FIRST, SECOND])
    for one in open_hazards(store, visit):
        record_result(store, again, one["id"], "corrected")
    monkeypatch.setattr(reinspect_module, "now", lambda: now() - timedelta(hours=8))
    done = finish_reinspection(store, again)
    assert done.reinspected_at >= store.inspections.one(visit).started_at


def test_own_findings_are_reviewed_before_the_office_has_heard_of_them(store, visit):
    again = begin_reinspection(store, visit, [FIRST, SECOND])
    assert begin_reinspection(store, visit, [FIRST, SECOND]) == again
    first, second = (one["id"] for one in open_hazards(store, visit))
    record_result(store, again, first, "corrected", "已整改")
    record_result(store, again, second, "not_corrected")
    done = finish_reinspection(store, again)
    assert done.reinspected_at
    letter = store.outbox.letters()[-1]
    assert (letter.kind, letter.subject) == ("reinspection.record", f"inspection:{visit}")
    assert letter.sha256 == fingerprint(letter.body)
    assert {one["hazard_id"]: one["outcome"] for one in letter.body["results"]} == {
        first: "corrected", second: "not_corrected"
    }  # fmt: skip
    assert finish_reinspection(store, again) == done
    assert store.outbox.letters()[-1] == letter
    assert [one["id"] for one in open_hazards(store, visit)] == [second]


def test_hazards_that_another_tablet_found_are_reviewed_from_the_mirror(store):
    told(store, hazard(1), hazard(2), hazard(3, state="closed"))
    again = begin_reinspection(store, ELSEWHERE, [FIRST, SECOND])
    assert [one["description"] for one in open_hazards(store, ELSEWHERE)] == [
        "第1处护栏缺失", "第2处护栏缺失"
    ]  # fmt: skip
    for number in (1, 2):
        record_result(store, again, hazard(number)["id"], "corrected")
    finish_reinspection(store, again)
    with pytest.raises(NothingToReview):
        begin_reinspection(store, ELSEWHERE, [FIRST, SECOND])


def test_every_open_hazard_needs_its_result_and_no_other_has_one(store, visit):
    again = begin_reinspection(store, visit, [FIRST, SECOND])
    with pytest.raises(NotAHazardOfThisOrder):
        record_result(store, again, hazard(9)["id"], "corrected")
    first, _ = open_hazards(store, visit)
    with pytest.raises(AnswerUnreadable):
        record_result(store, again, first["id"], "perhaps")
    record_result(store, again, first["id"], "corrected")
    with pytest.raises(NotAHazardOfThisOrder):
        finish_reinspection(store, again)


def test_what_others_closed_meanwhile_is_left_to_them(store):
    told(store, hazard(1), hazard(2))
    again = begin_reinspection(store, ELSEWHERE, [FIRST, SECOND])
    for number in (1, 2):
        record_result(store, again, hazard(number)["id"], "corrected")
    told(store, hazard(1, state="closed"))
    done = finish_reinspection(store, again)
    assert set(done.results) == {hazard(2)["id"]}


def test_one_officer_does_not_reinspect(store, visit):
    with pytest.raises(TooFewOfficers):
        begin_reinspection(store, visit, [FIRST])


def test_a_finished_reinspection_takes_no_more_results(store):
    told(store, hazard(1))
    again = begin_reinspection(store, ELSEWHERE, [FIRST, SECOND])
    record_result(store, again, hazard(1)["id"], "corrected")
    finish_reinspection(store, again)
    with pytest.raises(InspectionEnded):
        record_result(store, again, hazard(1)["id"], "not_corrected")


def test_a_photo_taken_at_the_reinspection_is_declared_at_once(store, visit):
    again = begin_reinspection(store, visit, [FIRST, SECOND])
    data, item = b"\xff\xd8\xffafter", items(store)[0]
    photo = keep_photo(store, visit, data, "image/jpeg", caption="整改后", check_item=item)
    letter = store.outbox.letters()[-1]
    assert (letter.kind, letter.body["id"]) == ("evidence.declare", photo.id)
    assert letter.body["hazard_id"] == open_hazards(store, visit)[0]["id"]
    assert photo.sha256 in {one.sha256 for one in store.outbox.uploads()}
    assert again


def test_what_was_done_is_photographed_hazard_by_hazard_whoever_found_it(store):
    told(store, hazard(1), hazard(2))
    again = begin_reinspection(store, ELSEWHERE, [FIRST, SECOND])
    data, about = jpeg(seed=7), hazard(2)["id"]
    made = photograph_hazard(store, again, about, data, "image/jpeg", caption="整改后")
    assert photograph_hazard(store, again, about, data, "image/jpeg", caption="再来") == made
    letter = store.outbox.letters()[-1]
    assert (letter.kind, letter.body["hazard_id"]) == ("evidence.declare", about)
    assert letter.body["inspection_id"] == ELSEWHERE
    assert [one.sha256 for one in store.outbox.uploads()] == [letter.body["sha256"]]
    assert photographed(store, again) == {about: 1}
    with pytest.raises(NotAHazardOfThisOrder):
        photograph_hazard(store, again, hazard(9)["id"], data, "image/jpeg", caption="")
    for number in (1, 2):
        record_result(store, again, hazard(number)["id"], "corrected")
    finish_reinspection(store, again)
    with pytest.raises(InspectionEnded):
        photograph_hazard(store, again, about, jpeg(seed=8), "image/jpeg", caption="")


def test_the_opinion_names_the_order_and_what_was_found_item_by_item(store, visit):
    again = begin_reinspection(store, visit, [FIRST, SECOND])
    with pytest.raises(InspectionNotEnded):
        compose_document(store, again, OPINION)
    for one in open_hazards(store, visit):
        record_result(store, again, one["id"], "corrected")
    finish_reinspection(store, again)
    opinion = compose_document(store, again, OPINION, {"opinion": "同意销号。"})
    order = store.documents.about(visit, "correction-order")
    assert (opinion.data["order_number"], opinion.inspection_id) == (order.number, visit)
    assert [set(one) for one in opinion.data["results"]] == [{"description", "outcome"}] * 2
    issued = issue_document(store, signed(store, opinion.id))
    assert store.outbox.letters()[-1].body["number"] == issued.number


def test_an_order_that_is_not_on_this_tablet_is_named_by_the_officer(store):
    told(store, hazard(1))
    again = begin_reinspection(store, ELSEWHERE, [FIRST, SECOND])
    record_result(store, again, hazard(1)["id"], "corrected")
    finish_reinspection(store, again)
    with pytest.raises(OrderFirst, match="没有据以复查的"):
        compose_document(store, again, OPINION)
    named = {"order_number": "（河）应急责改〔2026〕3号", "order_on": "2026-06-23"}
    assert compose_document(store, again, OPINION, named).data["order_on"] == "2026-06-23"


def test_what_is_not_due_is_left_for_another_day_and_stays_open(store, visit):
    first, second = (one["id"] for one in open_hazards(store, visit))
    again = begin_reinspection(store, visit, [FIRST, SECOND])
    record_result(store, again, first, "not_due")
    record_result(store, again, second, "not_due")
    with pytest.raises(DayHasCome, match="没有复查"):
        finish_reinspection(store, again)
    record_result(store, again, second, "corrected")
    finish_reinspection(store, again)
    (left,) = open_hazards(store, visit)
    assert left["id"] == first
    opinion = compose_document(store, again, OPINION)
    said = str(shown(store, opinion.id).blocks)
    assert "第1项未到整改期限，本次未复查，仍应当按原定期限整改。" in said
    assert "第2项已按要求整改完毕" in said


def test_what_is_overdue_is_not_left_for_another_day(store):
    told(store, hazard(1), hazard(2))
    again = begin_reinspection(store, ELSEWHERE, [FIRST, SECOND])
    record_result(store, again, hazard(1)["id"], "not_due")
    record_result(store, again, hazard(2)["id"], "corrected")
    with pytest.raises(DayHasCome, match="期限已过"):
        finish_reinspection(store, again)
    assert store.outbox.letters() == []
