"""A store that is closed keeps nothing from the office: its outbox lies sealed for the next."""

import asyncio
import signal
import sys
import threading
from uuid import uuid4

import pytest

from field_app import carrier, laid_aside, sealing, setting_aside
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.sign_in import enter
from field_app.actions.take_photo import keep_photo
from field_app.enrolment import enrol
from field_app.errands import Errands
from field_app.parting import pause, put_away, put_away_meanwhile
from field_app.refusals import NotYourRecords, PasswordChanged, StillAlone, WrongPassword
from field_app.unsent import unsent_here
from field_app.vault import Vault, holds_nothing_alone, note
from services.kit.settings import ROOT
from tests.examples import account, jpeg
from tests.field_app import paused
from tests.field_app.office import PASSWORD, URL, good
from tests.field_app.tablet import LIGHT, NAMES, PRESENT, SECOND, answered
from tests.field_app.test_bundles import inspections_at, visited
from tests.field_app.test_enrolled import a_code, bring, seen_device
from tests.field_app.weather import NO_SIGNAL, Weather

MINE, HERS = "zhangyue", "liqiu"


@pytest.fixture
def weather(office):
    return Weather(office.transport)


@pytest.fixture
async def vault(tmp_path, office, weather):
    """A tablet that is enrolled, and two officers of its unit with accounts."""
    clerk = office.client("administrator")
    officers = (await good(await clerk.get("/v1/officers")))["items"]
    (second,) = [one for one in officers if one["name"] == NAMES[SECOND]]
    told = account(HERS, name=NAMES[SECOND], officer_id=second["id"])
    await good(await clerk.put(f"/v1/accounts/{uuid4()}", json=told))
    vault = Vault(tmp_path / "shared", LIGHT)
    await enrol(vault.device, URL, await a_code(office), "合用平板", weather)
    return vault


async def at_work(vault, who, weather):
    """This person's store, open and refreshed."""
    store = await enter(vault, URL, who, PASSWORD, weather)
    await Errands(store, URL, weather).refresh()
    return store


async def left_by_me(vault, office, weather):
    """My visit has ended without a signal, and I have signed out."""
    mine = await at_work(vault, MINE, weather)
    inspection_id = visited(mine, office)
    put_away(mine)
    mine.close()
    return inspection_id


async def test_what_waits_in_a_locked_store_goes_with_whoever_works_here_next(
    vault, office, weather
):
    inspection_id = await left_by_me(vault, office, weather)
    hers = await at_work(vault, HERS, weather)
    done = await Errands(hers, URL, weather).deliver()
    assert (done.carried, done.sent) == (1, 0)
    assert await inspections_at(office) == [inspection_id]
    assert hers.outbox.letters() == []
    hers.close()
    # When I come back my letters have their receipts, and nothing is sent twice.
    mine = await at_work(vault, MINE, weather)
    done = await Errands(mine, URL, weather).deliver()
    assert (done.sent, done.carried) == (2, 0)
    assert not unsent_here(mine)
    mine.close()


async def test_when_i_send_it_myself_nobody_needs_the_bundle_any_more(vault, office, weather):
    await left_by_me(vault, office, weather)
    mine = await at_work(vault, MINE, weather)
    assert len(carrier.waiting(vault.device)) == 1
    done = await Errands(mine, URL, weather).deliver()
    assert (done.sent, done.carried) == (2, 0)
    assert carrier.waiting(vault.device) == []
    assert sealing.own(mine) == set()
    chief = office.client("section_chief")
    assert (await good(await chief.get("/v1/handovers")))["items"] == []
    mine.close()


async def test_a_visit_that_goes_on_is_sealed_too_and_leaves_with_no_one_while_i_am_here(
    vault, office, weather
):
    mine = await at_work(vault, MINE, weather)
    begin_inspection(mine, scheme_id=office.scheme, place="熔炼车间", present=PRESENT)
    put_away(mine)
    mine.close()
    mine = await at_work(vault, MINE, weather)
    # The visit is shared with its other officer; the bundle is not carried by who left it.
    delivered = await Errands(mine, URL, weather).deliver()
    assert (delivered.sent, delivered.carried) == (1, 0)
    assert len(carrier.waiting(vault.device)) == 1
    mine.close()


