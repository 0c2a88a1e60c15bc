"""Devices: enrolled by a code, heard, frozen, wiped; and a clone is found out."""

import asyncio
import copy
from uuid import uuid4

import jwt
import pytest

from services.kit.claims import service_itself
from tests.ledger_svc.devices import GATEWAY, Slate, given_code


@pytest.fixture
def administrator(as_officer):
    return as_officer("140882", "administrator", officer="")


@pytest.fixture
def officer(as_officer):
    return as_officer("140882", "officer", account="zhang", officer="14088200001", name="张岳")


@pytest.fixture
async def slate(administrator, as_officer):
    """An enrolled device."""
    slate = Slate()
    code = (await given_code(administrator))["code"]
    assert (await slate.enrol(as_officer(None), code)).status_code == 200
    return slate


@pytest.fixture
def kinds(app, as_officer):
    """The changes about a device, by kind, in order."""

    async def of(slate):
        told = (await as_officer("14", "follower").get("/v1/feeds/ledger?limit=500")).json()
        return [one["kind"] for one in told["changes"] if one["subject"] == slate.id]

    return of


async def seen(administrator, slate):
    return (await administrator.get(f"/v1/devices/{slate.id}")).json()


async def test_an_administrator_gives_a_code_and_the_same_again(administrator):
    url, record = f"/v1/device-enrolments/{uuid4()}", {"unit": "140882", "gateway": GATEWAY}
    first = (await administrator.put(url, json=record)).json()
    assert first["qr"] == f"zhifa-enrol:1:{GATEWAY}:{first['code']}"
    assert (await administrator.put(url, json=record)).json() == first
    assert (await administrator.get(url)).json() == first
    assert (await given_code(administrator))["code"] != first["code"]


async def test_a_code_is_kept_nowhere(administrator, app):
    code = (await given_code(administrator))["code"]
    async with app.state.database.raw(service_itself("ledger_svc")) as connection:
        rows = await connection.fetch("select e::text as row from ledger_svc.device_enrolment e")
    assert len(rows) == 1
    assert code not in rows[0]["row"]


@pytest.mark.parametrize("unit", ["140881", "1408"])
async def test_a_code_for_a_unit_out_of_sight_is_refused(administrator, unit):
    answer = await administrator.put(
        f"/v1/device-enrolments/{uuid4()}", json={"unit": unit, "gateway": GATEWAY}
    )
    assert answer.status_code == 403


async def test_a_device_enters_by_its_code_and_again(administrator, as_officer, kinds):
    slate, code = Slate(), (await given_code(administrator))["code"]
    for typed in (code, code.lower(), code.replace("-", ""), f" {code} "):
        answer = await slate.enrol(as_officer(None), typed)
        assert answer.status_code == 200, answer.text
        assert answer.json()["unit_name"] == "河津市应急管理局"
    assert (await seen(administrator, slate))["state"] == "active"
    assert await kinds(slate) == ["device.enrolled"]


async def test_a_wrong_code_a_used_one_and_an_expired_one_are_told_apart(
    administrator, as_officer, app
):
    code = (await given_code(administrator))["code"]
    assert (await Slate().enrol(as_officer(None), code)).status_code == 200
    late = (await given_code(administrator))["code"]
    async with app.state.database.raw(service_itself("ledger_svc")) as connection:
        await connection.execute(
            "update ledger_svc.device_enrolment set expires_at = now() where device_id is null"
        )
    for tried, expected in (
        ("0000-0000-0000", "enrolment-code-unknown"),
        (code, "enrolment-code-used"),
        (late, "enrolment-code-expired"),
    ):
        problem = (await Slate().enrol(as_officer(None), tried)).json()
        assert problem["code"] == expected
        assert "管理员" in problem["next_step"]


