"""A visit that could not be carried out is told with its reason, and counts for nothing."""

from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import PLACE, evidence, inspection, letter, lines_of, recorded
from tests.case_svc.proceedings import FIRST, SECOND
from tests.case_svc.test_deliveries import deliver, states
from tests.case_svc.test_visits import opening


def calling_off(about, **changes):
    """What a tablet tells in the place of the record of an inspection."""
    told = {
        name: about[name]
        for name in (
            "id", "entity_id", "region", "scheme_id", "planned_inspection_id", "officers",
            "place", "present", "started_at", "device",
        )
    }  # fmt: skip
    at = "2026-06-23T01:20:00Z"
    clock = {
        "boot": "b", "monotonic": 900, "wall": at, "earliest": at, "latest": at,
        "anchor": None, "gnss": None, "skew": None,
    }  # fmt: skip
    return told | {
        "ground_kind": "complaint", "ground": None, "certificate_shown_at": "2026-06-23T01:05:00Z",
        "called_off_at": at, "why": "refused", "account": "门卫拒绝执法人员进入厂区",
        "witness": "田村村委会主任 周正", "location": PLACE, "clock": clock,
    } | changes  # fmt: skip


def said(body):
    return letter("visit.call_off", body, subject=f"inspection:{body['id']}")


@pytest.fixture
def about(county):
    return inspection(county.plant)


async def test_a_refused_entry_is_kept_with_its_witness_its_photos_and_what_the_law_says(
    officer, about
):
    photo = evidence(about["id"], b"gate")
    shown = letter("evidence.declare", photo, subject=f"inspection:{about['id']}")
    body = calling_off(about)
    assert states(await deliver(officer, said(body), shown)) == ["applied", "applied"]
    told = (await officer.get(f"/v1/called-off-visits/{about['id']}")).json()
    assert (told["why"], told["reason"], told["witness"]) == (
        "refused",
        "拒绝检查",
        body["witness"],
    )
    assert told["law"] == "安全生产法 §66、§108"
    assert "二万元以上二十万元以下" in told["consequence"]
    (there,) = (await officer.get(f"/v1/evidence?inspection={about['id']}")).json()["items"]
    assert there["id"] == photo["id"]
    (line,) = (await officer.get("/v1/called-off-visits?region=140882")).json()["items"]
    assert line == told


async def test_the_same_again_changes_nothing_and_a_colleagues_word_is_refused(officer, about):
    body = calling_off(about)
    for _ in range(2):
        assert (await officer.put(f"/v1/called-off-visits/{body['id']}", json=body)).is_success
    other = body | {"device": "tablet-2", "why": "shut"}
    (verdict,) = await deliver(officer, said(other), device="tablet-2")
    assert (verdict["state"], verdict["problem"]["code"]) == ("rejected", "visit-recorded")
    assert (await officer.get(f"/v1/called-off-visits/{body['id']}")).json()["why"] == "refused"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"witness": " "}, "calling-off-incomplete"),
        ({"why": "shut", "account": ""}, "calling-off-incomplete"),
        ({"called_off_at": "2026-06-23T00:20:00Z"}, "malformed"),
        ({"why": "tired"}, "malformed"),
    ],
)
async def test_what_lacks_its_reason_is_refused_and_nothing_is_kept(officer, about, changes, code):
    body = calling_off(about, **changes)
    answer = await officer.put(f"/v1/called-off-visits/{body['id']}", json=body)
    assert answer.status_code in (409, 422)
    assert answer.json()["code"] == code
    assert (await officer.get(f"/v1/called-off-visits/{body['id']}")).status_code == 404


async def test_a_visit_begun_by_mistake_asks_for_no_words(officer, about):
    body = calling_off(about, why="mistaken", account="", witness="")
    assert states(await deliver(officer, said(body))) == ["applied"]


async def test_what_is_recorded_is_not_called_off_and_a_record_that_comes_after_stands(
    officer, about, county
):
    await recorded(officer, about)
    (verdict,) = await deliver(officer, said(calling_off(about)))
    assert (verdict["state"], verdict["problem"]["code"]) == ("rejected", "visit-recorded")
    later = inspection(county.plant)
    assert states(await deliver(officer, said(calling_off(later)))) == ["applied"]
    await recorded(officer, later)
    assert (await officer.get(f"/v1/inspections/{later['id']}")).is_success


async def test_it_is_no_inspection_and_its_colleagues_learn_of_it(officer, about):
    await deliver(officer, opening(about))
    before = (await lines_of(officer, "visits"))[1]["next"]
    await deliver(officer, said(calling_off(about)))
    assert (await officer.get("/v1/inspections")).json()["items"] == []
    ((row,), _) = await lines_of(officer, "visits", before)
    assert row["called_off"]["why"] == "refused"


async def test_another_county_neither_sees_it_nor_tells_of_it(officer, as_officer, about):
    other = as_officer("140802")
    (verdict,) = await deliver(other, said(calling_off(about)), device="tablet-9")
    assert verdict["state"] == "held"
    await deliver(officer, said(calling_off(about)))
    assert (await other.get("/v1/called-off-visits")).json()["items"] == []
    assert (await other.get(f"/v1/called-off-visits/{about['id']}")).status_code == 404


async def test_a_page_ends_where_the_next_begins(officer, county):
    for hour in ("01:20", "02:20", "03:20"):
        visit = inspection(county.plant, officers=[FIRST, SECOND])
        await deliver(officer, said(calling_off(visit, called_off_at=f"2026-06-23T{hour}:00Z")))
    first = (await officer.get("/v1/called-off-visits?limit=2")).json()
    rest = (await officer.get(f"/v1/called-off-visits?limit=2&after={first['next']}")).json()
    hours = [one["called_off_at"][11:13] for one in first["items"] + rest["items"]]
    assert (hours, rest["next"]) == (["03", "02", "01"], None)
    assert (await officer.get(f"/v1/called-off-visits/{uuid4()}")).status_code == 404
