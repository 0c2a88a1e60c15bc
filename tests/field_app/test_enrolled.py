"""A tablet that its office knows: enrolled by a code, heard, frozen, wiped; clones are found out."""

import shutil
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from field_app import clocks
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.sign_in import enter, sign_in
from field_app.answers import Unknown
from field_app.contact import contact_of, note
from field_app.device import FILE, device_in
from field_app.enrolment import enrol, read_code
from field_app.errands import Errands
from field_app.moments import kept, now, read
from field_app.offline import is_offline, may_work_offline
from field_app.refusals import (
    ClockSetBack,
    CodeUnreadable,
    DeviceFrozen,
    EnrolmentRefused,
    NotHereBefore,
    OfficeTooLongAgo,
    WrongPassword,
)
from field_app.session import SignInNeeded, office_client, sign_out, signed_in
from field_app.vault import Vault
from field_app.wire import Location
from lawbook.devices import ClockInDoubt
from tests.field_app.office import PASSWORD, URL, good
from tests.field_app.tablet import LIGHT, PRESENT, answered, filled, signed
from tests.field_app.tablet import begun as tablet_begun
from tests.field_app.weather import FAIR, NO_SIGNAL, SILENCE, Weather

FIRST = "zhangyue"


async def a_code(office) -> str:
    """The text of a fresh QR code."""
    told = await good(
        await office.client("administrator").put(
            f"/v1/device-enrolments/{uuid4()}", json={"unit": "140882", "gateway": URL}
        )
    )
    return str(told["qr"])


async def seen(office, store):
    """What the office shows of a store's device."""
    return await seen_device(office, store.device)


async def seen_device(office, device_id):
    return await good(await office.client("administrator").get(f"/v1/devices/{device_id}"))


async def bring(office, store, state, reason=""):
    """The administrator decides about this device."""
    body = {"state": state, "reason": reason}
    url = f"/v1/devices/{store.device}/state"
    await good(await office.client("administrator").put(url, json=body))


@pytest.fixture
def weather(office):
    return Weather(office.transport)


@pytest.fixture
async def fresh(tmp_path, office, weather):
    """A tablet, enrolled, with an officer signed in and refreshed."""
    vault = Vault(tmp_path / "tablet", LIGHT)
    store = opened(vault)
    await enrol(store.installation, "http://elsewhere", await a_code(office), "平板一号", weather)
    await sign_in(store, URL, FIRST, PASSWORD, weather)
    await Errands(store, URL, weather).refresh()
    yield store
    store.close()


def opened(vault):
    """The officer's store, as signing in opens it."""
    return vault.opened(FIRST, vault.admit(FIRST, PASSWORD, "a"))


def begun(store, office):
    return begin_inspection(store, scheme_id=office.scheme, place="熔炼车间", present=PRESENT)


@pytest.mark.parametrize(
    "text", ["", "abc", "zhifa-enrol:2:http://x:ABCD", "zhifa-enrol:1:ABCD-EF"]
)
def test_what_is_no_code_is_not_sent(text):
    with pytest.raises(CodeUnreadable):
        read_code(text)


def test_a_qr_names_the_gateway_and_a_typed_code_does_not():
    text = "zhifa-enrol:1:https://zhifa.example:8443:ABCD-EFGH-JKMN"
    assert read_code(text) == ("https://zhifa.example:8443", "ABCD-EFGH-JKMN")
    assert read_code(" abcdefghjkmn ") == (None, "abcdefghjkmn")


async def test_a_tablet_is_enrolled_by_its_qr_and_the_office_hears_of_it(fresh, office):
    contact = contact_of(fresh.installation)
    assert (contact.unit_name, contact.state) == ("河津市应急管理局", "active")
    device = await seen(office, fresh)
    assert (device["name"], device["report"]["unsent_letters"]) == ("平板一号", 0)
    assert device["report"]["versions"]["packs"]["checklist/metallurgy"]
    assert device["officers"][0]["name"] == "张岳"
    assert fresh.setting("grant")