async def test_of_two_devices_that_race_with_one_code_one_enters(administrator, as_officer):
    code = (await given_code(administrator))["code"]
    answers = await asyncio.gather(*(Slate().enrol(as_officer(None), code) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]


async def test_nobody_takes_over_an_enrolled_device(slate, administrator, as_officer):
    other = Slate(id=slate.id)
    answer = await other.enrol(as_officer(None), (await given_code(administrator))["code"])
    assert answer.json()["code"] == "device-enrolled"


async def test_a_report_is_kept_and_answered_with_state_time_and_grant(
    slate, officer, administrator, keys, settings
):
    told = await slate.say(officer)
    assert (told["state"], told["cloned"], told["offline_days"]) == ("active", False, 7)
    claims = jwt.decode(told["grant"], keys.public, ["EdDSA"], audience="zhifa-grant")
    assert {key: claims[key] for key in ("sub", "device", "officer", "name", "region")} == {
        "sub": "zhang", "device": slate.id, "officer": "14088200001", "name": "张岳",
        "region": "140882",
    }  # fmt: skip
    assert claims["exp"] - claims["iat"] == settings.offline_days * 86400
    device = await seen(administrator, slate)
    assert device["report"]["unsent_letters"] == 3
    assert device["officers"][0]["name"] == "张岳"
    assert device["contacted_at"]


async def test_a_grant_opens_nothing(slate, officer, as_officer):
    grant = (await slate.say(officer))["grant"]
    answer = await as_officer(None).get("/v1/me", headers={"authorization": f"Bearer {grant}"})
    assert answer.status_code == 401


async def test_a_report_that_another_key_signed_or_that_was_changed_is_refused(slate, officer):
    other = Slate(id=slate.id)
    url = f"/v1/devices/{slate.id}/reports"
    changed = slate.report() | {"unsent_letters": 0}
    for body in (other.report(), changed):
        answer = await officer.post(url, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "device-signature-wrong")
    elsewhere = Slate(key=slate.key)
    assert (await officer.post(url, json=elsewhere.report())).status_code == 403


async def test_answers_that_are_lost_make_no_clone(slate, officer, administrator):
    for lost in (True, True, False, True, False, True, True, False):
        told = await slate.send(officer, slate.report())
        if not lost:
            slate.nonce = told["nonce"]
    assert (await seen(administrator, slate))["cloned_at"] is None


async def test_a_report_that_comes_twice_or_late_makes_no_clone(slate, officer, administrator):
    await slate.say(officer)
    slow, quick = slate.report(unsent_letters=9), slate.report(unsent_letters=2)
    told = await slate.send(officer, quick)
    for _ in range(3):
        assert (await slate.send(officer, quick))["nonce"] == told["nonce"]
    await slate.send(officer, slow)
    slate.nonce = told["nonce"]
    await slate.say(officer, unsent_letters=1)
    await slate.say(officer, unsent_letters=0)
    for late in (slow, quick):
        await slate.send(officer, late)
    device = await seen(administrator, slate)
    assert (device["cloned_at"], device["report"]["unsent_letters"]) == (None, 0)


async def test_a_device_restored_from_a_backup_is_found_out_and_still_heard(
    slate, officer, administrator, kinds
):
    await slate.say(officer)
    backup = copy.copy(slate)
    for _ in range(3):
        await slate.say(officer)
    told = await backup.say(officer, unsent_letters=7)
    assert (told["cloned"], told["state"]) == (True, "active")
    await backup.say(officer, unsent_letters=8)
    device = await seen(administrator, slate)
    assert device["cloned_at"]
    assert await kinds(slate) == ["device.enrolled", "device.used", "device.cloned"]


async def test_two_that_take_turns_with_one_memory_are_found_out(slate, officer, administrator):
    await slate.say(officer)
    twin = copy.copy(slate)
    await slate.say(officer)
    assert (await seen(administrator, slate))["cloned_at"] is None
    await twin.say(officer)
    assert (await seen(administrator, slate))["cloned_at"]


async def test_an_administrator_freezes_unfreezes_and_asks_for_a_wipe(
    slate, officer, administrator, kinds
):
    url = f"/v1/devices/{slate.id}/state"

    async def bring(state):
        answer = await administrator.put(url, json={"state": state, "reason": "遗失"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert (await bring("frozen"))["reason"] == "遗失"
    await bring("frozen")
    told = await slate.say(officer)
    assert (told["state"], told["grant"]) == ("frozen", None)
    await bring("active")
    assert (await slate.say(officer))["grant"]
    # Nothing is wiped that was not asked to be.
    assert (await slate.say(officer, wiped=True))["state"] == "active"
    await bring("wipe_requested")
    assert (await slate.say(officer))["state"] == "wipe_requested"
    assert (await slate.say(officer, wiped=True))["state"] == "wiped"
    answer = await administrator.put(url, json={"state": "active"})
    assert (answer.status_code, answer.json()["code"]) == (409, "device-wiped")
    assert await kinds(slate) == [
        "device.enrolled", "device.frozen", "device.used", "device.unfrozen",
        "device.wipe_requested", "device.wiped",
    ]  # fmt: skip


async def test_bringing_a_device_back_into_use_ends_the_alarm(slate, officer, administrator, kinds):
    backup = copy.copy(slate)
    for _ in range(3):
        await slate.say(officer)
    await backup.say(officer)
    await administrator.put(f"/v1/devices/{slate.id}/state", json={"state": "active"})
    assert (await seen(administrator, slate))["cloned_at"] is None
    assert (await kinds(slate))[-1] == "device.clone_cleared"


async def test_another_county_sees_no_device_and_decides_nothing(slate, as_officer):
    neighbour = as_officer("140881", "administrator")
    assert (await neighbour.get("/v1/devices")).json()["items"] == []
    assert (await neighbour.get(f"/v1/devices/{slate.id}")).status_code == 404
    answer = await neighbour.put(f"/v1/devices/{slate.id}/state", json={"state": "frozen"})
    assert answer.status_code == 404
    assert len((await as_officer("1408", "administrator").get("/v1/devices")).json()["items"]) == 1


async def test_devices_are_listed_page_by_page(administrator, as_officer):
    for name in ("丙", "甲", "乙"):
        code = (await given_code(administrator))["code"]
        await Slate().enrol(as_officer(None), code, name=name)
    found, after = [], ""
    while after is not None:
        told = (await administrator.get("/v1/devices", params={"limit": 1, "after": after})).json()
        found += [one["name"] for one in told["items"]]
        after = told["next"]
    assert sorted(found) == sorted("甲乙丙")
    assert len(found) == 3
