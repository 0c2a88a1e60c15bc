"""Letters are judged by the day of their act: what ended since takes nothing, what is in doubt waits (R9)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest

from services.kit.claims import ALGORITHM, AUDIENCE
from services.kit.grants import GRANT
from tests.case_svc.on_the_spot import (
    DEVICE,
    document,
    evidence,
    inspection,
    leased,
    letter,
    reinspection,
    uploaded,
)
from tests.case_svc.proceedings import CHIEF, FIRST, SECOND, entity_state, officer_state
from tests.case_svc.test_deliveries import PHOTO, deliver, states

MOVED_TO = {"region": "140802", "unit": "140802"}
BEFORE, AFTER = "2026-06-20T00:00:00Z", "2026-08-01T01:00:00Z"
"""Of the visits here: a change that was made before them, and one made after."""
NOTE = "已电话核实：检查当日执法证有效。"


def clock(at: str) -> dict[str, Any]:
    """A clock that the office set an hour before, and that nobody moved."""
    moment = datetime.fromisoformat(at)

    def off(minutes: int) -> str:
        return (moment + timedelta(minutes=minutes)).astimezone(UTC).isoformat()

    return {
        "wall": off(0), "monotonic": 3_600_000, "boot": "b", "gnss": None, "skew": 0,
        "anchor": {"at": off(-60), "monotonic": 0, "boot": "b"},
        "earliest": off(-1), "latest": off(1),
    }  # fmt: skip


def clocked(body: dict[str, Any], at: str) -> dict[str, Any]:
    return body | {"clock": clock(body[at])}


@pytest.fixture
async def visit(officer, county):
    """The letters of a whole visit, each with a clock that is in no doubt."""
    about = clocked(inspection(county.plant), "ended_at")
    lease = await leased(officer, "inspection-record")
    return [
        letter("inspection.record", about),
        letter("evidence.declare", evidence(about["id"], PHOTO)),
        letter("document.issue", clocked(document(about, lease), "issued_at")),
        letter("reinspection.record", clocked(reinspection(about), "reinspected_at")),
    ]


def unclocked(visit):
    return [
        one | {"body": {name: told for name, told in one["body"].items() if name != "clock"}}
        for one in visit
    ]


@pytest.fixture
def chief(as_officer):
    return as_officer("140882", "section_chief", officer=CHIEF, name="王衡")


@pytest.fixture
def suspended(told):
    """The certificate of 李秋 is suspended: `await suspended(at)`."""

    async def suspend(at=AFTER, state="suspended"):
        await told("officer.changed", officer_state(SECOND, "李秋", state=state), at=at)

    return suspend


async def test_a_certificate_that_was_suspended_afterwards_takes_nothing(officer, visit, suspended):
    await suspended()
    assert states(await deliver(officer, *visit)) == ["applied"] * 4
    seen = (await officer.get(f"/v1/inspections/{visit[0]['body']['id']}")).json()
    assert seen["doubts"] == []


async def test_nor_does_one_that_was_given_back_since(officer, visit, suspended):
    await suspended()
    await suspended("2026-08-03T01:00:00Z", "valid")
    assert states(await deliver(officer, *visit)) == ["applied"] * 4


async def looked_into(client, visit, *, accepted, id_=None):
    body = {
        "about": "authority", "subject": visit[0]["subject"], "note": NOTE, "accepted": accepted,
    }  # fmt: skip
    return await client.put(f"/v1/letter-reviews/{id_ or uuid4()}", json=body)


@pytest.mark.parametrize("case", ["after", "given-back", "unproved"])
async def test_an_act_that_may_have_been_done_without_authority_waits_for_a_person(
    officer, chief, visit, suspended, case
):
    await suspended(AFTER if case == "unproved" else BEFORE)
    if case == "given-back":
        await suspended("2026-07-01T01:00:00Z", "valid")
    letters = unclocked(visit) if case == "unproved" else visit
    told = await deliver(officer, *letters)
    assert states(told) == ["held"] * 4
    assert told[0]["problem"]["code"] == "authority-in-doubt"
    # It is in the queue at once, not after a day.
    waits = {one["id"]: one for one in (await chief.get("/v1/held-letters")).json()["items"]}
    assert (waits[letters[0]["id"]]["code"], waits[letters[0]["id"]]["reviewed"]) == (
        "authority-in-doubt", None,
    )  # fmt: skip

    assert (await looked_into(officer, visit, accepted=True)).status_code == 403
    id_ = uuid4()
    assert (await looked_into(chief, visit, accepted=True, id_=id_)).status_code == 200
    waits = {one["id"]: one for one in (await chief.get("/v1/held-letters")).json()["items"]}
    assert waits[letters[0]["id"]]["reviewed"]["accepted"] is True
    assert states(await deliver(officer, *letters)) == ["applied"] * 4
    assert (await looked_into(chief, visit, accepted=True, id_=id_)).status_code == 200
    for path in ("inspections", "documents", "reinspections"):
        asked = {"inspection": visit[0]["body"]["id"]} if path != "inspections" else {}
        (seen,) = (await officer.get(f"/v1/{path}", params=asked)).json()["items"]
        # An act whose own day is in no doubt bears no mark.
        doubted = case != "given-back" or path != "reinspections"
        assert any(NOTE in one for one in seen["doubts"]) == doubted
    assert (await chief.get("/v1/held-letters", params={"hours": 0})).json()["items"] == []


async def test_what_a_person_does_not_take_is_refused_with_his_words(
    officer, chief, visit, suspended
):
    await suspended(BEFORE)
    await deliver(officer, *visit[:2])
    assert (await looked_into(chief, visit, accepted=False)).status_code == 200
    told = await deliver(officer, *visit[:2])
    assert states(told) == ["rejected", "held"]
    assert told[0]["problem"]["code"] == "authority-denied"
    assert NOTE in told[0]["problem"]["detail"]
    assert told[0]["receipt"]


async def test_a_finding_covers_only_what_had_come_by_then(officer, chief, visit, suspended):
    await deliver(officer, visit[0])
    await suspended(BEFORE)
    assert (await looked_into(chief, visit, accepted=True)).status_code == 404
    assert states(await deliver(officer, visit[2])) == ["held"]
    assert (await looked_into(chief, visit, accepted=True)).status_code == 200
    assert states(await deliver(officer, visit[2], visit[3])) == ["applied", "held"]


@pytest.mark.parametrize(
    ("about", "accepted"), [("authority", None), ("fork", True), ("handover", False)]
)
async def test_only_doubts_are_decided_and_they_are(chief, about, accepted):
    body = {"about": about, "subject": "x/y", "note": NOTE, "accepted": accepted}
    answer = await chief.put(f"/v1/letter-reviews/{uuid4()}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.fixture
def granted(keys):
    """A grant as the ledger gives it to 张岳 in 140882."""

    def give(**changes):
        claims = {
            "iss": AUDIENCE, "aud": GRANT, "sub": "zhang", "device": DEVICE, "device_key": "k",
            "officer": FIRST, "name": "张岳", "unit": "140882", "region": "140882",
            "roles": ["officer"], "iat": datetime(2026, 6, 22, tzinfo=UTC),
            "exp": datetime(2026, 7, 20, tzinfo=UTC),
        }  # fmt: skip
        return jwt.encode(claims | changes, keys.private, algorithm=ALGORITHM)

    return give


@pytest.fixture
async def moved(told, as_officer):
    """张岳, who works in 140802 now."""
    await told("officer.left", officer_state(FIRST, "张岳", **MOVED_TO))
    await told("officer.changed", officer_state(FIRST, "张岳", **MOVED_TO))
    return as_officer("140802", "officer", officer=FIRST, name="张岳", account="zhang")


async def lent(client, grants, *letters):
    body = {"device": DEVICE, "letters": list(letters), "grants": list(grants)}
    answer = await client.post("/v1/deliveries", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["verdicts"]


@pytest.mark.parametrize("photo_first", [True, False])
async def test_what_an_officer_captured_before_he_moved_is_done_where_he_captured_it(
    officer, visit, moved, granted, photo_first
):
    if photo_first:
        await uploaded(moved, PHOTO)
    told = await lent(moved, [granted()], *visit)
    assert states(told) == ["applied"] * 4
    assert await lent(moved, [granted()], *visit) == told
    if not photo_first:
        await uploaded(moved, PHOTO)
    about = visit[0]["body"]["id"]
    seen = (await officer.get(f"/v1/inspections/{about}")).json()
    assert (seen["region"], seen["unit"], seen["recorded_by"]) == ("140882", "140882", FIRST)
    (piece,) = (await officer.get("/v1/evidence", params={"inspection": about})).json()["items"]
    assert piece["received_at"]
    # He himself sees no more of it than others of his new region.
    assert (await moved.get(f"/v1/inspections/{about}")).status_code == 404


async def test_a_colleague_who_moved_keeps_no_letter_of_the_other_back(officer, visit, moved):
    assert states(await deliver(officer, *visit)) == ["applied"] * 4


@pytest.mark.parametrize(
    "changes",
    [{"sub": "li"}, {"device": "tablet-2"}, {"exp": datetime(2026, 6, 22, 12, tzinfo=UTC)}],
)
async def test_a_grant_of_another_or_of_another_time_lends_nothing(visit, moved, granted, changes):
    (told,) = await lent(moved, [granted(**changes)], visit[0])
    assert (told["state"], told["problem"]["code"]) == ("held", "captured-elsewhere")


async def test_what_was_captured_there_after_he_had_moved_waits_for_a_person(
    told, as_officer, chief, visit, granted
):
    await told("officer.changed", officer_state(FIRST, "张岳", **MOVED_TO), at=BEFORE)
    gone = as_officer("140802", "officer", officer=FIRST, name="张岳", account="zhang")
    (verdict,) = await lent(gone, [granted()], visit[0])
    assert (verdict["state"], verdict["problem"]["code"]) == ("held", "authority-in-doubt")
    assert (await looked_into(chief, visit, accepted=True)).status_code == 200
    (verdict,) = await lent(gone, [granted()], visit[0])
    assert verdict["state"] == "applied"


@pytest.mark.parametrize("at", [BEFORE, AFTER])
@pytest.mark.parametrize("gone", [True, False])
async def test_a_plant_that_moved_is_known_as_it_was_where_it_was_visited(
    told, officer, chief, visit, at, gone
):
    there = entity_state(1, division_code="140802001")
    await told("entity.left", None if gone else there, there["id"], at=at)
    if not gone:
        await told("entity.changed", there, at=at)
    if at == BEFORE:
        verdicts = await deliver(officer, *visit)
        assert verdicts[0]["problem"]["code"] == "authority-in-doubt"
        assert states(verdicts) == ["held"] * 4
        assert (await looked_into(chief, visit, accepted=True)).status_code == 200
    assert states(await deliver(officer, *visit)) == ["applied"] * 4
    seen = (await officer.get(f"/v1/inspections/{visit[0]['body']['id']}")).json()
    assert seen["region"] == "140882"
    assert any(NOTE in one for one in seen["doubts"]) == (at == BEFORE)
