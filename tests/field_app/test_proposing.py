"""Filling in on the spot what the ledger lacks (现场补充台账)."""

from uuid import uuid4

import pytest

from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.propose import drop_shot, keep_shot, propose
from field_app.delivery import deliver
from field_app.proof import checked, exported
from field_app.receipt_keys import receipt_keys
from field_app.refresh import refresh
from field_app.refusals import PhotoUnreadable
from lawbook.entity import LedgerIncomplete
from lawbook.proposal import SourceUnknown, ValueNotFit
from tests.examples import entity_values, jpeg
from tests.field_app.office import good
from tests.field_app.tablet import CHECKLIST, FIRST, INCOMPLETE, PRESENT, SECOND, answered
from tests.field_app.weather import Weather


def visit(store, entity_id):
    return begin_inspection(
        store, entity_id=entity_id, checklist=CHECKLIST, officers=[FIRST, SECOND],
        ground="举报核查", place="熔炼车间", present=PRESENT,
    )  # fmt: skip


def told(store, proposal_id, state, reason=None, version=None):
    """The office's word about a proposal, as a pull brings it."""
    row = {"id": proposal_id, "state": state, "reason": reason, "entity_version": version}
    place = store.mirror.place("entities")
    store.mirror.apply("proposals", [row], place, whole=False)


def test_a_plant_completed_here_can_be_inspected_at_once(store):
    with pytest.raises(LedgerIncomplete):
        visit(store, INCOMPLETE)
    (made,) = propose(store, INCOMPLETE, {"legal_rep": " 裴松年 "}, source="licence")
    shown = store.mirror.entity(INCOMPLETE)
    assert (shown["values"]["legal_rep"], shown["complete"]) == ("裴松年", True)
    assert not store.mirror.as_pulled(INCOMPLETE)["complete"]
    (letter,) = store.outbox.letters()
    assert (letter.kind, letter.body["id"], letter.body["old_value"]) == (
        "entity.propose",
        made,
        "",
    )
    inspection = store.inspections.one(answered(store, visit(store, INCOMPLETE)))
    finish_inspection(store, inspection.id)
    assert store.record(inspection.id)["proposed"] == ["legal_rep"]


def test_what_is_wrong_or_without_a_source_leaves_nothing(store):
    for given, source, refusal in (
        ({"legal_rep": "无"}, "licence", ValueNotFit),
        ({"legal_rep": "裴松年", "contact_phone": "12"}, "licence", ValueNotFit),
        ({"legal_rep": " "}, "licence", ValueNotFit),
        ({"legal_rep": "裴松年"}, None, SourceUnknown),
        ({"legal_rep": "裴松年"}, "other", SourceUnknown),
    ):
        with pytest.raises(refusal):
            propose(store, INCOMPLETE, given, source=source)
    assert store.outbox.letters() == []
    assert store.proposals.of(INCOMPLETE) == []


def test_a_declined_proposal_is_shown_with_its_reason_and_counts_no_more(store):
    (made,) = propose(store, INCOMPLETE, {"legal_rep": "裴松年"}, source="seen")
    told(store, made, "declined", "与营业执照不符")
    assert store.mirror.entity(INCOMPLETE)["missing"] == ["legal_rep"]
    (kept,) = store.proposals.of(INCOMPLETE)
    assert (kept.state, kept.reason) == ("declined", "与营业执照不符")


def test_of_two_proposals_for_a_field_the_later_is_shown(store):
    propose(store, INCOMPLETE, {"legal_rep": "裴松"}, source="seen")
    propose(store, INCOMPLETE, {"legal_rep": "裴松年"}, source="licence")
    assert propose(store, INCOMPLETE, {"legal_rep": "裴松年"}, source="licence") == []
    assert store.mirror.entity(INCOMPLETE)["values"]["legal_rep"] == "裴松年"


def test_an_accepted_one_counts_until_the_mirror_is_so_far(store):
    (made,) = propose(store, INCOMPLETE, {"legal_rep": "裴松年"}, source="seen")
    told(store, made, "accepted", version=2)
    assert store.mirror.entity(INCOMPLETE)["complete"]
    row = store.mirror.as_pulled(INCOMPLETE) | {"version": 2}
    store.mirror.apply("entities", [row], store.mirror.place("entities"), whole=False)
    assert not store.mirror.entity(INCOMPLETE)["complete"]


