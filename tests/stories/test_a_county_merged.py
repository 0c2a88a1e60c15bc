"""A county is merged into its neighbour: one story across the ledger, a case, the figures, one door.

河津 (140882) becomes part of 永济 (140881). Until the day nobody there sees anything of it; from the
day on its people see and act, in their own name, and nothing of what was is lost or counted twice.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from deploy.all_in_one import House, Parts, all_in_one
from deploy.secrets import make
from deploy.succession import Declared, Unsound, declare, every, withdraw
from services.kit.successions import today
from tests.case_svc.casework import ROLES, Office, story
from tests.case_svc.on_the_spot import document, inspection, leased, letter, lines_of, recorded
from tests.case_svc.papers import made
from tests.case_svc.proceedings import FIRST, scheme
from tests.examples import account
from tests.kpi_svc.ledger_facts import enter_officer, enter_plant, listed
from tests.lawbook.penalty.stories import LI, WANG, ZHANG, ZHAO
from tests.paper.text import text_of

OLD, NEW, OTHER = "140882", "140881", "140802"
ORDER = "晋政函〔2026〕88号"
AT = "2026-04-28T09:00:00+08:00"
PASSWORD = "Hejin-2026-demo"


@dataclass
class Merger:
    """The house, and people of any region in it."""

    running: House
    owner_url: str
    client_of: Any

    def client(self, region: str, *roles: str, **claims: Any) -> httpx.AsyncClient:
        made: httpx.AsyncClient = self.client_of(self.running.gateway, region, *roles, **claims)
        return made

    def people(self, unit: str) -> dict[str, httpx.AsyncClient]:
        """The people of the lawbook's stories, in this unit."""
        return {
            one.number: self.client(unit, role, officer=one.number, name=one.name)
            for one, role in ROLES.items()
        }

    def declare(self, since: date) -> UUID:
        return declare(self.owner_url, Declared(OLD, NEW, since, ORDER))


@pytest.fixture
async def merger(new_database, tmp_path, keys, client_of):
    """A house in which every part runs."""
    database = new_database("ledger_svc", "case_svc", "kpi_svc")
    secrets = replace(make(), claims_private_key=keys.private, claims_public_key=keys.public)
    parts = Parts(database_url=database.url, data=tmp_path / "data", secrets=secrets)
    async with all_in_one(parts) as running:
        yield Merger(running, database.owner_url, client_of)


async def ok(answer: httpx.Response) -> dict[str, Any]:
    assert answer.is_success, answer.text
    return dict(answer.json()) if answer.content else {}


async def figure(client: httpx.AsyncClient, code: str) -> dict[str, dict[str, Any]]:
    told = await ok(await client.get("/v1/indicators", params={"year": today().year}))
    (item,) = (item for item in told["items"] if item["code"] == code)
    return {line["unit"]: line for line in item["units"]}


async def seen(client: httpx.AsyncClient) -> tuple[int, ...]:
    """How much somebody sees of plants, cases, inspections and documents."""
    counts = []
    for path in ("entities", "cases", "inspections", "documents"):
        counts.append(len((await ok(await client.get(f"/v1/{path}")))["items"]))
    return tuple(counts)


