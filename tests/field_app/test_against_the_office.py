"""An officer's day on the tablet against the real office: everything arrives, once."""

import asyncio
import json
import shutil
from typing import Any
from uuid import uuid4

import httpx
import pytest

from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.propose import propose
from field_app.actions.reinspect import (
    begin_reinspection,
    finish_reinspection,
    open_hazards,
    record_result,
)
from field_app.actions.take_photo import keep_photo
from field_app.delivery import deliver
from field_app.forecast import NUMBERED
from field_app.journal import linked
from field_app.moments import day, now
from field_app.proof import checked, exported
from field_app.receipt_keys import receipt_keys
from field_app.refresh import DATASETS, refresh
from field_app.screens.plant.past import penalties
from field_app.session import office_client
from field_app.wire import (
    Certificate,
    Entity,
    Hazard,
    InspectionScheme,
    Officer,
    PastCase,
    PastInspection,
    PlannedInspection,
    Unit,
    fingerprint,
)
from field_app.wire_ledger import Proposal
from field_app.wire_visits import VisitLine
from tests.case_svc import proceedings
from tests.examples import jpeg
from tests.field_app.office import URL, good
from tests.field_app.tablet import (
    CHECKLIST,
    FIRST,
    PRESENT,
    SECOND,
    answered,
    begun,
    items,
    opened,
    signed,
)
from tests.field_app.weather import BAD, Weather

PHOTOS = 2
KINDS = [
    "inspection.record", *["evidence.declare"] * PHOTOS, "document.issue", "document.issue",
    "reinspection.record", "document.issue",
]  # fmt: skip


def ready(store, scheme):
    """What a visit needs has come, whatever else has not."""
    year, known = day(now()).year, {kind for kind, _, _ in store.packs.known()}
    templates = {code for kind, code, _ in store.packs.known() if kind == "document"}
    return (
        store.mirror.scheme(scheme)
        and store.mirror.count("entities")
        and store.mirror.count("officers")
        and store.mirror.count("units")
        and "ledger" in known
        and CHECKLIST in {f"{code}@{version}" for _, code, version in store.packs.known()}
        and {*NUMBERED} <= templates
        and all(store.leases.left(kind, year) for kind in NUMBERED)
    )


async def prepared(store, client):
    done = await refresh(store, client)
    assert done.stopped is None


def inspected(store, scheme):
    """The visit, its photos and its two documents, without a signal."""
    inspection_id = answered(store, begun(store, scheme_id=scheme))
    for number in range(PHOTOS):
        keep_photo(
            store, inspection_id, jpeg(seed=number), "image/jpeg",
            caption=f"第{number}张", check_item=items(store)[0] if number else None,
            location={"lat": 35.6, "lon": 110.7, "accuracy": 5.0, "datum": "WGS84"},
        )  # fmt: skip
    finish_inspection(store, inspection_id)
    for kind in ("correction-order", "inspection-record"):
        document = compose_document(store, inspection_id, kind)
        issue_document(store, signed(store, document.id))
    return inspection_id


def penalised(store, inspection_id):
    """A small fine decided on the spot (行政处罚法 §51)."""
    said = {
        "party_kind": "organisation", "penalty_basis": "《安全生产法》第九十九条第一项",
        "told": True, "penalties": ["fine"], "fine": 200_000, "payment": "bank",
        "bank": "河津市财政局非税收入专户",
    }  # fmt: skip
    document = compose_document(store, inspection_id, "on-the-spot-penalty", said)
    issue_document(store, signed(store, document.id))


def reinspected(store, inspection_id):
    again = begin_reinspection(store, inspection_id, [FIRST, SECOND])
    first, second = open_hazards(store, inspection_id)
    record_result(store, again, first["id"], "corrected")
    record_result(store, again, second["id"], "not_corrected", "部分整改")
    finish_reinspection(store, again)
    document = compose_document(store, again, "reinspection-opinion")
    issue_document(store, signed(store, document.id))
    return again


def everything_is_receipted(store):
    letters = store.outbox.letters()
    assert [one.state for one in letters] == ["sent"] * len(letters), [
        one.problem for one in letters
    ]
    assert [one.receipt["sha256"] for one in letters] == [one.sha256 for one in letters]
    assert [one.receipt["letter"] for one in letters] == [one.id for one in letters]
    assert {one.state for one in store.outbox.uploads()} == {"sent"}
    found = checked(b"".join(exported(store)), receipt_keys(store))
    assert (found.faults, found.receipted) == ([], len(letters))


