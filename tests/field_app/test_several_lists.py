"""One visit asks by several check lists, and is brought to a newer version by the officer's choice."""

from datetime import date

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.change_lists import leave_list, use_list
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.take_photo import keep_photo
from field_app.found import answered_items, found_at
from field_app.screens.checklist.lists import in_use, outdated, to_add
from field_app.shelves.packs import PackMissing
from lawbook.inspection import Answer, Outcome, Unanswered
from tests.examples import jpeg
from tests.field_app.office import good
from tests.field_app.tablet import CHECKLIST, answered, begun, items
from tests.field_app.test_together import two

__all__ = ["two"]
NEWEST, DUST, CONFINED = "metallurgy@2026.2", "dust@2026.1", "confined-spaces@2026.1"


@pytest.fixture
def visit(store):
    return begun(store)


def codes(store, *refs):
    return [item.code for item in store.packs.asked(refs).items]


def answer_all(store, visit):
    lists = store.inspections.one(visit).checklists
    for item in codes(store, *lists):
        if item not in store.inspections.answers(visit):
            answer_item(store, visit, item, Answer.MET)


def test_a_list_is_added_and_an_item_of_both_is_asked_once(store, visit):
    answered(store, visit, unmet=0)
    assert use_list(store, visit, DUST) == []
    assert store.inspections.one(visit).checklists == (CHECKLIST, DUST)
    shared = set(codes(store, DUST)) & set(items(store))
    assert shared
    assert shared <= set(answered_items(store, store.inspections.one(visit)))
    with pytest.raises(Unanswered):
        finish_inspection(store, visit)
    answer_all(store, visit)
    assert finish_inspection(store, visit) is Outcome.NO_PROBLEM_FOUND
    (letter,) = [one for one in store.outbox.letters() if one.kind == "inspection.record"]
    assert (letter.body["checklist"], letter.body["also_checklists"]) == (CHECKLIST, [DUST])
    assert set(letter.body["answers"]) == {*items(store), *codes(store, DUST)}
    record = compose_document(store, visit, "inspection-record")
    for ref in (CHECKLIST, DUST):
        assert f"《{store.packs.checklist(ref).name}》" in record.data["situation"]


def test_what_was_recorded_beyond_the_list_is_the_items_own_once_its_list_is_added(store, visit):
    answer_item(store, visit, "D01", Answer.NOT_MET, description="除尘管道积尘")
    before = found_at(store, visit)
    assert before[0]["checklist"] == DUST
    use_list(store, visit, DUST)
    (found,) = found_at(store, visit)
    assert (found["id"], found["description"]) == (before[0]["id"], "除尘管道积尘")
    assert "checklist" not in found


def test_a_list_that_was_added_by_mistake_goes_and_what_was_unmet_of_it_stays(store, visit):
    answered(store, visit, unmet=0)
    use_list(store, visit, DUST)
    answer_item(store, visit, "D01", Answer.NOT_MET)
    answer_item(store, visit, "D02", Answer.MET)
    assert leave_list(store, visit, CHECKLIST) == []
    assert leave_list(store, visit, DUST) == ["D01"]
    assert store.inspections.one(visit).checklists == (CHECKLIST,)
    assert finish_inspection(store, visit) is Outcome.PROBLEM_FOUND
    (found,) = found_at(store, visit)
    assert (found["check_item"], found["checklist"]) == ("D01", DUST)


def test_a_draft_stays_on_its_version_until_the_officer_brings_it_up(store, visit):
    on = date(2026, 12, 1)
    inspection = store.inspections.one(visit)
    assert inspection.checklist == CHECKLIST
    assert "2026.2" in outdated(store, inspection, on)
    (line,) = in_use(store, inspection, on)
    assert (line.newer, "有效期至 2026年4月30日" in line.detail) == (NEWEST, True)
    answered(store, visit, unmet=1)
    was = found_at(store, visit)
    assert use_list(store, visit, NEWEST) == []
    changed = store.inspections.one(visit)
    assert (changed.checklists, outdated(store, changed, on)) == ((NEWEST,), "")
    assert [one["id"] for one in found_at(store, visit)] == [one["id"] for one in was]
    assert set(answered_items(store, changed)) == set(items(store)) & set(codes(store, NEWEST))
    assert NEWEST not in [one.ref for one in to_add(store, changed, on)]


