"""A tablet in a folder of its own: real SQLite, real files."""

import httpx
import pytest

from field_app.actions.sign_in import sign_in
from field_app.camera import DRAWN
from field_app.session import office_client
from field_app.store import Store
from tests.field_app import tablet
from tests.field_app.office import PASSWORD, URL
from tests.field_app.office import office as real_office


@pytest.fixture(autouse=True)
def drawn_pictures(monkeypatch):
    """A camera's stand-in: a desk has none, and makes nothing up."""
    monkeypatch.setenv("ZHIFA_CAMERA", DRAWN)


@pytest.fixture
def adapter():
    """How the store is encrypted: SQLCipher, but where a module asks for both (BOTH)."""
    return "sqlcipher"


@pytest.fixture
def store(tmp_path, adapter):
    """A tablet as a refresh leaves it."""
    store = tablet.filled(tmp_path / "tablet", adapter)
    yield store
    store.close()


@pytest.fixture
def commits(store):
    """How many transactions SQLite has committed since the fixture: `commits()`."""
    seen: list[str] = []
    store.db.conn.set_trace_callback(seen.append)
    yield lambda: sum(1 for said in seen if said.strip().upper() == "COMMIT")
    store.db.conn.set_trace_callback(None)


@pytest.fixture
async def office(new_database, keys, tmp_path, client_of):
    """The real office behind its gateway."""
    async with real_office(new_database, keys, tmp_path, client_of) as running:
        yield running


@pytest.fixture
async def tablet_of(tmp_path):
    """A new tablet and its client through some weather: `await tablet_of(weather)`, signed in."""
    stores: list[Store] = []
    clients: list[httpx.AsyncClient] = []

    async def make(weather):
        store = tablet.opened(tmp_path / f"tablet-{len(stores)}")
        stores.append(store)
        script, chance = weather.script, weather.chance
        weather.clear()
        await sign_in(store, URL, "zhangyue", PASSWORD, weather)
        weather.script, weather.chance = script, chance
        client = office_client(store, URL, weather)
        clients.append(client)
        return store, client

    yield make
    for client in clients:
        await client.aclose()
    for store in stores:
        store.close()
