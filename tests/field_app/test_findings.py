"""Whatever an inspector finds can be recorded: beyond the list, several of one item, against the office."""

from uuid import UUID, uuid5

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.record_finding import FindingWordless, record_finding
from field_app.actions.reinspect import open_hazards
from field_app.actions.settle_item import settle_item
from field_app.actions.take_photo import keep_photo
from field_app.found import found_at
from lawbook.findings import FindingContradicted, FindingWithoutBasis
from lawbook.inspection import Answer, Outcome
from lawbook.merging import ConflictsOpen, merged
from tests.examples import jpeg
from tests.field_app.office import good
from tests.field_app.tablet import answered, begun, items, signed
from tests.field_app.test_together import Tablet, two

__all__ = ["two"]
DORMITORY = "厂区西侧围墙边违规搭设彩钢板宿舍"
OF_DUST = "D01"


def said(store, visit):
    return {one["description"]: one for one in found_at(store, visit)}


@pytest.fixture
def visit(store):
    """A visit of which every item of the list is met."""
    visit = begun(store)
    answered(store, visit, unmet=0)
    return visit


def test_what_no_list_asks_about_is_found_and_the_outcome_is_a_problem(store, visit):
    found = record_finding(
        store, visit, description=DORMITORY, basis="安全生产法 §42",
        penalty_basis="安全生产法 §105(1)(1)",
    )  # fmt: skip
    assert finish_inspection(store, visit) is Outcome.PROBLEM_FOUND
    (letter,) = [one for one in store.outbox.letters() if one.kind == "inspection.record"]
    assert letter.body["findings"] == [
        {
            "id": found.finding_id, "check_item": "", "description": DORMITORY,
            "basis": "安全生产法 §42", "correct_by": found.correct_by, "major": False,
            "penalty_basis": "安全生产法 §105(1)(1)",
        }
    ]  # fmt: skip
    assert set(letter.body["answers"]) == set(items(store))
    assert [one["id"] for one in open_hazards(store, visit)] == [found.finding_id]


def test_it_is_changed_like_any_other_and_taken_back(store, visit):
    key = record_finding(store, visit, description=DORMITORY).item
    answer_item(
        store, visit, key, Answer.NOT_MET, description="彩钢板宿舍住有 6 人", remark="已拍照",
        basis="安全生产法 §42", major=True, criterion="工贸企业重大事故隐患判定标准 §3(1)",
    )  # fmt: skip
    (found,) = found_at(store, visit)
    assert (found["description"], found["major"]) == ("彩钢板宿舍住有 6 人", True)
    assert (found["basis"], found["criterion"]) == (
        "安全生产法 §42", "工贸企业重大事故隐患判定标准 §3(1)",
    )  # fmt: skip
    answer_item(store, visit, key, Answer.MET)
    assert found_at(store, visit) == []
    assert finish_inspection(store, visit) is Outcome.NO_PROBLEM_FOUND


def test_a_problem_without_words_is_none(store, visit):
    with pytest.raises(FindingWordless):
        record_finding(store, visit, description="　")


def test_a_visit_does_not_end_while_a_problem_names_nothing_that_it_breaks(store, visit):
    key = record_finding(store, visit, description=DORMITORY).item
    with pytest.raises(FindingWithoutBasis, match=DORMITORY):
        finish_inspection(store, visit)
    answer_item(store, visit, key, Answer.NOT_MET, basis="安全生产法 §42")
    assert finish_inspection(store, visit) is Outcome.PROBLEM_FOUND


def test_what_another_list_forbids_is_found_in_its_words_with_its_criterion(store, visit):
    answer_item(store, visit, OF_DUST, Answer.NOT_MET)
    (found,) = found_at(store, visit)
    ref, item = store.packs.anywhere(OF_DUST)
    assert ref.startswith("dust@")
    assert (found["check_item"], found["checklist"], found["basis"]) == (OF_DUST, ref, item.basis)
    assert (found["major"], found["criterion"]) == (True, item.criterion)
    finish_inspection(store, visit)
    (letter,) = [one for one in store.outbox.letters() if one.kind == "inspection.record"]
    assert OF_DUST not in letter.body["answers"]


def test_one_item_is_unmet_in_two_workshops(store, visit):
    item = items(store)[2]
    second = record_finding(store, visit, about=item, description="铸造车间未公示")
    answer_item(store, visit, item, Answer.NOT_MET, description="熔炼车间未公示")
    found = found_at(store, visit)
    assert [(one["check_item"], one["description"]) for one in found] == [
        (item, "熔炼车间未公示"), (item, "铸造车间未公示"),
    ]  # fmt: skip
    assert found[0]["id"] == str(uuid5(UUID(visit), item)) != second.finding_id
    photo = keep_photo(store, visit, jpeg(), "image/jpeg", caption="铸造", check_item=second.item)
    finish_inspection(store, visit)
    (declared,) = [one for one in store.outbox.letters() if one.kind == "evidence.declare"]
    assert (declared.body["id"], declared.body["hazard_id"]) == (photo.id, second.finding_id)


def test_an_item_that_is_met_after_all_takes_its_further_problems_with_it(store, visit):
    item = items(store)[2]
    record_finding(store, visit, about=item, description="铸造车间未公示")
    answer_item(store, visit, item, Answer.MET)
    assert found_at(store, visit) == []


