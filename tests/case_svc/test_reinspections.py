"""Re-inspections: hazard by hazard, and what was corrected is closed."""

import asyncio
from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import inspection, recorded, reinspection
from tests.case_svc.proceedings import FIRST


async def put(client, body):
    return await client.put(f"/v1/reinspections/{body['id']}", json=body)


async def states_of(client, visit):
    listed = await client.get("/v1/hazards", params={"inspection": visit["id"]})
    return sorted(hazard["state"] for hazard in listed.json()["items"])


@pytest.fixture
async def visit(officer, county):
    """An inspection that found two hazards."""
    await recorded(officer, body := inspection(county.plant, ("G06", "G02")))
    return body


async def test_what_was_corrected_is_closed(officer, visit):
    body = reinspection(visit)
    answer = await put(officer, body)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert {name: told[name] for name in body} == body
    assert told["region"] == "140882"
    assert await states_of(officer, visit) == ["closed", "closed"]
    (one, _) = (await officer.get("/v1/hazards", params={"state": "closed"})).json()["items"]
    assert one["closed_by"] == body["id"]
    assert one["closed_at"] == body["reinspected_at"]


async def test_what_was_not_corrected_stays_open_and_is_looked_at_again(officer, visit):
    body = reinspection(visit)
    body["results"][0]["outcome"] = "not_corrected"
    await put(officer, body)
    assert await states_of(officer, visit) == ["closed", "open"]
    rest = reinspection(visit | {"findings": visit["findings"][:1]})
    assert (await put(officer, rest)).status_code == 200
    assert await states_of(officer, visit) == ["closed", "closed"]
    listed = await officer.get("/v1/reinspections", params={"inspection": visit["id"]})
    assert [one["id"] for one in listed.json()["items"]] == sorted([body["id"], rest["id"]])


async def test_recording_it_again_gives_the_same_answer_though_nothing_is_open(officer, visit):
    body = reinspection(visit)
    first, second = await put(officer, body), await put(officer, body)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    other = body | {"device": "tablet-9"}
    assert (await put(officer, other)).json()["code"] == "different-content"


async def test_sixteen_at_once_are_one_reinspection(officer, visit, follower):
    body = reinspection(visit)
    answers = await asyncio.gather(*(put(officer, body) for _ in range(16)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    kinds = [c["kind"] for c in (await follower.get("/v1/feeds/case")).json()["changes"]]
    assert kinds.count("reinspection.recorded") == 1
    assert kinds.count("hazard.closed") == 2


async def test_of_four_who_reinspect_the_same_hazards_at_once_one_closes_them(officer, visit):
    answers = await asyncio.gather(*(put(officer, reinspection(visit)) for _ in range(4)))
    codes = sorted(answer.json().get("code", "recorded") for answer in answers)
    assert codes == ["hazards-do-not-match"] * 3 + ["recorded"]


async def test_every_open_hazard_is_spoken_of_and_no_other(officer, visit):
    for findings in (visit["findings"][:1], [*visit["findings"], {"id": str(uuid4())}]):
        answer = await put(officer, reinspection(visit | {"findings": findings}))
        assert (answer.status_code, answer.json()["code"]) == (409, "hazards-do-not-match")
    assert await states_of(officer, visit) == ["open", "open"]


async def test_a_hazard_spoken_of_twice_is_malformed(officer, visit):
    twice = visit | {"findings": [*visit["findings"], visit["findings"][0]]}
    assert (await put(officer, reinspection(twice))).status_code == 422


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"officers": [FIRST]}, 409, "too-few-officers"),
        ({"officers": [FIRST, "14088299999"]}, 409, "not-known-yet"),
        ({"inspection_id": str(uuid4())}, 409, "not-known-yet"),
        ({"reinspected_at": "2026-06-22T01:00:00Z"}, 422, "malformed"),
        ({"reinspected_at": "2031-01-01T01:00:00Z"}, 409, "certificate-not-valid"),
    ],
)
async def test_what_cannot_stand_is_refused(officer, visit, changes, status, code):
    answer = await put(officer, reinspection(visit, **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_another_county_can_neither_see_nor_make_one(officer, as_officer, visit):
    await put(officer, body := reinspection(visit))
    other = as_officer("140802")
    listed = await other.get("/v1/reinspections", params={"inspection": visit["id"]})
    assert listed.json()["items"] == []
    assert (await put(other, reinspection(visit))).json()["code"] == "not-known-yet"
    assert (await put(other, body | {"device": "x"})).status_code == 409


async def test_what_is_not_due_is_left_open_and_what_is_due_is_not_left_out(officer, visit):
    body = reinspection(visit, reinspected_at="2026-07-01T01:00:00Z")
    body["results"][0]["outcome"] = "not_due"
    late = body | {"id": str(uuid4()), "reinspected_at": "2026-07-09T01:00:00Z"}
    refused = await put(officer, late)
    assert (refused.status_code, refused.json()["code"]) == (409, "reinspection-due")
    assert await states_of(officer, visit) == ["open", "open"]
    assert (await put(officer, body)).status_code == 200
    assert await states_of(officer, visit) == ["closed", "open"]
    nothing = reinspection(visit | {"findings": visit["findings"][:1]}, "not_due")
    nothing["reinspected_at"] = "2026-07-02T01:00:00Z"
    assert (await put(officer, nothing)).json()["code"] == "reinspection-due"
