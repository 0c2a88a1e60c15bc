"""kpi_svc following the real ledger_svc, each in its own role on one database."""

import pytest

from services.kit.claims import service_itself
from services.kpi_svc.app import kpi_app
from services.kpi_svc.settings import KpiSettings
from services.ledger_svc.app import ledger_app
from services.ledger_svc.bootstrap import bootstrap
from services.ledger_svc.settings import LedgerSettings


@pytest.fixture
def place(new_database):
    return new_database("ledger_svc", "kpi_svc")


@pytest.fixture
async def ledger(place, keys, folders, run_app):
    settings = LedgerSettings(
        database_url=place.url("ledger_svc"), claims_public_key=keys.public,
        claims_private_key=keys.private, receipt_private_key=keys.private, **folders,
    )  # fmt: skip
    await bootstrap(settings, administrator_password="Admin-first-1", systems=())
    return await run_app(ledger_app(settings))


@pytest.fixture
def case():
    """case_svc, in the tests that need it."""
    return None


@pytest.fixture
async def kpi(place, keys, folders, run_app, ledger, case, client_of):
    """The figures; they follow when a test says so, and once an hour."""
    settings = KpiSettings(
        database_url=place.url("kpi_svc"), claims_public_key=keys.public, follow_every=3600,
        **folders,
    )  # fmt: skip
    publishers = [app and client_of(app, "14", "follower") for app in (ledger, case)]
    return await run_app(kpi_app(settings, *publishers))


@pytest.fixture
def catch_up(kpi):
    """Read every followed feed to its end."""

    async def follow():
        for follower in kpi.state.followers:
            await follower.catch_up()

    return follow


@pytest.fixture
def office(ledger, client_of):
    """Somebody who may write whatever the ledger keeps: `office(region)`."""

    def make(region="140882"):
        return client_of(ledger, region, "ledger_clerk", "administrator", "trainer")

    return make


@pytest.fixture
def figure(kpi, client_of, catch_up):
    """(numerator, denominator) of an indicator in a unit, as an auditor of `region` sees it."""

    async def read(code, unit="140882", *, region="1408", year=2026):
        await catch_up()
        told = await client_of(kpi, region, "auditor").get("/v1/indicators", params={"year": year})
        (item,) = (item for item in told.json()["items"] if item["code"] == code)
        (line,) = (line for line in item["units"] if line["unit"] == unit)
        return line["numerator"], line["denominator"]

    return read


@pytest.fixture
def records(kpi, client_of, catch_up):
    """The records behind an indicator, as an auditor of `region` sees them."""

    async def read(code, *, region="1408", **params):
        await catch_up()
        answer = await client_of(kpi, region, "auditor").get(
            f"/v1/indicators/{code}/records", params={"year": 2026} | params
        )
        return answer.raise_for_status().json()["items"]

    return read


@pytest.fixture
def auditor(kpi, client_of):
    """Somebody who reads figures: `auditor(region)`."""

    def make(region="1408", *roles):
        return client_of(kpi, region, *(roles or ("auditor",)))

    return make


@pytest.fixture
def apply(kpi):
    """Apply changes to the facts, as a follower of that feed would."""

    async def write(facts, *changes):
        async with kpi.state.database.transaction(service_itself("kpi_svc")) as session:
            for change in changes:
                await facts.apply(session, change)

    return write