async def test_a_county_is_merged_and_nothing_is_lost_or_counted_twice(merger):
    clerk = {unit: merger.client(unit, "ledger_clerk", "administrator") for unit in (OLD, NEW)}
    plant = await enter_plant(clerk[OLD], 1, division_code="140882001", op_status="在营")
    await enter_plant(clerk[NEW], 2, division_code="140881001", op_status="在营")
    ids = {}
    for one in ROLES:
        ids[one.number] = await enter_officer(clerk[OLD], one.number, name=one.name)
    await ok(await clerk[OLD].put(f"/v1/officer-rosters/{OLD}/{today().year}", json=listed(FIRST)))
    admin = merger.client("1408", "administrator", "auditor", officer="")
    signs_in = account("zhangyue", officer_id=ids[FIRST], password=PASSWORD)
    await ok(await admin.put(f"/v1/accounts/{uuid4()}", json=signs_in))
    await merger.running.catch_up()

    # Before: a sealed file, a case under way with its papers, a visit, numbers on a tablet.
    before = Office(merger.people(OLD))
    sealed = await before.replay(story("on-the-spot"))
    under_way = await before.replay(story("hearing-and-instalments"), until="decide")
    zhang = before.clients[ZHANG.number]
    filing = await ok(await made(zhang, under_way["id"], "case-filing-approval", AT))
    report = await ok(await made(zhang, under_way["id"], "investigation-report", AT))
    lease = await leased(zhang, "inspection-record")
    await recorded(zhang, first := inspection(plant, ()))
    on_paper = document(first, lease)
    deadlines = [
        (one["title"], one["due_on"]) for one in (await before.read(under_way["id"]))["duties"]
    ]
    bag = await zhang.get(f"/v1/cases/{sealed['id']}/archive/package", params={"purpose": "核对"})
    await merger.running.catch_up()

    taker, stranger = merger.client(NEW, "officer", "auditor"), merger.client(OTHER, "officer")
    _, cursor = await lines_of(taker, "entities")
    upto = cursor["next"]
    assert await seen(taker) == (1, 0, 0, 0)
    # Declared for tomorrow: nothing changes today, and it may still be taken back.
    coming = merger.declare(today() + timedelta(days=1))
    assert await seen(taker) == (1, 0, 0, 0)
    refused = await admin.put(f"/v1/successions/{coming}/relocation", json={"accounts": None})
    assert refused.json()["code"] == "succession-not-in-force"
    assert set(await figure(admin, "ledger-completeness")) >= {OLD, NEW}
    withdraw(merger.owner_url, coming)

    id_ = merger.declare(today())
    assert merger.declare(today()) == id_
    assert [one.from_unit for one in every(merger.owner_url)] == [OLD]
    for wrong in (
        Declared(NEW, OLD, today(), ORDER), Declared(OLD, OTHER, today(), ORDER),
        Declared(OLD, NEW, today() + timedelta(days=3), ORDER), Declared(OLD, NEW, today(), " "),
        Declared("1408", NEW, today(), ORDER), Declared("140899", NEW, today(), ORDER),
    ):  # fmt: skip
        with pytest.raises(Unsound):
            declare(merger.owner_url, wrong)
    with pytest.raises(Unsound):
        withdraw(merger.owner_url, id_)

    # PostgreSQL decides: the successor sees all of it, another county still nothing.
    plants, cases, visits, papers = await seen(taker)
    assert (plants, cases, visits) == (2, 2, 1)
    assert papers >= 3
    assert await seen(stranger) == (0, 0, 0, 0)
    assert (await stranger.get(f"/v1/cases/{under_way['id']}")).status_code == 404
    # A tablet's cursor of before is over: what came into sight is sent whole, by a fresh pull.
    gone = await taker.get("/v1/pulls/entities", params={"after": upto})
    assert (gone.status_code, gone.json()["code"]) == (410, "cursor-expired")
    assert {row["id"] for row in (await lines_of(taker, "entities"))[0]} >= {plant}

    # People, accounts, sign-ins and this year's list go over; the certificate numbers stay.
    moved = await ok(await admin.put(f"/v1/successions/{id_}/relocation", json={"accounts": None}))
    assert moved == {"officers": 5, "accounts": 1, "devices": 0, "roster": 1}
    again = await ok(await admin.put(f"/v1/successions/{id_}/relocation", json={"accounts": None}))
    assert again == {"officers": 0, "accounts": 0, "devices": 0, "roster": 0}
    (told,) = (await ok(await taker.get("/v1/successions")))["items"]
    assert (told["from_name"], told["to_name"]) == ("河津市应急管理局", "永济市应急管理局")
    assert (told["order_number"], told["in_force"], told["officers"]) == (ORDER, True, 0)
    await merger.running.catch_up()
    grant = {"grant_type": "password", "username": "zhangyue", "password": PASSWORD}
    anybody = merger.client_of(merger.running.gateway)
    token = (await ok(await anybody.post("/v1/oauth/token", data=grant)))["access_token"]
    me = await ok(await anybody.get("/v1/me", headers={"authorization": f"Bearer {token}"}))
    assert (me["unit"], me["region"]) == (NEW, NEW)

    # The case goes on: same deadlines, other handlers by an act, papers in the new name.
    after = Office(merger.people(NEW))
    case = f"/v1/cases/{under_way['id']}"
    now = await after.read(under_way["id"])
    assert [(one["title"], one["due_on"]) for one in now["duties"]] == deadlines
    assert "原河津市应急管理局" in now["unit_name"]
    assert ORDER in now["unit_name"]
    work = await ok(await after.clients[ZHANG.number].get("/v1/work-list"))
    assert {one["case_id"] for one in work["items"]} == {under_way["id"]}
    handing = {
        "kind": "assign-handlers", "at": AT, "after": now["acts"],
        "said": {"reason": "机构合并，承接办理"}, "officers": [LI.number, ZHANG.number],
    }  # fmt: skip
    stranger_chief = merger.client(OTHER, "section_chief", officer="14080200009")
    assert (await stranger_chief.put(f"{case}/acts/{uuid4()}", json=handing)).status_code == 404
    now = await ok(await after.clients[WANG.number].put(f"{case}/acts/{uuid4()}", json=handing))
    assert now["handlers"] == [LI.number, ZHANG.number]
    last = (await after.read(under_way["id"]))["timeline"][-1]
    assert f"succession:{id_}" in last["rules"]
    handler = after.clients[ZHANG.number]
    notice = await ok(await made(handler, under_way["id"], "prior-notice", AT))
    assert (filing["unit"], report["unit"], notice["unit"]) == (OLD, OLD, NEW)
    assert notice["data"]["organ"] == "永济市应急管理局"
    assert notice["number"].startswith("（永）")
    printed = text_of((await handler.get(f"/v1/documents/{notice['id']}/pdf")).content)
    assert "承接说明：原河津市应急管理局的职责由永济市应急管理局自" in printed
    kept = await ok(await handler.get(f"/v1/documents/{report['id']}"))
    assert (kept["number"], kept["pdf_sha256"]) == (report["number"], report["pdf_sha256"])
    # The series of the old unit has ended, every number of it explained.
    asked = {"document": "inspection-record", "year": 2026, "device": "t", "count": 1}
    closed = await zhang.put(f"/v1/number-leases/{uuid4()}", json=asked)
    assert (closed.status_code, closed.json()["code"]) == (409, "unit-succeeded")
    of_old: dict[str, Any] = {"unit": OLD, "document": "inspection-record", "year": 2026}
    # What the tablet still has goes through in its old name and number, sent by moved people.
    second = inspection(plant, ())
    letters = [letter("inspection.record", second), letter("document.issue", on_paper)]
    parcel = {"device": "tablet-1", "letters": letters}
    results = (await ok(await handler.post("/v1/deliveries", json=parcel)))["verdicts"]
    assert [one["state"] for one in results] == ["applied", "applied"]
    late = await ok(await handler.get(f"/v1/documents/{on_paper['id']}"))
    assert (late["unit"], late["number"]) == (OLD, on_paper["number"])
    told_of = await ok(await handler.get(f"/v1/inspections/{second['id']}"))
    assert told_of["unit"] == OLD
    gaps = await ok(await handler.get("/v1/number-gaps", params=of_old))
    assert gaps["counts"]["unexplained"] == gaps["counts"]["leased"] == 0
    assert gaps["counts"]["issued"] == 1
    assert ORDER in gaps["runs"][-1]["reason"]

    # What is sealed stays byte for byte, and verifies.
    same = await handler.get(
        f"/v1/cases/{sealed['id']}/archive/package", params={"purpose": "核对"}
    )
    assert same.content == bag.content
    sound = await ok(await handler.get(f"/v1/cases/{sealed['id']}/archive/verification"))
    assert sound["intact"]

    # The figures: one line for both, no plant twice, the list of the year handed over.
    await merger.running.catch_up()
    lines = await figure(admin, "ledger-completeness")
    assert OLD not in lines
    assert (lines[NEW]["denominator"], lines[NEW]["behind"]) == (2, ["河津市应急管理局"])
    assert (await figure(taker, "ledger-completeness"))[NEW]["denominator"] == 2
    assert (await figure(admin, "officers-entered"))[NEW]["denominator"] == 1
    records = {"year": today().year, "unit": NEW}
    page = await ok(await taker.get("/v1/indicators/ledger-completeness/records", params=records))
    assert len(page["items"]) == 2
    assert {one["unit"] for one in page["items"]} == {NEW}
    assert OTHER in await figure(stranger, "ledger-completeness")


