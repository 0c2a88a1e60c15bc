"""What a tablet brings along before it leaves the signal."""

from uuid import uuid4

import httpx
import pytest

from field_app.forecast import LEASE, LEAST, NUMBERED
from field_app.moments import day, kept, now
from field_app.refresh import DATASETS, pull, refresh, top_up
from field_app.shelves.mirror import Place
from services.kit.change_feed import Cursor
from tests.examples import entity_values, officer
from tests.field_app.office import PASSWORD, approve, good
from tests.field_app.tablet import NUMBERED as ALL_NUMBERED
from tests.field_app.weather import (
    CUT,
    FAILURE,
    FORBIDDEN,
    HALF,
    LATE,
    NO_SIGNAL,
    PORTAL,
    REDIRECT,
    SILENCE,
    TORN,
    TWICE,
    Weather,
)


async def test_a_refresh_brings_plants_people_schemes_packs_and_numbers(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    done = await refresh(store, client)
    assert done.stopped is None
    assert set(done.rows) == set(DATASETS)
    assert store.mirror.entity(office.plant)["complete"]
    assert store.mirror.scheme(office.scheme)["stage"] == "approved"
    assert store.mirror.officer("14088200001")["name"] == "张岳"
    assert store.packs.checklist("metallurgy@2026.1").items
    year = day(now()).year
    assert [store.leases.left(kind, year, "140882") for kind in NUMBERED] == [LEASE] * 3


async def test_a_second_refresh_brings_only_what_changed(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    again = await refresh(store, client)
    assert (sum(again.rows.values()), again.packs, again.leases) == (0, 0, 0)
    clerk = office.client("ledger_clerk")
    changed = {"values": entity_values(1) | {"legal_rep": "新法人"}}
    await good(await clerk.put(f"/v1/entities/{office.plant}", json=changed))
    third = await refresh(store, client)
    assert (third.rows["entities"], sum(third.rows.values())) == (1, 1)
    assert store.mirror.entity(office.plant)["values"]["legal_rep"] == "新法人"


async def test_a_cursor_that_the_office_does_not_know_brings_everything_anew(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    gone = {"id": "x", "name": "从前的企业"}
    of_before = str(Cursor(str(uuid4()), 7))  # the office was restored from a copy since
    place = Place(of_before, 1, "2026-01-01T00:00:00Z")
    store.mirror.apply("entities", [gone], place, whole=False)
    assert await pull(store, client, "entities") == 1
    assert store.mirror.one("entities", "x") is None


@pytest.mark.parametrize(
    "bad", [NO_SIGNAL, SILENCE, CUT, HALF, FAILURE, PORTAL, REDIRECT, FORBIDDEN]
)
async def test_rows_that_did_not_come_whole_change_nothing(office, tablet_of, bad):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    weather.script = [bad]
    done = await refresh(store, client)
    assert done.stopped
    assert store.mirror.place(DATASETS[0]) is None
    assert store.mirror.count(DATASETS[0]) == 0
    assert store.setting("refreshed_at") is None
    # One bad answer keeps nothing else from coming.
    assert store.mirror.count("entities") == 1
    assert (await refresh(store, client)).stopped is None


async def test_without_a_signal_two_tries_are_enough(office, tablet_of):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    weather.script = [NO_SIGNAL] * 20
    weather.seen.clear()
    assert (await refresh(store, client)).stopped
    assert len(weather.seen) == 2


@pytest.mark.parametrize("bad", [SILENCE, TWICE, HALF, CUT, PORTAL, FORBIDDEN, TORN, LATE, FAILURE])
async def test_a_lease_whose_answer_is_lost_is_the_same_lease_when_it_is_asked_for_again(
    office, tablet_of, bad
):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    weather.script, weather.only = [bad], "/number-leases/"
    first = await refresh(store, client, datasets=("units",))
    assert first.stopped is None or store.leases.asked()
    assert (await refresh(store, client, datasets=("units",))).stopped is None
    numbers = store.db.conn.execute(
        "select document, first, last from lease where year = ?", (day(now()).year,)
    )
    assert sorted(numbers) == [
        (kind, 1, LEASE if kind in NUMBERED else LEAST) for kind in sorted(ALL_NUMBERED)
    ]


async def test_a_lease_that_the_office_refuses_is_asked_for_under_another_name(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    year = day(now()).year
    store.leases.ask("not-an-id", "inspection-record", year, 5, "2026-06-23T00:00:00Z")
    assert (await refresh(store, client, datasets=("units",))).stopped
    assert "not-an-id" not in {one for one, *_ in store.leases.asked()}
    assert await top_up(store, client, ("inspection-record",)) == 1


async def test_many_refreshes_in_bad_weather_end_where_a_fair_one_does(office, tablet_of):
    fair, fair_client = await tablet_of(Weather(office.transport))
    weather = Weather(office.transport, seed=20260623)
    store, client = await tablet_of(weather)
    for turn in range(12):
        if turn == 4:
            await approve(office, "00000000-0000-4000-8000-0000000000e1")
        if turn == 6:
            clerk = office.client("administrator")
            told = officer("14088200007", name="吴新")
            url = "/v1/officers/00000000-0000-4000-8000-0000000000e2"
            await good(await clerk.put(url, json=told))
        await refresh(store, client)
    weather.clear()
    assert (await refresh(store, client)).stopped is None
    assert (await refresh(fair, fair_client)).stopped is None
    mirrors = [
        sorted(one.db.conn.execute("select dataset, id, body from mirror")) for one in (store, fair)
    ]
    assert mirrors[0] == mirrors[1]
    assert store.packs.known() == fair.packs.known()
    firsts = [
        first
        for one in (store, fair)
        for (first,) in one.db.conn.execute(
            "select first from lease where document = 'inspection-record' and year = ?",
            (day(now()).year,),
        )
    ]
    assert sorted(firsts) == [1, 1 + LEASE]


async def test_a_tablet_without_a_sign_in_says_so(store, office):
    async with httpx.AsyncClient(transport=office.transport, base_url="http://zhifa") as client:
        assert (await refresh(store, client)).stopped


async def test_an_office_restored_from_a_backup_is_offered_everything_again(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    with store.atomic():
        store.report("x", "inspection.record", {"id": "a"}, "2026-06-23T01:00:00Z")
        (letter,) = store.outbox.letters()
        store.outbox.sent(letter.id, {"sha256": letter.sha256})
        store.outbox.add_upload("0" * 64, "files/a.jpg", 9, "image/jpeg", "2026-06-23T01:00:00Z")
        store.outbox.upload_done("0" * 64, {"url": "/v1/files/a"})
        of_before = str(Cursor(str(uuid4()), 7))
        store.mirror.apply("hazards", [], Place(of_before, 0, "2026-06-01T00:00:00Z"), whole=True)
    await pull(store, client, "entities")
    assert [one.state for one in store.outbox.letters()] == ["sent"]
    await pull(store, client, "hazards")
    assert [one.state for one in store.outbox.letters()] == ["waiting"]
    assert [(one.state, one.url, one.offset) for one in store.outbox.uploads()] == [
        ("waiting", None, 0)
    ]


async def test_a_restored_office_is_known_again_though_the_mirror_was_forgotten(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    with store.atomic():
        store.report("x", "inspection.record", {"id": "a"}, "2026-06-23T01:00:00Z")
        (letter,) = store.outbox.letters()
        store.outbox.sent(letter.id, {"sha256": letter.sha256})
    # Forgotten for another region's sake, and no office was restored: what is sent is sent.
    store.mirror.forget_places()
    await refresh(store, client)
    assert [one.state for one in store.outbox.letters()] == ["sent"]
    assert store.mirror.dropped("hazards") is None
    of_before = str(Cursor(str(uuid4()), 7))
    store.mirror.apply("hazards", [], Place(of_before, 0, "2026-06-01T00:00:00Z"), whole=True)
    store.mirror.forget_places()
    store.mirror.forget_places()
    await pull(store, client, "hazards")
    assert [one.state for one in store.outbox.letters()] == ["waiting"]
    assert store.mirror.dropped("hazards") is None


async def test_an_officer_who_is_moved_sees_the_new_region_and_nothing_of_the_old(
    office, tablet_of
):
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    above = office.client_of("1408", "administrator", "ledger_clerk")
    other = entity_values(7, division_code="140881001")
    await good(await above.put(f"/v1/entities/{uuid4()}", json={"values": other}))
    (page,) = [one for one in (await good(await above.get("/v1/accounts")))["items"]
               if one["username"] == "zhangyue"]  # fmt: skip
    moved = officer(region="140881", unit="140881")
    await good(await above.put(f"/v1/officers/{page['officer_id']}", json=moved))
    account = {name: page[name] for name in ("username", "name", "officer_id", "roles", "kind")}
    account |= {"password": PASSWORD, "region": "140881", "unit": "140881"}
    await good(await above.put(f"/v1/accounts/{page['id']}", json=account))
    store.set("token", store.setting("token") | {"good_until": kept(now())})
    for _ in range(3):
        await refresh(store, client)
    assert [one["name"] for one in store.mirror.rows("entities")] == [other["ent_name"]]
    assert store.setting("me")["unit_name"] == "永济市应急管理局"
    assert store.mirror.place("entities")


async def test_an_officer_who_is_moved_leaves_the_tablets_of_the_old_region(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    second = store.mirror.officer("14088200002")
    above = office.client_of("1408", "administrator")
    moved = officer("14088200002", name="李秋", region="140881", unit="140881")
    await good(await above.put(f"/v1/officers/{second['id']}", json=moved))
    await refresh(store, client)
    assert store.mirror.officer("14088200002") is None