async def test_a_wipe_takes_the_stores_of_those_who_are_not_here_once_nothing_is_only_there(
    vault, office, weather
):
    inspection_id = await left_by_me(vault, office, weather)
    hers = await at_work(vault, HERS, weather)
    device = vault.device.id
    await bring(office, hers, "wipe_requested")
    wiped: list[bool] = []
    await Errands(hers, URL, weather, lambda: wiped.append(True)).report()
    assert wiped == [True]
    assert (await seen_device(office, device))["state"] == "wiped"
    assert await inspections_at(office) == [inspection_id]
    assert list(vault.people.iterdir()) == []


@pytest.mark.parametrize("how", ["killed", "unsealed"])
async def test_a_wipe_leaves_a_store_that_holds_something_alone(vault, office, weather, how):
    mine = await at_work(vault, MINE, weather)
    visited(mine, office)
    if how == "unsealed":
        # An office that takes no sealed bundles.
        mine.set("bundle_key", None)
        put_away(mine)
    mine.close()
    hers = await at_work(vault, HERS, weather)
    await bring(office, hers, "wipe_requested")
    await Errands(hers, URL, weather).report()
    assert [one.name for one in vault.people.iterdir()] == [vault.folder(MINE).name]
    assert (await seen_device(office, vault.device.id))["state"] == "wipe_requested"
    # Its person comes, and it goes from where it lies.
    mine = await enter(vault, URL, MINE, PASSWORD, weather)
    assert len(mine.outbox.waiting()) == 2
    await Errands(mine, URL, weather).deliver()
    assert len(await inspections_at(office)) == 1
    assert (await seen_device(office, mine.device))["state"] == "wiped"


async def test_what_is_written_after_it_was_opened_again_is_not_taken_for_sealed(
    vault, office, weather
):
    await left_by_me(vault, office, weather)
    weather.script = [NO_SIGNAL]
    mine = await enter(vault, URL, MINE, PASSWORD, weather)
    begin_inspection(
        mine, entity_id=office.plant, ground_kind="complaint", ground="举报", place="成品库",
        present=PRESENT, checklist="metallurgy@2026.1", officers=["14088200001", SECOND],
    )  # fmt: skip
    # Killed: nothing was put away.
    mine.close()
    hers = await at_work(vault, HERS, weather)
    await bring(office, hers, "wipe_requested")
    await Errands(hers, URL, weather).report()
    assert vault.knows(MINE)


async def test_killed_in_the_background_its_letters_go_with_whoever_works_here_next(
    vault, office, weather
):
    mine = await at_work(vault, MINE, weather)
    mine.close()
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", paused.__name__, str(vault.root), MINE, PASSWORD, office.scheme,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, _ = await child.communicate()
    assert child.returncode == -signal.SIGKILL
    # Another start of the app, another person: the second bundle has taken the first one's place.
    again = Vault(vault.root, LIGHT)
    assert len(carrier.waiting(again.device)) == 1
    hers = await at_work(again, HERS, weather)
    done = await Errands(hers, URL, weather).deliver()
    assert done.carried == 1
    assert await inspections_at(office) == [told.decode().strip()]
    evidence = await office.client("officer").get(
        "/v1/evidence", params={"inspection": told.decode().strip()}
    )
    assert [one["received_at"] is not None for one in (await good(evidence))["items"]] == [True]
    hers.close()


def by_size(vault):
    return sorted(carrier.waiting(vault.device), key=lambda one: one.stat().st_size)


