"""What is unsent can leave a tablet sealed, by whoever's hand, and counts once (M7, R9, R25)."""

import base64
import json
from datetime import timedelta

import pytest

from field_app import carrier, grants, replies, sealing
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.sign_in import sign_in
from field_app.actions.take_photo import keep_photo
from field_app.bundle import SUFFIX
from field_app.enrolment import enrol
from field_app.errands import Errands
from field_app.moments import kept, now
from field_app.receipt_keys import receipt_keys
from field_app.refusals import (
    FolderUnusable,
    GrantMissingHere,
    NoBundle,
    NothingUnsent,
    ReplyUnreadable,
    SealingKeyMissing,
)
from field_app.session import sign_out
from field_app.setting_aside import set_aside
from field_app.store import Store
from tests.examples import account, jpeg
from tests.field_app import tablet
from tests.field_app.office import PASSWORD, URL, good
from tests.field_app.tablet import PRESENT, SECOND, answered, opened
from tests.field_app.test_enrolled import FIRST, a_code, bring
from tests.field_app.weather import NO_SIGNAL, SILENCE, Weather


@pytest.fixture
def weather(office):
    return Weather(office.transport)


async def enrolled(folder, office, weather) -> Store:
    """A tablet that was enrolled, with an officer signed in and refreshed."""
    store = opened(folder)
    await enrol(store.installation, URL, await a_code(office), folder.name, weather)
    await sign_in(store, URL, FIRST, PASSWORD, weather)
    await Errands(store, URL, weather).refresh()
    return store


@pytest.fixture
async def mine(tmp_path, office, weather):
    store = await enrolled(tmp_path / "mine", office, weather)
    yield store
    store.close()


@pytest.fixture
async def hers(tmp_path, office, weather):
    """A colleague's tablet."""
    store = await enrolled(tmp_path / "hers", office, weather)
    yield store
    store.close()


def visited(store, office, *, photos=1) -> str:
    """A visit that has ended, with photos: letters and files that wait."""
    inspection_id = begin_inspection(
        store, scheme_id=office.scheme, place="熔炼车间", present=PRESENT
    )
    answered(store, inspection_id)
    for number in range(photos):
        keep_photo(store, inspection_id, jpeg(seed=number), "image/jpeg", caption="现场")
    finish_inspection(store, inspection_id)
    return inspection_id


async def inspections_at(office):
    listed = await good(await office.client("officer").get("/v1/inspections"))
    return [one["id"] for one in listed["items"]]


async def test_a_colleague_carries_what_i_could_not_send_and_brings_my_receipts_home(
    mine, hers, office, weather, tmp_path
):
    inspection_id = visited(mine, office)
    stick = tmp_path / "stick"
    file = sealing.export(mine, stick)
    assert file.suffix == SUFFIX
    carrier.take(hers.installation, file)
    done = await Errands(hers, URL, weather).deliver()
    assert (done.carried, done.stopped) == (1, None)
    assert await inspections_at(office) == [inspection_id]
    assert carrier.waiting(hers.installation) == []
    # Nothing of it is in her store, and the reply tells her nothing.
    assert hers.outbox.letters() == []
    assert carrier.hand_out_replies(hers.installation, stick) == 1
    (reply,) = stick.glob("*.huizhi")
    taken = replies.take_in(mine, reply)
    assert (taken.sent, taken.files, taken.refused) == (2, 1, 0)
    assert mine.outbox.counts()["waiting"] == 0
    assert mine.outbox.uploads("waiting") == []
    assert mine.outbox.receipted() == (2, 2)


async def test_by_my_own_signal_and_by_two_colleagues_it_is_done_once(
    mine, hers, office, weather, tmp_path
):
    visited(mine, office)
    first, second = (sealing.export(mine, tmp_path / name) for name in ("a", "b"))
    carrier.take(hers.installation, first)
    await Errands(hers, URL, weather).deliver()
    await Errands(mine, URL, weather).deliver()
    carrier.take(hers.installation, second)
    await Errands(hers, URL, weather).deliver()
    assert len(await inspections_at(office)) == 1
    for path in carrier.replies(hers.installation):
        assert replies.take_in(mine, path).sent == 0
    assert mine.outbox.counts()["sent"] == 2