async def test_an_answer_that_is_lost_is_asked_for_again_with_the_same_code(
    tmp_path, office, weather
):
    device, code = device_in(tmp_path / "new"), await a_code(office)
    weather.script = [SILENCE, FAIR]
    with pytest.raises(Unknown):
        await enrol(device, URL, code, transport=weather)
    assert not contact_of(device).enrolled
    assert (await enrol(device, URL, code, transport=weather)).enrolled
    other = device_in(tmp_path / "other")
    with pytest.raises(EnrolmentRefused) as refused:
        await enrol(other, URL, code, transport=weather)
    assert refused.value.code == "enrolment-code-used"
    assert "管理员" in (refused.value.next_step or "")


async def test_reports_whose_answers_are_lost_betray_no_clone(fresh, office, weather):
    errands = Errands(fresh, URL, weather)
    for script in ([SILENCE], [], [NO_SIGNAL], [SILENCE], [], []):
        weather.script = list(script)
        await errands.report()
    assert (await seen(office, fresh))["cloned_at"] is None
    assert not contact_of(fresh.installation).cloned


async def test_a_copied_installation_is_found_out_and_still_delivers(
    fresh, office, weather, tmp_path
):
    finish_inspection(fresh, answered(fresh, begun(fresh, office)))
    shutil.copytree(fresh.installation.folder, tmp_path / "copy")
    await Errands(fresh, URL, weather).report()
    twin = opened(Vault(tmp_path / "copy", LIGHT))
    done = await Errands(twin, URL, weather).deliver()
    assert done.sent > 0
    assert (await seen(office, fresh))["cloned_at"]
    assert contact_of(twin.installation).cloned
    twin.close()


async def test_a_frozen_tablet_captures_nothing_and_delivers_what_it_has(fresh, office, weather):
    inspection = answered(fresh, begun(fresh, office))
    finish_inspection(fresh, inspection)
    await bring(office, fresh, "frozen", "平板遗失")
    errands = Errands(fresh, URL, weather)
    await errands.report()
    with pytest.raises(DeviceFrozen, match="平板遗失"):
        begin_inspection(
            fresh, entity_id=office.plant, checklist="metallurgy@2026.1",
            officers=["14088200001", "14088200002"], ground="举报核查", place="车间",
            present=PRESENT,
        )  # fmt: skip
    assert fresh.setting("grant") is None
    assert (await errands.deliver()).sent > 0
    assert (await seen(office, fresh))["report"]["unsent_letters"] == 0
    await bring(office, fresh, "active")
    await errands.report()
    assert fresh.setting("grant")


async def test_nothing_is_wiped_while_it_is_only_here(fresh, office, weather):
    # An office that takes no sealed bundles.
    fresh.set("bundle_key", None)
    inspection = answered(fresh, begun(fresh, office))
    await bring(office, fresh, "wipe_requested")
    wiped: list[bool] = []
    errands = Errands(fresh, URL, weather, lambda: wiped.append(True))
    await errands.deliver()
    assert wiped == []
    assert (await seen(office, fresh))["report"]["unfinished"] == 1
    with pytest.raises(DeviceFrozen):
        finish_inspection(fresh, inspection)
    await bring(office, fresh, "active")
    await errands.report()
    finish_inspection(fresh, inspection)
    await bring(office, fresh, "wipe_requested")
    # Reported first, delivered after: only then may it go.
    await errands.report()
    assert wiped == []
    await errands.deliver()
    assert wiped == [True]
    assert (await seen(office, fresh))["state"] == "wiped"


