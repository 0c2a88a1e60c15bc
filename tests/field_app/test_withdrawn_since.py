"""What a tablet holds arrives though everything it rests on was withdrawn since it was captured (R9, M9)."""

from uuid import uuid4

import psycopg
import pytest

from field_app import sealing
from field_app.errands import Errands
from tests.examples import account, officer
from tests.field_app.office import URL, good
from tests.field_app.tablet import FIRST, NAMES, SECOND
from tests.field_app.test_against_the_office import everything_is_receipted, inspected
from tests.field_app.test_bundles import enrolled
from tests.field_app.weather import Weather

OLD, NEW = "140882", "140802"


@pytest.fixture
def weather(office):
    return Weather(office.transport)


@pytest.fixture
async def mine(tmp_path, office, weather):
    store = await enrolled(tmp_path / "mine", office, weather)
    yield store
    store.close()


async def withdraw(office, *, active=True):
    """The officer is moved, the colleague's certificate suspended, the plant another county's."""
    clerk = office.client_of("1408", "administrator", "ledger_clerk")
    people = {
        one["certificate"]["number"]: one["id"]
        for one in (await good(await clerk.get("/v1/officers")))["items"]
    }
    (mine,) = (
        one for one in (await good(await clerk.get("/v1/accounts")))["items"]
        if one.get("officer_id") == people[FIRST]
    )  # fmt: skip
    there = officer(FIRST, name=NAMES[FIRST], region=NEW, unit=NEW)
    await good(await clerk.put(f"/v1/officers/{people[FIRST]}", json=there))
    moved = account(officer_id=people[FIRST], region=NEW, unit=NEW, active=active)
    await good(await clerk.put(f"/v1/accounts/{mine['id']}", json=moved))
    suspended = officer(SECOND, name=NAMES[SECOND])
    suspended["certificate"]["state"] = "suspended"
    await good(await clerk.put(f"/v1/officers/{people[SECOND]}", json=suspended))
    town = {"values": {"division_code": "140802001"}}
    await good(await clerk.put(f"/v1/entities/{office.plant}", json=town))
    for follower in office.case.state.followers:
        await follower.catch_up()


def an_hour_ago(office):
    """What was withdrawn has been so for an hour: a tablet's moments are whole seconds."""
    url = office.case.state.settings.database_url.replace("case_svc@", "zhifa_owner@")
    with psycopg.connect(url) as owner:
        for table in ("officer_past", "entity_past"):
            owner.execute(f"update case_svc.{table} set until = until - interval '1 hour'")


async def the_office_has_it(office, inspection_id):
    reader = office.client("officer", "section_chief", officer="14088200004")
    seen = await good(await reader.get(f"/v1/inspections/{inspection_id}"))
    assert (seen["region"], seen["unit"], seen["recorded_by"]) == (OLD, OLD, FIRST)
    about = {"inspection": inspection_id}
    for path, state in (("evidence", "received"), ("documents", "complete")):
        items = (await good(await reader.get(f"/v1/{path}", params=about)))["items"]
        assert {one["state"] for one in items} == {state}
    return seen


async def test_what_was_captured_before_everything_was_withdrawn_arrives_by_itself(
    mine, office, weather
):
    inspection_id = inspected(mine, office.scheme)
    await withdraw(office)
    mine.set("token", mine.setting("token") | {"good_until": "2020-01-01T00:00:00.000000+00:00"})
    # The first says where he works now, the second goes with the grants of before.
    for _ in range(2):
        done = await Errands(mine, URL, weather).deliver()
        assert done.stopped is None
    assert mine.setting("me")["region"] == NEW
    everything_is_receipted(mine)
    assert (await the_office_has_it(office, inspection_id))["doubts"] == []


async def test_and_in_a_bundle_once_the_account_is_closed(mine, office, tmp_path):
    inspection_id = inspected(mine, office.scheme)
    bundle = sealing.export(mine, tmp_path / "stick")
    await withdraw(office, active=False)
    courier = office.client_of("140881", "trainer", officer="14088100009")
    answer = await good(await courier.post("/v1/bundles", content=bundle.read_bytes()))
    assert answer["receipt"]["done"]
    assert (await the_office_has_it(office, inspection_id))["doubts"] == []


async def test_what_was_captured_after_it_waits_until_somebody_has_looked_into_it(
    mine, office, weather
):
    await withdraw(office)
    an_hour_ago(office)
    inspection_id = inspected(mine, office.scheme)
    errands = Errands(mine, URL, weather)
    mine.set("token", mine.setting("token") | {"good_until": "2020-01-01T00:00:00.000000+00:00"})
    for _ in range(2):
        await errands.deliver()
    letters = mine.outbox.letters()
    assert {one.state for one in letters} == {"waiting"}
    assert letters[0].problem["code"] == "authority-in-doubt"
    chief = office.client("section_chief", officer="14088200004", name="王衡")
    review = {
        "about": "authority", "subject": letters[0].subject, "note": "检查确有其事，予以受理。",
        "accepted": True,
    }  # fmt: skip
    await good(await chief.put(f"/v1/letter-reviews/{uuid4()}", json=review))
    await errands.deliver()
    everything_is_receipted(mine)
    doubts = (await the_office_has_it(office, inspection_id))["doubts"]
    assert any("予以受理" in one for one in doubts)