@pytest.mark.parametrize("script", [[NO_SIGNAL], [SILENCE], [SILENCE, SILENCE]])
async def test_a_carried_bundle_stays_until_the_office_has_signed_for_it(
    mine, hers, office, weather, tmp_path, script
):
    visited(mine, office)
    carrier.take(hers.installation, sealing.export(mine, tmp_path / "stick"))
    weather.only, weather.script = "/v1/bundles", list(script)
    errands = Errands(hers, URL, weather)
    for _ in script:
        await errands.deliver()
        assert len(carrier.waiting(hers.installation)) == 1
        assert errands.something_waits()
    await errands.deliver()
    assert carrier.waiting(hers.installation) == []
    assert len(await inspections_at(office)) == 1


async def test_nothing_of_it_can_be_read_on_the_way(mine, hers, office, tmp_path):
    inspection_id = visited(mine, office)
    file = sealing.export(mine, tmp_path / "stick")
    carrier.take(hers.installation, file)
    sealed = file.read_bytes()
    for said in (inspection_id, PRESENT["name"], "熔炼车间", mine.device):
        assert said.encode() not in sealed
    assert jpeg(seed=0)[:64] not in sealed


async def test_the_same_bundle_is_carried_once(mine, hers, office, tmp_path):
    visited(mine, office)
    file = sealing.export(mine, tmp_path / "stick")
    assert carrier.take(hers.installation, file) == carrier.take(hers.installation, file)
    assert len(carrier.waiting(hers.installation)) == 1


async def test_a_bundle_that_was_damaged_stays_with_the_offices_reason(
    mine, hers, office, weather, tmp_path
):
    visited(mine, office)
    file = sealing.export(mine, tmp_path / "stick")
    file.write_bytes(file.read_bytes()[:-1])
    place = carrier.take(hers.installation, file)
    await Errands(hers, URL, weather).deliver()
    assert carrier.waiting(hers.installation) == [place]
    problem = carrier.why_not(hers.installation, place.stem)
    assert problem
    assert problem["code"] == "bundle-damaged"
    assert await inspections_at(office) == []


def test_what_is_no_bundle_is_not_carried(store, tmp_path):
    for content in (b"", b"PK\x03\x04" + bytes(100)):
        (tmp_path / "photo.zip").write_bytes(content)
        with pytest.raises(NoBundle):
            carrier.take(store.installation, tmp_path / "photo.zip")
    with pytest.raises(FolderUnusable):
        carrier.take(store.installation, tmp_path / "absent")


async def test_another_ones_reply_and_a_changed_one_are_refused(
    mine, hers, office, weather, tmp_path
):
    visited(mine, office)
    carrier.take(hers.installation, sealing.export(mine, tmp_path / "stick"))
    await Errands(hers, URL, weather).deliver()
    (reply,) = carrier.replies(hers.installation)
    with pytest.raises(ReplyUnreadable):
        replies.take_in(hers, reply)
    told = json.loads(reply.read_text())
    changed = told["reply"][:-6] + ("A" if told["reply"][-6] != "A" else "B") + told["reply"][-5:]
    (tmp_path / "changed.huizhi").write_text(json.dumps(told | {"reply": changed}))
    for path in (tmp_path / "changed.huizhi", tmp_path / "absent"):
        with pytest.raises(ReplyUnreadable):
            replies.take_in(mine, path)
    assert mine.outbox.counts()["sent"] == 0