async def test_a_wiped_tablet_keeps_nothing_and_comes_back_as_a_new_one(fresh, office, weather):
    known = fresh.device
    await bring(office, fresh, "wipe_requested")
    await Errands(fresh, URL, weather).report()
    root = fresh.installation.folder
    left = [path.name for path in root.rglob("*") if path.is_file()]
    assert left == []
    again = opened(Vault(root, LIGHT))
    assert again.device != known
    assert signed_in(again) is None
    await enrol(again.installation, URL, await a_code(office), transport=weather)
    assert (await seen(office, again))["state"] == "active"
    again.close()


async def test_a_wipe_that_could_not_be_told_is_told_later(fresh, office, weather):
    known = fresh.device
    await bring(office, fresh, "wipe_requested")
    weather.script = [FAIR, NO_SIGNAL]
    await Errands(fresh, URL, weather).report()
    again = opened(Vault(fresh.installation.folder, LIGHT))
    assert (again.device, again.mirror.count("entities")) == (known, 0)
    await sign_in(again, URL, FIRST, PASSWORD, weather)
    await Errands(again, URL, weather).report()
    client = office.client("administrator")
    assert (await good(await client.get(f"/v1/devices/{known}")))["state"] == "wiped"
    assert not (fresh.installation.folder / FILE).exists()


async def test_who_signed_in_here_before_works_with_no_signal_even_when_the_sign_in_has_ended(
    fresh, weather
):
    vault = Vault(fresh.installation.folder, LIGHT)
    sign_out(fresh)
    fresh.close()
    weather.script = [NO_SIGNAL] * 9
    with pytest.raises(WrongPassword):
        await enter(vault, URL, FIRST, "Hejin-2026-wrong", weather)
    with pytest.raises(NotHereBefore):
        await enter(vault, URL, "liqiu", PASSWORD, weather)
    store = await enter(vault, URL, FIRST, PASSWORD, weather)
    me = signed_in(store)
    assert me
    assert me["name"] == "张岳"
    assert is_offline(store)
    # It opens nothing at the office, and is not lost for having tried.
    weather.script = []
    async with office_client(store, URL, weather) as client:
        with pytest.raises(SignInNeeded):
            await client.get("/v1/me")
    assert signed_in(store)
    assert await enter(vault, URL, FIRST, PASSWORD, weather, opened=store) is store
    assert not is_offline(store)
    store.close()


async def test_a_password_that_the_office_refuses_is_not_tried_here(fresh, weather):
    vault = Vault(fresh.installation.folder, LIGHT)
    with pytest.raises(WrongPassword):
        await enter(vault, URL, FIRST, "Hejin-2026-wrong", weather)
    assert not list(fresh.folder.glob("tries.json"))


async def test_a_device_is_wiped_only_when_the_last_store_on_it_has_gone(fresh, office, weather):
    vault = Vault(fresh.installation.folder, LIGHT)
    other = vault.opened("liqiu", vault.admit("liqiu", "Another-2026", "b"))
    await bring(office, fresh, "wipe_requested")
    await Errands(fresh, URL, weather).report()
    assert [one.name for one in vault.people.iterdir()] == [other.folder.name]
    assert (await seen(office, fresh))["state"] == "wipe_requested"
    await sign_in(other, URL, FIRST, PASSWORD, weather)
    await Errands(other, URL, weather).report()
    assert (await seen(office, fresh))["state"] == "wiped"
    assert list(vault.people.iterdir()) == []


async def test_the_office_says_for_how_many_days(fresh):
    heard = read(str(contact_of(fresh.installation).heard_at))
    note(fresh.installation, offline_days=3)
    may_work_offline(fresh, heard + timedelta(days=3, minutes=-1))
    with pytest.raises(OfficeTooLongAgo, match="3 天"):
        may_work_offline(fresh, heard + timedelta(days=3, minutes=6))
    with pytest.raises(ClockSetBack):
        may_work_offline(fresh, heard - timedelta(minutes=6))