async def test_of_a_region_split_among_two_both_see_and_one_is_counted(merger):
    clerk = merger.client(OLD, "ledger_clerk", "administrator")
    plant = await enter_plant(clerk, 1, division_code="140882001", op_status="在营")
    for one in ROLES:
        await enter_officer(clerk, one.number, name=one.name)
    await merger.running.catch_up()
    before, drafted = merger.people(OLD), f"/v1/inspection-schemes/{uuid4()}"
    await ok(await before[ZHANG.number].put(drafted, json=scheme(plant)))
    declare(merger.owner_url, Declared(OLD, NEW, today(), ORDER))
    with pytest.raises(Unsound):
        declare(merger.owner_url, Declared(OLD, "140881X", today(), ORDER, counted=False))
    declare(merger.owner_url, Declared(OLD, OTHER, today(), ORDER, counted=False))
    await merger.running.catch_up()
    for unit in (NEW, OTHER):
        assert (await seen(merger.client(unit, "officer")))[0] == 1
    assert (await seen(merger.client("140821", "officer")))[0] == 0
    # Either acts, in its own name: a scheme that the old unit drafted is approved by the second.
    agreed = {"opinion": "同意。", "agreed": True}
    second = merger.people(OTHER)
    await ok(await second[WANG.number].put(f"{drafted}/review", json=agreed))
    settled = await ok(await second[ZHAO.number].put(f"{drafted}/approval", json=agreed))
    assert settled["number"].startswith("（盐）")
    paper = await second[ZHANG.number].get(f"/v1/documents/{settled['document_id']}/pdf")
    assert "原河津市应急管理局的职责由盐湖区应急管理局自" in text_of(paper.content)
    lines = await figure(merger.client("1408", "auditor"), "ledger-completeness")
    assert (lines[NEW]["denominator"], lines[OTHER]["denominator"]) == (1, None)


def test_no_service_may_say_who_carries_on(new_database):
    database = new_database("ledger_svc", "case_svc", "kpi_svc")
    for service in ("ledger_svc", "case_svc", "kpi_svc"):
        with (
            psycopg.connect(database.url(service)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(f"delete from {service}.succession")
