"""A proposal for the ledger that goes by a colleague's hand is done by the ledger, once."""

import json
from uuid import uuid4

import pytest

from field_app import carrier, replies, sealing
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.propose import propose
from field_app.bundle import open_reply
from field_app.device import bytes_of
from field_app.errands import Errands
from field_app.receipt_keys import receipt_keys
from tests.examples import entity_values
from tests.field_app.office import URL, good
from tests.field_app.tablet import FIRST, SECOND, answered
from tests.field_app.test_bundles import enrolled, inspections_at, visited
from tests.field_app.test_proposing import visit
from tests.field_app.weather import (
    CUT,
    FAILED_AFTER,
    FAILURE,
    FORBIDDEN,
    HALF,
    NO_SIGNAL,
    PORTAL,
    SILENCE,
    TWICE,
    Weather,
)

VALUE = "裴松年"


@pytest.fixture
async def plant(office):
    """A plant whose legal representative the ledger does not have."""
    id_, values = str(uuid4()), entity_values(2)
    del values["legal_rep"]
    await good(
        await office.client("ledger_clerk").put(f"/v1/entities/{id_}", json={"values": values})
    )
    await caught_up(office)
    return id_


@pytest.fixture
async def mine(tmp_path, office, plant):
    store = await enrolled(tmp_path / "mine", office, Weather(office.transport))
    yield store
    store.close()


@pytest.fixture
async def hers(tmp_path, office):
    """A colleague's tablet."""
    store = await enrolled(tmp_path / "hers", office, Weather(office.transport))
    yield store
    store.close()


async def caught_up(office):
    for follower in office.case.state.followers:
        await follower.catch_up()


def another(office):
    """An account that may propose nothing itself."""
    return office.client("trainer", officer=SECOND, name="李秋")


async def brought(hers, office, file):
    """A bundle, carried by another account."""
    carrier.take(hers.installation, file)
    return await carrier.deliver(hers.installation, another(office), receipt_keys(hers))


def reply_to(store, hers):
    """What the one reply on her tablet says to who made the bundle."""
    (path,) = carrier.replies(hers.installation)
    told = json.loads(path.read_text("utf-8"))
    (key,) = store.db.conn.execute(
        "select reply_key from bundle where sha256 = ?", (told["bundle"],)
    ).fetchone()
    return json.loads(open_reply(bytes_of(told["reply"]), told["bundle"], key)), path


async def at_the_ledger(office, plant):
    """The plant's version and value, and the proposals for it."""
    clerk = office.client("ledger_clerk")
    entity = await good(await clerk.get(f"/v1/entities/{plant}"))
    listed = await good(await clerk.get("/v1/proposals", params={"entity": plant}))
    return entity["version"], entity["values"].get("legal_rep"), listed["items"]


async def held_at(office):
    listed = await good(
        await office.client("section_chief").get("/v1/held-letters", params={"hours": 0})
    )
    return [(one["kind"], one["code"]) for one in listed["items"]]


async def test_brought_three_times_by_another_account_it_changes_the_plant_once(
    mine, hers, office, plant, tmp_path
):
    propose(mine, plant, {"legal_rep": VALUE}, source="licence")
    file = sealing.export(mine, tmp_path / "stick")
    seen = []
    for _ in range(3):
        done = await brought(hers, office, file)
        assert (done.done, done.left) == (1, 0)
        seen.append(reply_to(mine, hers)[0])
    assert seen[0] == seen[1] == seen[2]
    version, value, (proposal,) = await at_the_ledger(office, plant)
    assert (version, value) == (2, VALUE)
    assert (proposal["state"], proposal["officer"], proposal["device"]) == (
        "accepted", FIRST, mine.device,
    )  # fmt: skip
    # The receipt is one that the tablet takes from the ledger itself.
    taken = replies.take_in(mine, reply_to(mine, hers)[1])
    assert (taken.sent, taken.refused) == (1, 0)
    assert mine.outbox.receipted() == (1, 1)