async def test_large_files_are_sealed_once_and_what_is_new_beside_them(
    vault, office, weather, monkeypatch
):
    monkeypatch.setattr(setting_aside, "ROLL", 20_000)
    mine = await at_work(vault, MINE, weather)
    visit = begin_inspection(mine, scheme_id=office.scheme, place="熔炼车间", present=PRESENT)
    photos = [jpeg(seed=seed) for seed in range(3)]
    keep_photo(mine, visit, photos[0], "image/jpeg", caption="炉前")
    assert len(photos[0]) > 20_000
    # In the background there is time for letters and drafts alone.
    pause(mine)
    (quick,) = carrier.waiting(vault.device)
    assert quick.stat().st_size < len(photos[0])
    threads: set[int] = set()
    far: list[float] = []

    def tell(part: float) -> None:
        threads.add(threading.get_ident())
        far.append(part)

    await put_away_meanwhile(mine, tell)
    tail, base = by_size(vault)
    assert (far == sorted(far), far[-1], threads & {threading.get_ident()}) == (True, 1.0, set())
    assert base.stat().st_size > len(photos[0]) > tail.stat().st_size
    written = base.stat().st_mtime_ns
    answered(mine, visit, unmet=0)
    await put_away_meanwhile(mine)
    after = by_size(vault)
    assert (after[1], after[1].stat().st_mtime_ns, len(after)) == (base, written, 2)
    assert after[0] != tail

    # Broken off in the middle, what was sealed before stands and nothing half is left.
    keep_photo(mine, visit, photos[1], "image/jpeg", caption="炉后")

    def broken(_: float) -> None:
        raise OSError("no room")

    await put_away_meanwhile(mine, broken)
    assert by_size(vault) == after
    assert list(carrier.folder_of(vault.device).glob(".*")) == []
    assert not holds_nothing_alone(mine.folder)
    finish_inspection(mine, visit)
    put_away(mine)
    assert holds_nothing_alone(mine.folder)
    mine.close()

    hers = await at_work(vault, HERS, weather)
    done = await Errands(hers, URL, weather).deliver()
    assert (done.carried, carrier.waiting(vault.device)) == (3, [])
    evidence = await office.client("officer").get("/v1/evidence", params={"inspection": visit})
    assert [one["received_at"] is not None for one in (await good(evidence))["items"]] == [True] * 2
    hers.close()
    mine = await at_work(vault, MINE, weather)
    await Errands(mine, URL, weather).deliver()
    assert not unsent_here(mine)
    mine.close()


async def test_a_store_that_was_set_aside_is_sent_by_its_person_once_the_old_password_is_recalled(
    vault, office, weather
):
    mine = await at_work(vault, MINE, weather)
    done, going_on = visited(mine, office), begin_inspection(
        mine, entity_id=office.plant, ground_kind="complaint", ground="举报", place="成品库",
        present=PRESENT, checklist="metallurgy@2026.1", officers=["14088200001", SECOND],
    )  # fmt: skip
    note(mine)
    mine.close()
    clerk = office.client("administrator")
    (known,) = [
        one
        for one in (await good(await clerk.get("/v1/accounts")))["items"]
        if one["username"] == MINE
    ]
    anew = account(officer_id=known["officer_id"], password="Anew-2026-demo")
    await good(await clerk.put(f"/v1/accounts/{known['id']}", json=anew))
    with pytest.raises(PasswordChanged):
        await enter(vault, URL, MINE, "Anew-2026-demo", weather)
    vault.set_aside(MINE)
    mine = await enter(vault, URL, MINE, "Anew-2026-demo", weather)
    errands = Errands(mine, URL, weather)
    await errands.refresh()
    (aside,) = laid_aside.all_below(vault.people)
    assert (aside.unsent, aside.alone, laid_aside.is_of(mine, aside)) == (2, True, True)
    # The administrator sees that something waits there.
    report = (await seen_device(office, vault.device.id))["report"]
    assert (report["set_aside"], report["set_aside_letters"]) == (1, 2)
    with pytest.raises(WrongPassword):
        vault.unlock_aside(aside.place, "Anew-2026-demo")
    key = vault.unlock_aside(aside.place, PASSWORD)
    with pytest.raises(StillAlone):
        laid_aside.remove(vault, mine, aside, key)

    # Somebody else who learns the password opens nothing in his own name.
    hers = await at_work(vault, HERS, weather)
    opened = vault.opened_aside(aside.place, key)
    with pytest.raises(NotYourRecords):
        await Errands(hers, URL, weather).deliver_aside(opened)
    hers.close()
    assert (await errands.deliver_aside(opened)).stopped is None
    assert unsent_here(opened).letters == 0
    opened.close()
    assert await inspections_at(office) == [done]
    # What was begun is in the supervisor's hands.
    chief = office.client("section_chief")
    (handed,) = (await good(await chief.get("/v1/handovers")))["items"]
    assert [one["id"] for one in handed["drafts"] if one["kind"] == "inspection"] == [going_on]
    (aside,) = laid_aside.all_below(vault.people)
    assert aside.unsent == 0
    mine.close()