async def the_office_has_it_once(office, store, inspection_id):
    """What the office tells of the visit is what the tablet kept, each thing once."""
    reader = office.client("officer", "bureau_head")
    (one,) = (await good(await reader.get("/v1/inspections")))["items"]
    (letter,) = (x for x in store.outbox.letters() if x.kind == "inspection.record")
    assert one["id"] == inspection_id
    assert one["outcome"] == "problem_found"
    assert {name: one[name] for name in ("findings", "answers", "present")} == {
        name: letter.body[name] for name in ("findings", "answers", "present")
    }
    about = {"inspection": inspection_id}
    evidence = (await good(await reader.get("/v1/evidence", params=about)))["items"]
    assert sorted(x["id"] for x in evidence) == sorted(
        x.id for x in store.inspections.photos(inspection_id)
    )
    assert {x["state"] for x in evidence} == {"received"}
    documents = (await good(await reader.get("/v1/documents", params=about)))["items"]
    kept = store.documents.of_inspection(inspection_id)
    assert sorted(x["number"] for x in documents) == sorted(x.number for x in kept)
    assert {x["state"] for x in documents} == {"complete"}
    for document in kept:
        pdf = store.files.read(document.pdf_path)
        for way in ("pdf", "rendering"):
            answer = await reader.get(f"/v1/documents/{document.id}/{way}")
            assert answer.content == pdf, way
    return reader