async def test_by_its_own_signal_and_by_a_colleague_it_is_done_once(
    mine, hers, office, plant, tmp_path
):
    propose(mine, plant, {"legal_rep": VALUE}, source="licence")
    file = sealing.export(mine, tmp_path / "stick")
    assert (await Errands(mine, URL, Weather(office.transport)).deliver()).sent == 1
    assert (await brought(hers, office, file)).done == 1
    reply, _ = reply_to(mine, hers)
    (verdict,), (letter,) = reply["verdicts"], mine.outbox.letters()
    assert verdict["receipt"] == letter.receipt
    assert (await at_the_ledger(office, plant))[0] == 2


@pytest.mark.parametrize(
    "trouble", [NO_SIGNAL, FAILURE, SILENCE, FAILED_AFTER, PORTAL, FORBIDDEN, CUT, HALF]
)
async def test_while_the_ledger_is_away_nothing_is_lost_and_the_same_bundle_does_it_later(
    mine, hers, office, plant, tmp_path, trouble
):
    propose(mine, plant, {"legal_rep": VALUE}, source="licence")
    inspection_id = visited(mine, office)
    file = sealing.export(mine, tmp_path / "stick")
    office.between.only, office.between.script = "/v1/forwarded-deliveries", [trouble]
    done = await brought(hers, office, file)
    assert (done.done, done.left) == (0, 1)
    # What is the cases' own is done meanwhile; the office sees what waits.
    assert await inspections_at(office) == [inspection_id]
    assert await held_at(office) == [("entity.propose", "ledger-away")]
    assert replies.take_in(mine, reply_to(mine, hers)[1]).sent == 2
    (letter,) = mine.outbox.open_letters()
    assert letter.kind == "entity.propose"
    assert letter.receipt is None
    again = await carrier.deliver(hers.installation, another(office), receipt_keys(hers))
    assert (again.done, again.left) == (1, 0)
    assert replies.take_in(mine, reply_to(mine, hers)[1]).sent == 1
    version, value, proposals = await at_the_ledger(office, plant)
    assert (version, value, len(proposals)) == (2, VALUE, 1)
    assert await held_at(office) == []
    assert mine.outbox.open_letters() == []


async def test_forwarded_twice_on_its_way_it_is_done_once(mine, hers, office, plant, tmp_path):
    propose(mine, plant, {"legal_rep": VALUE}, source="licence")
    office.between.only, office.between.script = "/v1/forwarded-deliveries", [TWICE]
    assert (await brought(hers, office, sealing.export(mine, tmp_path / "stick"))).done == 1
    assert (await at_the_ledger(office, plant))[0] == 2


async def test_a_visit_that_rests_on_it_is_done_once_the_cases_have_heard_of_it(
    mine, hers, office, plant, tmp_path
):
    propose(mine, plant, {"legal_rep": VALUE}, source="licence")
    finish_inspection(mine, answered(mine, visit(mine, plant), unmet=0))
    file = sealing.export(mine, tmp_path / "stick")
    assert (await brought(hers, office, file)).left == 1
    reply, _ = reply_to(mine, hers)
    assert [one["state"] for one in reply["verdicts"]] == ["applied", "held"]
    assert reply["verdicts"][1]["problem"]["code"] == "ledger-behind"
    await caught_up(office)
    again = await carrier.deliver(hers.installation, another(office), receipt_keys(hers))
    assert (again.done, again.left) == (1, 0)
    assert replies.take_in(mine, reply_to(mine, hers)[1]).sent == 2
    assert len(await inspections_at(office)) == 1


async def test_the_verdicts_of_two_offices_come_in_the_order_of_the_letters(
    mine, hers, office, plant, tmp_path
):
    visited(mine, office)
    propose(mine, plant, {"legal_rep": VALUE}, source="licence")
    await brought(hers, office, sealing.export(mine, tmp_path / "stick"))
    reply, _ = reply_to(mine, hers)
    assert [one["id"] for one in reply["verdicts"]] == [one.id for one in mine.outbox.letters()]
    assert {one["state"] for one in reply["verdicts"]} == {"applied"}


async def test_the_gateway_lets_nobody_forward(office):
    answer = await office.client("forwarder").post("/v1/forwarded-deliveries", json={})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