async def test_a_tablet_that_is_not_enrolled_reports_nothing_and_works(tablet_of, office):
    seen_by_office: list[httpx.Request] = []

    class Watched(Weather):
        async def handle_async_request(self, request):
            seen_by_office.append(request)
            return await super().handle_async_request(request)

    store, _ = await tablet_of(Watched(office.transport))
    await Errands(store, URL, Watched(office.transport)).refresh()
    assert begun(store, office)
    assert not [one for one in seen_by_office if "/v1/devices" in one.url.path]


def test_the_moment_of_an_act_lies_between_two_that_follow_from_the_office_s(tmp_path, monkeypatch):
    device = device_in(tmp_path)
    at = now()
    clocks.heard(device, kept(at), clocks.monotonic())
    here = clocks.monotonic()
    # Two hours later, and somebody has moved the clock by a day.
    monkeypatch.setattr(clocks, "monotonic", lambda: here + 7_200_000)
    monkeypatch.setattr(clocks, "now", lambda: at - timedelta(days=1))
    clock = clocks.clock_of(device)
    true = at + timedelta(hours=2)
    assert clock["latest"]
    assert read(clock["earliest"]) <= true <= read(clock["latest"])
    assert read(clock["latest"]) - read(clock["earliest"]) < timedelta(seconds=10)
    # Switched off and on again: the monotonic reading says nothing any more.
    monkeypatch.setattr(clocks, "boot", lambda: "another")
    clock = clocks.clock_of(device)
    assert (read(clock["earliest"]), clock["latest"]) == (at, None)


def test_near_midnight_a_tablet_that_nobody_has_set_issues_nothing_and_keeps_the_draft(
    tmp_path, monkeypatch
):
    store = filled(tmp_path / "filled")
    inspection = answered(store, tablet_begun(store))
    finish_inspection(store, inspection)
    kept_draft = compose_document(store, inspection, "inspection-record")
    signed(store, kept_draft.id)
    note(store.installation, state="active", heard_at=kept(now()), boot="before", skew=0)
    midnight = now().replace(hour=16, minute=0, second=0)
    monkeypatch.setattr(clocks, "now", lambda: midnight + timedelta(days=1))
    with pytest.raises(ClockInDoubt, match="没有与服务器或卫星校对过"):
        issue_document(store, kept_draft.id)
    assert len(store.documents.signatures(kept_draft.id)) == 3
    # The office has been heard since the tablet was switched on: now the day is known.
    clocks.heard(store.installation, kept(midnight + timedelta(days=1)), clocks.monotonic())
    assert issue_document(store, kept_draft.id).issued_at
    store.close()


async def test_a_clock_that_was_moved_during_the_visit_is_doubted_at_the_office_and_refuses_nothing(
    fresh, office, weather, monkeypatch
):
    inspection = answered(fresh, begun(fresh, office))
    earlier = now() - timedelta(hours=1)
    with monkeypatch.context() as moved:
        moved.setattr(clocks, "now", lambda: earlier)
        finish_inspection(fresh, inspection)
    document = compose_document(fresh, inspection, "inspection-record").id
    signed(fresh, document)
    place: Location = {"lat": 35.596, "lon": 110.712, "accuracy": 8.0, "datum": "WGS84"}
    issue_document(fresh, document, place)
    done = await Errands(fresh, URL, weather).deliver()
    assert (done.stopped, fresh.unsent) == (None, 0)
    reader = office.client("officer", "bureau_head")
    told = await good(await reader.get(f"/v1/inspections/{inspection}"))
    assert "与前一次操作之间，平板时钟被拨慢 60 分钟" in told["doubts"]
    assert all(one["clock"]["boot"] == clocks.boot() for one in told["answers"].values())
    assert told["begun_clock"]["monotonic"] <= told["clock"]["monotonic"]
    paper = await good(await reader.get(f"/v1/documents/{document}"))
    assert paper["location"] == place
    first = paper["signatures"][0]
    assert first["clock"]["before"]["wall"] == told["clock"]["wall"]
    # The clock was put right again before anybody signed: that is a move as well.
    assert "被拨快 60 分钟" in paper["doubts"][0]