async def test_an_export_says_what_it_lacks(store, mine, office, tmp_path):
    with pytest.raises(NothingUnsent):
        sealing.export(mine, tmp_path / "stick")
    assert set_aside(mine) is None
    finish_inspection(store, answered(store, tablet.begun(store)))
    with pytest.raises(GrantMissingHere):
        sealing.export(store, tmp_path / "stick")
    visited(mine, office)
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnusable):
        sealing.export(mine, tmp_path / "file")
    mine.set("bundle_key", None)
    with pytest.raises(SealingKeyMissing):
        sealing.export(mine, tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


async def test_sealing_twice_makes_one_bundle_and_new_work_takes_its_place(mine, office):
    visited(mine, office)
    first = set_aside(mine)
    assert set_aside(mine) == first
    begin_inspection(
        mine, entity_id=office.plant, ground_kind="complaint", ground="举报", place="库房",
        present=PRESENT, checklist="metallurgy@2026.1",
        officers=["14088200001", SECOND],
    )  # fmt: skip
    second = set_aside(mine)
    assert second != first
    assert carrier.waiting(mine.installation) == [second]


async def test_a_closed_account_keeps_nothing_back_and_the_supervisor_sees_it(
    mine, office, weather
):
    inspection_id = visited(mine, office)
    clerk = office.client("administrator")
    (found,) = [
        one
        for one in (await good(await clerk.get("/v1/accounts")))["items"]
        if one["username"] == FIRST
    ]
    closed = account(officer_id=found["officer_id"], active=False)
    await good(await clerk.put(f"/v1/accounts/{found['id']}", json=closed))
    for follower in office.case.state.followers:
        await follower.catch_up()
    # The token has run out by then, and none comes any more.
    token = mine.setting("token")
    mine.set("token", token | {"good_until": kept(now() - timedelta(hours=1))})
    done = await Errands(mine, URL, weather).deliver()
    assert done.sign_in_needed
    (sealed,) = carrier.waiting(mine.installation)
    # Whoever works on this device next delivers it, unread.
    other = office.client("officer", officer=SECOND, name="李秋")
    carried = await carrier.deliver(mine.installation, other, receipt_keys(mine))
    assert (carried.done, carried.left) == (1, 0)
    assert not sealed.exists()
    assert await inspections_at(office) == [inspection_id]
    chief = office.client("section_chief")
    (listed,) = (await good(await chief.get("/v1/handovers")))["items"]
    assert (listed["after_withdrawal"], listed["withdrawal"]) == (True, "帐号已停用")
    assert (listed["name"], listed["carried_by"], listed["applied"]) == ("张岳", SECOND, 2)
    # The person's own store learns of it when it is opened again.
    assert replies.collect(mine).sent == 2
    assert carrier.replies(mine.installation) == []


async def test_a_device_that_is_to_be_wiped_seals_first(mine, office, weather):
    visited(mine, office)
    going_on = begin_inspection(
        mine, entity_id=office.plant, ground_kind="complaint", ground="举报", place="成品库",
        present=PRESENT, checklist="metallurgy@2026.1",
        officers=["14088200001", SECOND],
    )  # fmt: skip
    keep_photo(mine, going_on, jpeg(seed=7), "image/jpeg", caption="库房门口")
    await bring(office, mine, "wipe_requested")
    device = mine.installation
    wiped: list[bool] = []
    weather.only, weather.script = "/v1/deliveries", [NO_SIGNAL]
    await Errands(mine, URL, weather, lambda: wiped.append(True)).deliver()
    assert wiped == [True]
    assert len(await inspections_at(office)) == 1
    chief = office.client("section_chief")
    (listed,) = (await good(await chief.get("/v1/handovers")))["items"]
    # The record and the photo of the one, and that the other was begun.
    assert listed["applied"] == 3
    (draft,) = listed["drafts"]
    assert (draft["id"], draft["about"]["place"]) == (going_on, "成品库")
    assert draft["about"]["photos"][0]["caption"] == "库房门口"
    assert carrier.waiting(device) == []


async def test_grants_are_kept_as_long_as_a_letter_rests_on_them(mine, office, weather):
    assert len(grants.held(mine)) == 1
    visited(mine, office)
    first = grants.held(mine)
    for hours in (1, 2, 3):
        later = int((now() + timedelta(hours=hours)).timestamp())
        grants.keep(mine, _token(later))
    # The one that held when the letters were written, and the newest.
    assert grants.held(mine) == [*first, _token(later)]
    await Errands(mine, URL, weather).deliver()
    assert first[0] not in grants.held(mine)
    grants.keep(mine, "no grant")
    grants.keep(mine, None)
    assert "no grant" not in grants.held(mine)


def _token(since: int) -> str:
    said = json.dumps({"iat": since, "exp": since + 3600}).encode()
    return f"e30.{base64.urlsafe_b64encode(said).decode().rstrip('=')}.c2ln"


def test_signing_out_leaves_records_and_letters(store):
    before = len(store.outbox.letters())
    sign_out(store)
    assert len(store.outbox.letters()) == before
