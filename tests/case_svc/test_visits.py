"""Several officers on one visit: their words meet at the office, and none is lost."""

from itertools import permutations
from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import inspection, letter, lines_of, recorded
from tests.case_svc.proceedings import FIRST, SECOND
from tests.case_svc.test_deliveries import deliver, states


def opening(about, device="tablet-1", officer=FIRST, **changes):
    """The letter by which a tablet opens the visit of an inspection."""
    told = {
        name: about[name]
        for name in (
            "entity_id", "region", "scheme_id", "planned_inspection_id", "checklist", "officers",
            "place", "present", "started_at",
        )
    }  # fmt: skip
    body = told | {
        "id": str(uuid4()), "visit_id": about["id"], "ground_kind": "complaint", "ground": None,
        "officer": officer, "device": device,
    } | changes  # fmt: skip
    return letter("visit.open", body, subject=f"visit:{about['id']}")


def said(item, value, over=(), *, field="answer", officer=FIRST, at="2026-06-23T01:30:00Z", **more):
    return {
        "id": str(uuid4()), "item": item, "officer": officer, "device": f"of {officer}",
        "answered_at": at, "fields": {field: {"value": value, "over": list(over)}},
    } | more  # fmt: skip


def answers(about, *patches, device="tablet-1"):
    body = {
        "id": str(uuid4()), "visit_id": about["id"], "device": device, "patches": list(patches),
    }  # fmt: skip
    return letter("visit.answer", body, subject=f"visit:{about['id']}")