def test_what_a_newer_version_asks_no_more_stays_a_problem_with_its_photo_or_is_taken_back(
    store, visit
):
    """Going from the newer version to the older one, which asks less."""
    use_list(store, visit, NEWEST)
    gone = [code for code in codes(store, NEWEST) if code not in items(store)][:2]
    for code in gone:
        answer_item(store, visit, code, Answer.NOT_MET)
    keep_photo(store, visit, jpeg(), "image/jpeg", caption="现场", check_item=gone[0])
    assert use_list(store, visit, CHECKLIST) == sorted(gone)
    answer_item(store, visit, gone[1], Answer.NOT_APPLICABLE)
    answer_all(store, visit)
    finish_inspection(store, visit)
    (found,) = found_at(store, visit)
    assert (found["check_item"], found["checklist"]) == (gone[0], NEWEST)
    (declared,) = [one for one in store.outbox.letters() if one.kind == "evidence.declare"]
    assert declared.body["hazard_id"] == found["id"]


async def test_lists_that_two_officers_add_are_on_both_tablets_and_reach_the_office(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    for one in (a, b):
        await one.meets()
    use_list(a.store, visit, DUST)
    use_list(b.store, visit, CONFINED)
    # Each answers the list that he brought, before he knows of the other's.
    for tablet, ref in ((a, DUST), (b, CONFINED)):
        for item in codes(tablet.store, ref):
            answer_item(tablet.store, visit, item, Answer.MET)
    for one in (b, a, b):
        await one.meets()
    lists = a.store.inspections.one(visit).checklists
    assert set(lists) == {*lists[:1], DUST, CONFINED}
    assert b.store.inspections.one(visit).checklists == lists
    answer_all(a.store, visit)
    finish_inspection(a.store, visit)
    for one in (a, b):
        await one.meets()
    assert {one.state for one in a.store.outbox.letters()} == {"sent"}
    told = await good(await office.client("officer").get(f"/v1/inspections/{visit}"))
    assert (told["checklist"], *told["also_checklists"]) == lists
    seen = await good(await office.client("officer").get(f"/v1/visits/{visit}"))
    assert seen["left_out"] == []


async def test_a_list_that_one_leaves_and_another_works_by_stays(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    for one in (a, b):
        await one.meets()
    use_list(b.store, visit, DUST)
    # Added by mistake and left again, later than the colleague began to work by it, and unseen by him.
    use_list(a.store, visit, DUST)
    leave_list(a.store, visit, DUST)
    assert DUST not in a.store.inspections.one(visit).checklists
    for one in (b, a, b):
        await one.meets()
    for one in (a, b):
        assert DUST in one.store.inspections.one(visit).checklists


async def test_a_list_that_is_not_on_this_tablet_keeps_the_visit_open_until_it_is(office, two):
    a, b = two
    visit = begun(a.store, scheme_id=office.scheme)
    for one in (a, b):
        await one.meets()
    pack = b.store.packs.body("checklist", "dust")
    b.store.db.conn.execute("delete from pack where kind = 'checklist' and code = 'dust'")
    b.store.packs.keep("offences", "x", "1", "0" * 64, {})
    b.store.db.conn.execute("delete from pack where code = 'x'")
    use_list(a.store, visit, DUST)
    answer_item(a.store, visit, "D01", Answer.NOT_MET)
    await a.meets()
    assert (await _pulled(b)) is None
    assert DUST in b.store.inspections.one(visit).checklists
    assert found_at(b.store, visit) == []
    answer_all(b.store, visit)
    with pytest.raises(PackMissing, match="dust"):
        finish_inspection(b.store, visit, in_stead=True)
    b.store.packs.keep("checklist", "dust", "2026.1", "0" * 64, pack)
    await b.meets()
    assert [one["check_item"] for one in found_at(b.store, visit)] == ["D01"]


async def _pulled(tablet):
    from field_app.meeting import meet
    from field_app.refresh import refresh

    kept = tablet.store.packs.keep
    tablet.store.packs.keep = lambda *given: None
    try:
        told = await refresh(tablet.store, tablet.client)
    finally:
        tablet.store.packs.keep = kept
    meet(tablet.store)
    return told.stopped