async def test_at_the_office_the_ledger_is_filled_and_the_visit_waits_for_the_case_side(
    office, tablet_of
):
    plant, values = str(uuid4()), entity_values(2)
    del values["legal_rep"]
    clerk = office.client("ledger_clerk")
    await good(await clerk.put(f"/v1/entities/{plant}", json={"values": values}))
    follower = office.case.state.followers[0]
    await follower.catch_up()
    store, client = await tablet_of(Weather(office.transport))
    assert (await refresh(store, client)).stopped is None
    propose(store, plant, {"legal_rep": "裴松年"}, source="licence")
    finish_inspection(store, answered(store, visit(store, plant), unmet=0))
    done = await deliver(store, client)
    assert (done.sent, done.refused) == (1, 0)
    assert (await good(await clerk.get(f"/v1/entities/{plant}")))["complete"]
    proposal, record = store.outbox.letters()
    assert proposal.receipt
    assert (record.state, record.problem["code"]) == ("waiting", "ledger-behind")
    await follower.catch_up()
    assert (await deliver(store, client)).sent == 1
    assert (await refresh(store, client)).stopped is None
    assert store.proposals.fields(store.mirror.as_pulled(plant)) == []
    assert store.mirror.as_pulled(plant)["complete"]
    assert store.proposals.of(plant)[0].state == "accepted"
    proved = checked(b"".join(exported(store)), receipt_keys(store))
    assert (proved.letters, proved.receipted, proved.faults) == (2, 2, [])


async def test_a_photo_of_the_licence_goes_by_the_lane_of_evidence_and_is_seen_by_the_office(
    office, tablet_of
):
    plant, values = str(uuid4()), entity_values(2)
    values["legal_rep"] = "裴松"
    clerk, photo = office.client("ledger_clerk"), jpeg()
    await good(await clerk.put(f"/v1/entities/{plant}", json={"values": values}))
    follower = office.case.state.followers[0]
    await follower.catch_up()
    store, client = await tablet_of(Weather(office.transport))
    assert (await refresh(store, client)).stopped is None
    with pytest.raises(PhotoUnreadable):
        keep_shot(store, b"no photo", "image/jpeg")
    left = keep_shot(store, jpeg(seed=9), "image/jpeg")
    drop_shot(store, left)
    assert not store.files.place(left.path).exists()
    shot = keep_shot(store, photo, "image/jpeg")
    (made,) = propose(store, plant, {"legal_rep": "裴松年"}, source="licence", photo=shot)
    drop_shot(store, shot)
    assert store.files.read(shot.path) == photo
    # The letter first: until the photo is here the office is told that it is on its way.
    letter = store.outbox.on_the_wire(store.outbox.waiting())
    sent = await client.post(
        "/v1/ledger-deliveries", json={"device": store.device, "letters": letter}
    )
    assert (await good(sent))["verdicts"][0]["state"] == "applied"
    await follower.catch_up()
    named = {"proposal": made, "sha256": shot.sha256}
    listed = await good(await clerk.get("/v1/proposal-photos", params={"proposal": [made]}))
    assert listed["items"] == [named | {"here": False}]
    assert (await clerk.get(f"/v1/proposal-photos/{made}/file")).json()[
        "code"
    ] == "file-not-arrived"
    done = await deliver(store, client)
    assert (done.sent, done.files, done.stopped) == (1, 1, None)
    listed = await good(await clerk.get("/v1/proposal-photos", params={"proposal": [made]}))
    assert listed["items"] == [named | {"here": True}]
    assert (await clerk.get(f"/v1/proposal-photos/{made}/file")).content == photo
    small = await clerk.get(f"/v1/proposal-photos/{made}/small")
    assert small.headers["content-type"] == "image/jpeg"
    # What no proposal names is read by nobody here, and another region's neither.
    assert (await clerk.get(f"/v1/proposal-photos/{uuid4()}/file")).status_code == 404
    elsewhere = office.client_of("140881", "ledger_clerk")
    assert (await elsewhere.get(f"/v1/proposal-photos/{made}/file")).status_code == 404
