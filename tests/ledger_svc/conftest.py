"""ledger_svc alone, on a database in which nothing else is migrated."""

import pytest

from services.ledger_svc.app import ledger_app
from services.ledger_svc.bootstrap import SystemAccount, bootstrap
from services.ledger_svc.settings import LedgerSettings


@pytest.fixture
def settings(new_database, keys, folders):
    return LedgerSettings(
        database_url=new_database("ledger_svc").url("ledger_svc"),
        claims_public_key=keys.public,
        claims_private_key=keys.private,
        receipt_private_key=keys.private,
        **folders,
    )


@pytest.fixture
async def app(settings, run_app):
    await bootstrap(
        settings,
        administrator_password="Admin-first-1",
        systems=(SystemAccount("province", "pull-me-softly", ("province",)),),
    )
    return await run_app(ledger_app(settings))


@pytest.fixture
def as_officer(app, client_of):
    """A client in an officer's name: `as_officer(region, *roles)`."""

    def make(region: str | None = "140882", *roles: str, **claims):
        return client_of(app, region, *(roles or ("ledger_clerk", "officer")), **claims)

    return make
