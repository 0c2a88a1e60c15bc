"""case_svc alone, on a database in which nothing else is migrated, and a county it knows of."""

import asyncio
from dataclasses import dataclass

import asyncpg
import psycopg
import pytest

from deploy import secrets
from deploy.postgres import create_database
from lawbook.content import load
from services.case_svc.app import case_app
from services.case_svc.ledger_mirror.follow import apply
from services.case_svc.settings import CaseSettings
from services.kit.claims import service_itself
from services.kit.database import Database
from services.kit.settings import ROOT, ServiceSettings
from tests.case_svc.casework import ROLES, Office
from tests.case_svc.on_the_spot import document, evidence, inspection, leased, letter, reinspection
from tests.case_svc.proceedings import (
    CHIEF,
    FIRST,
    HEAD,
    SECOND,
    change,
    entity_state,
    officer_state,
)
from tests.examples import jpeg

SEALING = secrets.make().bundle_private_keys
"""The office's sealing key."""


@pytest.fixture
def settings(request, new_database, keys, folders):
    known = "county" in request.fixturenames
    like = request.getfixturevalue("told_county").database if known else None
    return CaseSettings(
        database_url=new_database("case_svc", like=like).url("case_svc"),
        claims_public_key=keys.public,
        receipt_private_key=keys.private,
        bundle_private_keys=SEALING,
        **folders,
    )


@pytest.fixture
async def app(settings, run_app):
    return await run_app(case_app(settings, None))


@pytest.fixture
def as_officer(app, client_of):
    """A client in an officer's name: `as_officer(region, *roles)`."""

    def make(region: str | None = "140882", *roles: str, **claims):
        return client_of(app, region, *(roles or ("officer",)), **claims)

    return make


@pytest.fixture
def told(app):
    """Tell the mirror something of the ledger: `await told(kind, state, subject, at)`."""

    async def tell(kind, state, subject=None, **at):
        async with app.state.database.transaction(service_itself("case_svc")) as session:
            await apply(session, change(kind, state, subject, **at))

    return tell


@dataclass(frozen=True)
class County:
    """What the mirror knows: ids of a complete and of an incomplete plant, and their names."""

    plant: str
    plant_name: str
    incomplete: str
    incomplete_name: str


@dataclass(frozen=True)
class ToldCounty:
    """A database whose mirror was told of the county, to be copied; and what it was told."""

    database: str
    county: County


@pytest.fixture(scope="session")
def told_county(server, template, keys) -> ToldCounty:
    """Every unit, two officers, a chief, a head, one complete plant and one that is not."""
    name = "template_county"
    create_database(server.url("postgres"), name, template("case_svc"))
    changes = [
        change("unit.changed", unit)
        for unit in load(ROOT / "content" / "units" / "1408.toml")["unit"]
    ]
    for number, who in ((FIRST, "张岳"), (SECOND, "李秋"), (CHIEF, "王衡"), (HEAD, "赵明远")):
        changes.append(change("officer.changed", officer_state(number, who)))
    complete, incomplete = entity_state(1), entity_state(2, without="legal_rep")
    changes += [change("entity.entered", complete), change("entity.entered", incomplete)]

    async def tell() -> None:
        database = Database(
            ServiceSettings(
                database_url=server.url(name, "case_svc"),
                claims_public_key=keys.public,
            )
        )
        async with database.transaction(service_itself("case_svc")) as session:
            for one in changes:
                await apply(session, one)
        await database.close()

    asyncio.run(tell())
    return ToldCounty(
        name, County(complete["id"], complete["name"], incomplete["id"], incomplete["name"])
    )


@pytest.fixture
def county(told_county: ToldCounty) -> County:
    """The county that the mirror of this test's database knows (`settings` copies it)."""
    return told_county.county


@pytest.fixture
def officer(as_officer):
    """张岳, an officer of 140882."""
    return as_officer("140882", "officer", officer=FIRST, name="张岳")


@pytest.fixture
def chief(as_officer):
    """王衡, who drafts plans and reviews schemes."""
    return as_officer("140882", "officer", "section_chief", officer=CHIEF, name="王衡")


@pytest.fixture
def head(as_officer):
    """赵明远, who approves."""
    return as_officer("140882", "bureau_head", officer=HEAD, name="赵明远")


@pytest.fixture
def follower(as_officer):
    """A service that follows feeds/case."""
    return as_officer("14", "follower", kind="system", officer="")


@pytest.fixture
def office(as_officer, county) -> Office:
    return Office(
        {
            one.number: as_officer("140882", role, officer=one.number, name=one.name)
            for one, role in ROLES.items()
        }
    )


@pytest.fixture
async def owner(server, settings):
    """The database as its owner, for what the service itself may not do."""
    with psycopg.connect(settings.database_url) as service:
        name = service.info.dbname
    connection = await asyncpg.connect(server.url(name))
    yield connection
    await connection.close()


@pytest.fixture
def postgres(server, settings):
    """The same for tests that only look or set back a clock: each statement at once."""
    name = settings.database_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        yield connection


@pytest.fixture
async def case_letters(officer, county):
    """Five letters of one subject, in the order in which a tablet writes them: `case_letters()`."""

    async def make():
        about = inspection(county.plant)
        record = await leased(officer, "inspection-record", count=1)
        order = await leased(officer, "correction-order", count=1)
        return [
            letter("inspection.record", about),
            letter("evidence.declare", evidence(about["id"], jpeg(64, 48))),
            letter("document.issue", document(about, record)),
            letter("document.issue", document(about, order, kind="correction-order")),
            letter("reinspection.record", reinspection(about)),
        ]

    return make


@pytest.fixture
def chief_reads(chief):
    async def read(path, **params):
        answer = await chief.get(f"/v1/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    return read