async def shown(client, about):
    answer = await client.get(f"/v1/visits/{about['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def standing(visit):
    return {
        (item["item"], one["field"]): (sorted(w["value"] for w in one["standing"]), one["open"])
        for item in visit["items"]
        for one in item["fields"]
    }


@pytest.fixture
def about(county):
    """An inspection that has not been recorded yet."""
    return inspection(county.plant)


@pytest.fixture
def second(as_officer):
    """The other officer of the visit."""
    return as_officer("140882", officer=SECOND, name="李秋")


async def test_two_officers_answer_their_parts_and_both_stand(officer, second, about):
    await deliver(officer, opening(about), answers(about, said("G01", "met")))
    theirs = answers(about, said("G02", "not_met", officer=SECOND), device="tablet-2")
    assert states(await deliver(second, theirs, device="tablet-2")) == ["applied"]
    seen = await shown(second, about)
    assert standing(seen) == {
        ("G01", "answer"): (["met"], False), ("G02", "answer"): (["not_met"], False),
    }  # fmt: skip
    assert [item["fields"][0]["standing"][0]["officer"] for item in seen["items"]] == [
        FIRST, SECOND,
    ]  # fmt: skip


async def test_one_field_answered_differently_is_kept_twice_and_a_choice_settles_it(
    officer, second, about
):
    mine, theirs = said("G01", "met"), said("G01", "not_met", officer=SECOND)
    await deliver(officer, opening(about), answers(about, mine))
    await deliver(second, answers(about, theirs), device="tablet-2")
    seen = await shown(officer, about)
    assert standing(seen) == {("G01", "answer"): (["met", "not_met"], True)}
    assert seen["settled"] == []
    choice = said("G01", "not_met", [mine["id"], theirs["id"]], at="2026-06-23T02:00:00Z")
    await deliver(officer, answers(about, choice))
    seen = await shown(officer, about)
    assert standing(seen) == {("G01", "answer"): (["not_met"], False)}
    (settled,) = seen["settled"]
    assert (settled["chosen"]["officer"], [w["value"] for w in settled["left"]]) == (FIRST, ["met"])


async def test_letters_in_every_order_and_twice_come_to_the_same_view(officer, county):
    views = []
    for order in permutations(range(3)):
        about = inspection(county.plant)
        one, two = said("G01", "met"), said("G01", "not_met", officer=SECOND)
        choice = said("G01", "met", [one["id"], two["id"]], at="2026-06-23T02:00:00Z")
        letters = [answers(about, patch) for patch in (one, two, choice)]
        await deliver(officer, opening(about))
        for index in order:
            await deliver(officer, letters[index])
            await deliver(officer, letters[index])
        views.append(standing(await shown(officer, about)))
    assert all(view == views[0] for view in views)


async def test_answers_wait_for_the_opening_and_are_taken_then(officer, second, about):
    theirs = answers(about, said("G01", "met", officer=SECOND), device="tablet-2")
    assert states(await deliver(second, theirs, device="tablet-2")) == ["held"]
    await deliver(officer, opening(about))
    assert states(await deliver(second, theirs, device="tablet-2")) == ["applied"]


async def test_the_same_patch_by_two_ways_is_one_and_another_word_under_its_id_is_refused(
    officer, second, about
):
    patch = said("G01", "met")
    await deliver(officer, opening(about), answers(about, patch))
    carried = answers(about, patch, said("G02", "met", officer=SECOND))
    assert states(await deliver(second, carried, device="tablet-2")) == ["applied"]
    assert len((await shown(officer, about))["items"]) == 2
    forged = patch | {"fields": {"answer": {"value": "not_met", "over": []}}}
    (verdict,) = await deliver(second, answers(about, forged), device="tablet-2")
    assert (verdict["state"], verdict["problem"]["code"]) == ("rejected", "different-content")
    assert standing(await shown(officer, about))["G01", "answer"] == (["met"], False)


async def test_of_two_tablets_that_opened_out_of_reach_the_earlier_leads(officer, second, about):
    later = opening(about, "tablet-2", SECOND, started_at="2026-06-23T01:20:00Z")
    await deliver(second, later, device="tablet-2")
    await deliver(officer, opening(about))
    seen = await shown(officer, about)
    assert [one["device"] for one in seen["openings"]] == ["tablet-1", "tablet-2"]
    (row,), _ = await lines_of(officer, "visits")
    assert (row["officer"], row["device"]) == (FIRST, "tablet-1")


async def test_a_pull_brings_the_visit_with_its_patches_and_then_what_changed(officer, about):
    patch = said("G01", "met")
    await deliver(officer, opening(about), answers(about, patch))
    (row,), trailer = await lines_of(officer, "visits")
    assert (row["id"], row["officers"], row["place"]) == (
        about["id"],
        about["officers"],
        "熔炼车间",
    )
    (there,) = row["patches"]
    assert there["answered_at"].startswith("2026-06-23T01:30:00")
    assert there | {"answered_at": patch["answered_at"]} == patch
    assert (await lines_of(officer, "visits", trailer["next"]))[0] == []
    await deliver(officer, answers(about, said("G02", "met")))
    (row,), trailer = await lines_of(officer, "visits", trailer["next"])
    assert len(row["patches"]) == 2
    await recorded(officer, about)
    (row,), _ = await lines_of(officer, "visits", trailer["next"])
    assert row["patches"] == []


async def test_another_county_sees_nothing_of_it(officer, as_officer, about):
    await deliver(officer, opening(about), answers(about, said("G01", "met")))
    other = as_officer("140802")
    assert (await lines_of(other, "visits"))[0] == []
    assert (await other.get(f"/v1/visits/{about['id']}")).status_code == 404
    late = answers(about, said("G01", "not_met"))
    assert states(await deliver(other, late, device="tablet-9")) == ["held"]
    foreign = opening(inspection(about["entity_id"]), device="tablet-9")
    (verdict,) = await deliver(other, foreign, device="tablet-9")
    assert (verdict["state"], verdict["problem"]["code"]) == ("held", "captured-elsewhere")
    assert (await officer.get(f"/v1/visits/{foreign['body']['visit_id']}")).status_code == 404


async def test_only_who_records_inspections_pulls_what_is_being_written(as_officer, officer, about):
    province = as_officer("14", "province", kind="system", officer="")
    assert (await province.get("/v1/pulls/visits")).status_code == 403


async def test_what_comes_after_the_record_is_kept_and_shown_as_come_late(officer, second, about):
    early = said("G01", "not_applicable", officer=SECOND)
    await deliver(officer, opening(about), answers(about, said("G01", "met")))
    await deliver(second, answers(about, early), device="tablet-2")
    await recorded(officer, about)
    words = said("G02", "防护罩缺失", field="description", officer=SECOND)
    late = [said("G02", "not_met", officer=SECOND), words, said("G05", "met", officer=SECOND)]
    await deliver(second, answers(about, *late), device="tablet-2")
    seen = await shown(officer, about)
    assert seen["recorded"]
    assert [(o["item"], o["field"], o["word"]["value"], o["late"]) for o in seen["left_out"]] == [
        ("G01", "answer", "not_applicable", False),
        ("G02", "answer", "not_met", True),
        ("G02", "description", "防护罩缺失", True),
    ]
    (row,), _ = await lines_of(officer, "visits")
    assert sorted(one["item"] for one in row["patches"]) == ["G02", "G02", "G05"]


async def test_a_second_record_from_a_colleague_is_refused_in_words_and_changes_nothing(
    officer, second, about
):
    await deliver(officer, letter("inspection.record", about))
    theirs = about | {"device": "tablet-2", "place": "浇铸车间"}
    (verdict,) = await deliver(second, letter("inspection.record", theirs), device="tablet-2")
    assert (verdict["state"], verdict["problem"]["code"]) == ("rejected", "recorded-by-colleague")
    told = (await officer.get(f"/v1/inspections/{about['id']}")).json()
    assert told["place"] == "熔炼车间"


async def test_a_problem_that_no_list_asks_about_comes_late_and_is_shown_unless_it_was_taken_back(
    officer, second, about
):
    await deliver(officer, opening(about))
    await recorded(officer, about)
    late, gone = str(uuid4()), str(uuid4())
    said_of = {
        "description": "厂区西侧搭设彩钢板宿舍", "correct_by": "2026-07-08", "major": False,
        "basis": "安全生产法 §42", "about": "", "penalty_basis": "安全生产法 §105(1)(1)",
    }  # fmt: skip
    fields = {name: {"value": value, "over": []} for name, value in said_of.items()}
    patches = [
        said(key, "not_met", officer=SECOND) | {"fields": fields | {"answer": {"value": "not_met", "over": []}}}
        for key in (late, gone)
    ]  # fmt: skip
    back = said(gone, "withdrawn", (patches[1]["id"],), officer=SECOND, at="2026-06-23T01:40:00Z")
    theirs = answers(about, *patches, back, device="tablet-2")
    assert states(await deliver(second, theirs, device="tablet-2")) == ["applied"]
    seen = await shown(officer, about)
    # What was taken back is no news.
    assert [(one["item"], one["field"]) for one in seen["left_out"]] == [
        (late, name) for name in ("answer", "description", "correct_by", "major", "basis")
    ]


async def test_what_the_record_says_of_a_problem_with_an_id_of_its_own_is_not_left_out(
    officer, about
):
    found = {
        "id": str(uuid4()), "check_item": "", "description": "厂区西侧搭设彩钢板宿舍",
        "basis": "安全生产法 §42", "correct_by": "2026-07-08", "major": False,
    }  # fmt: skip
    about["findings"].append(found)
    words = {name: found[name] for name in ("description", "correct_by", "major", "basis")}
    fields = {n: {"value": v, "over": []} for n, v in (words | {"answer": "not_met"}).items()}
    await deliver(
        officer, opening(about), answers(about, said(found["id"], "") | {"fields": fields})
    )
    await recorded(officer, about)
    assert (await shown(officer, about))["left_out"] == []