def test_documents_say_what_was_found_wherever_it_stands(store, visit):
    item = items(store)[2]
    answer_item(store, visit, item, Answer.NOT_MET, description="熔炼车间未公示")
    record_finding(store, visit, about=item, description="铸造车间未公示")
    record_finding(store, visit, description=DORMITORY, basis="安全生产法 §42", major=True)
    answer_item(store, visit, OF_DUST, Answer.NOT_MET)
    finish_inspection(store, visit)
    every = [one["description"] for one in found_at(store, visit)]
    assert len(every) == 4
    record = compose_document(store, visit, "inspection-record")
    issue_document(store, signed(store, record.id))
    assert [one["description"] for one in record.data["findings"]] == every
    assert "另发现检查表未列的问题2项" in record.data["situation"]
    order = compose_document(store, visit, "correction-order")
    assert {one["description"] for one in order.data["problems"]} == set(every)


async def test_the_office_has_what_was_found_and_takes_the_documents(office, two):
    a, _ = two
    visit = begun(a.store, scheme_id=office.scheme)
    answered(a.store, visit, unmet=1)
    (first,) = found_at(a.store, visit)
    record_finding(a.store, visit, about=first["check_item"], description="另一车间同样的问题")
    record_finding(a.store, visit, description=DORMITORY, basis="安全生产法 §42", major=True,
                   criterion="工贸企业重大事故隐患判定标准 §3(1)")  # fmt: skip
    answer_item(a.store, visit, OF_DUST, Answer.NOT_MET)
    finish_inspection(a.store, visit)
    every = found_at(a.store, visit)
    await a.meets()
    assert {one.state for one in a.store.outbox.letters()} == {"sent"}
    officer = office.client("officer")
    seen = await good(await officer.get(f"/v1/inspections/{visit}"))
    assert seen["findings"] == every
    assert {one["id"] for one in seen["hazards"]} == {one["id"] for one in every}
    assert {one["id"] for one in a.store.mirror.hazards(inspection_id=visit)} == {
        one["id"] for one in every
    }


async def test_what_two_officers_find_beyond_the_list_meets_on_both_tablets(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    for one in (a, b):
        await one.meets()
    answered(a.store, visit, unmet=0)
    mine = record_finding(a.store, visit, description=DORMITORY, basis="安全生产法 §42")
    theirs = record_finding(
        b.store, visit, description="氧气瓶与乙炔瓶混放", basis="安全生产法 §36"
    )
    # Both saw the same, each out of the other's reach: it is one problem.
    answer_item(a.store, visit, OF_DUST, Answer.NOT_MET)
    answer_item(b.store, visit, OF_DUST, Answer.NOT_MET)
    for one in (b, a, b):
        await one.meets()
    assert found_at(a.store, visit) == found_at(b.store, visit)
    assert {one["id"] for one in found_at(a.store, visit)} == {
        mine.finding_id, theirs.finding_id, str(uuid5(UUID(visit), OF_DUST)),
    }  # fmt: skip
    # Taken back here while there its words are changed: it is gone, and what was said of it is kept.
    answer_item(a.store, visit, mine.item, Answer.NOT_APPLICABLE)
    answer_item(b.store, visit, mine.item, Answer.NOT_MET, description="宿舍 3 间")
    for one in (b, a, b):
        await one.meets()
    assert said(a.store, visit).keys() == said(b.store, visit).keys()
    assert mine.finding_id not in {one["id"] for one in found_at(a.store, visit)}
    finish_inspection(a.store, visit)
    await a.meets()
    seen = await good(await office.client("officer").get(f"/v1/visits/{visit}"))
    assert seen["left_out"] == []


async def test_words_of_a_problem_on_which_two_differ_are_named_as_the_screen_names_it(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    for one in (a, b):
        await one.meets()
    answered(a.store, visit, unmet=0)
    mine = record_finding(a.store, visit, description=DORMITORY, basis="安全生产法 §42")
    for one in (a, b):
        await one.meets()
    answer_item(a.store, visit, mine.item, Answer.NOT_MET, description="宿舍 2 间")
    answer_item(b.store, visit, mine.item, Answer.NOT_MET, description="宿舍 3 间")
    for one in (b, a):
        await one.meets()
    with pytest.raises(ConflictsOpen, match=r"^尚未选定：另1$"):
        finish_inspection(a.store, visit)


async def test_a_problem_under_an_item_that_a_colleague_holds_for_met_must_be_settled(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    for one in (a, b):
        await one.meets()
    answered(a.store, visit, unmet=0)
    item = items(a.store)[0]
    answer_item(b.store, visit, item, Answer.NOT_MET)
    record_finding(b.store, visit, about=item, description="第二处")
    answer_item(b.store, visit, item, Answer.NOT_MET)
    for one in (b, a, b):
        await one.meets()
    for word in [w for w in _standing(a, visit, item) if w.value == "met"]:
        settle_item(a.store, visit, item, "answer", word.patch)
    with pytest.raises(FindingContradicted, match=item):
        finish_inspection(a.store, visit)
    answer_item(a.store, visit, item, Answer.MET)
    assert finish_inspection(a.store, visit) is Outcome.NO_PROBLEM_FOUND


def _standing(tablet: Tablet, visit: str, item: str):
    return merged(tablet.store.visits.patches(visit))[item]["answer"].standing