async def test_a_whole_case_from_the_refresh_to_the_opinion(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await prepared(store, client)
    inspection_id = inspected(store, office.scheme)
    done = await deliver(store, client)
    assert (done.stopped, done.sent, done.files) == (None, 5, 4)
    await prepared(store, client)
    assert len(store.mirror.hazards(inspection_id=inspection_id)) == 2
    reinspected(store, inspection_id)
    await deliver(store, client)
    everything_is_receipted(store)
    assert [one.kind for one in store.outbox.letters()] == KINDS
    reader = await the_office_has_it_once(office, store, inspection_id)
    (again,) = (
        await good(await reader.get("/v1/reinspections", params={"inspection": inspection_id}))
    )["items"]
    assert len(again["results"]) == 2
    await prepared(store, client)
    states = [one["state"] for one in store.mirror.hazards(inspection_id=inspection_id)]
    assert sorted(states) == ["closed", "open"]
    assert (await deliver(store, client)).sent == 0


@pytest.mark.parametrize("seed", range(6))
async def test_a_whole_case_arrives_once_in_any_weather(office, tablet_of, seed):
    weather = Weather(office.transport, seed=seed)
    store, client = await tablet_of(weather)
    for _ in range(300):
        await refresh(store, client)
        if ready(store, office.scheme):
            break
    inspection_id = inspected(store, office.scheme)
    reinspected(store, inspection_id)
    for _ in range(80):
        await deliver(store, client)
        if not store.outbox.waiting() and not store.outbox.uploads("waiting"):
            break
    assert {bent for bent, _, _ in weather.seen} & set(BAD)
    everything_is_receipted(store)
    await the_office_has_it_once(office, store, inspection_id)


LINES: dict[str, Any] = {
    "units": Unit, "officers": Officer, "proposals": Proposal, "entities": Entity, "hazards": Hazard,
    "inspections": PastInspection, "cases": PastCase,
    "inspection-schemes": InspectionScheme, "planned-inspections": PlannedInspection,
    "visits": VisitLine,
}  # fmt: skip


async def test_every_pulled_line_has_what_the_tablet_reads(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await prepared(store, client)
    inspected(store, office.scheme)
    penalised(store, next(one.id for one in store.inspections.all()))
    propose(store, office.plant, {"contact_phone": "0359-5021234"}, source="plant")
    begin_inspection(
        store, entity_id=office.plant, checklist=CHECKLIST, officers=[FIRST, SECOND],
        ground="群众举报", place="厂区", present=PRESENT,
    )  # fmt: skip
    await deliver(store, client)
    chief = office.client("section_chief", officer="14088200004")
    plan, planned = uuid4(), uuid4()
    await good(await chief.put(f"/v1/plans/{plan}", json=proceedings.plan()))
    of_plan = proceedings.planned(str(plan), office.plant)
    await good(await chief.put(f"/v1/planned-inspections/{planned}", json=of_plan))
    await prepared(store, client)
    assert set(LINES) == set(DATASETS)
    for dataset, shape in LINES.items():
        line = next(store.mirror.rows(dataset))
        assert shape.__required_keys__ <= set(line), dataset
    (past,) = penalties(store, office.plant, day(now()))
    assert past.aside == "罚款 2,000.00 元，未缴 2,000.00 元"
    assert Certificate.__required_keys__ <= set(next(store.mirror.rows("officers"))["certificate"])


async def test_sixteen_deliveries_of_one_outbox_have_one_effect(office, tablet_of, tmp_path):
    store, client = await tablet_of(Weather(office.transport))
    await prepared(store, client)
    inspection_id = inspected(store, office.scheme)
    reinspected(store, inspection_id)
    store.db.conn.execute("pragma wal_checkpoint(truncate)")
    copies, clients = [], []
    for number in range(16):
        shutil.copytree(store.folder, tmp_path / f"copy-{number}")
        copies.append(opened(tmp_path / f"copy-{number}"))
        clients.append(office_client(copies[-1], URL, Weather(office.transport)))
    try:
        for _ in range(10):
            await asyncio.gather(*map(deliver, copies, clients))
            if not any(x.outbox.waiting() or x.outbox.uploads("waiting") for x in copies):
                break
        for copy in copies:
            everything_is_receipted(copy)
        receipts = {
            tuple(x.receipt["received_at"] for x in y.outbox.letters() if x.receipt) for y in copies
        }
        assert len(receipts) == 1
        await the_office_has_it_once(office, store, inspection_id)
    finally:
        for one in clients:
            await one.aclose()
        for copy in copies:
            copy.close()


@pytest.mark.parametrize("written_at", ["2026-06-23T01:00:00Z", "2026"])
async def test_a_refused_visit_holds_what_rests_on_it_and_no_other(office, tablet_of, written_at):
    store, client = await tablet_of(Weather(office.transport))
    await prepared(store, client)
    inspection_id = inspected(store, office.scheme)
    other = begin_inspection(
        store, entity_id=office.plant, checklist=CHECKLIST, officers=[FIRST, SECOND],
        ground="群众举报", place="厂区", present=PRESENT,
    )  # fmt: skip
    answered(store, other, unmet=0)
    finish_inspection(store, other)
    (record,) = (
        x
        for x in store.outbox.letters()
        if x.kind == "inspection.record" and x.body["id"] == inspection_id
    )
    wrong = record.body | {"ended_at": "2020-01-01T00:00:00Z"}
    changed = {"body": json.dumps(wrong), "sha256": fingerprint(wrong), "written_at": written_at}
    for guard in ("letter_is_as_written", "letter_keeps_its_body"):
        store.db.conn.execute(f"drop trigger {guard}")
    names = ("seq", "prev", "id", "subject", "kind")
    changed["link"] = linked(store.device, {x: getattr(record, x) for x in names} | changed)
    with store.atomic():
        store.db.table("letter").update(record.id, changed)
    done = await deliver(store, client)
    assert done.stopped is None
    states = {x.id: x.state for x in store.outbox.letters()}
    assert states[record.id] == "refused"
    (refused,) = (x for x in store.outbox.letters() if x.id == record.id)
    # A moment that no tablet spells so is another than the one that the link was made of.
    assert (refused.problem["code"] == "link-differs") == (written_at == "2026")
    assert [x.state for x in store.outbox.letters() if x.subject == f"inspection:{other}"] == [
        "sent"
    ]
    held = [x for x in store.outbox.letters() if x.subject == record.subject and x.id != record.id]
    assert {x.state for x in held} == {"held"}

    fresh = store.outbox.send_again(record.id, record.written_at, record.body)
    assert fresh
    assert store.outbox.send_again(record.id, record.written_at, record.body) is None
    await deliver(store, client)
    assert {x.state for x in store.outbox.letters()} == {"sent", "replaced"}


async def test_what_the_office_does_not_know_yet_waits_and_goes_later(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await prepared(store, client)
    inspection_id = inspected(store, office.scheme)
    before = store.db.conn.execute("select position from letter where kind = 'inspection.record'")
    (position,) = before.fetchone()
    with store.atomic():
        store.db.conn.execute("update letter set state = 'sent' where kind = 'inspection.record'")
    done = await deliver(store, client)
    assert (done.sent, position) == (0, 1)
    assert all(x.problem["title"] for x in store.outbox.waiting())
    with store.atomic():
        store.db.conn.execute(
            "update letter set state = 'waiting' where kind = 'inspection.record'"
        )
    assert (await deliver(store, client)).sent == 5
    everything_is_receipted(store)
    await the_office_has_it_once(office, store, inspection_id)


async def test_a_receipt_for_other_content_is_not_believed(office, tablet_of):
    class Lying(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            answer = await office.transport.handle_async_request(request)
            body = await answer.aread()
            letter = store.outbox.letters()[0]
            return httpx.Response(200, content=body.replace(letter.sha256.encode(), b"0" * 64))

    store, client = await tablet_of(Weather(office.transport))
    await prepared(store, client)
    inspected(store, office.scheme)
    async with office_client(store, URL, Lying()) as liar:
        await deliver(store, liar)
    first = store.outbox.letters()[0]
    assert (first.state, first.problem["code"]) == ("waiting", "receipt-differs")
    await deliver(store, client)
    everything_is_receipted(store)
