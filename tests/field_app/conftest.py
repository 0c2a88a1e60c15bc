"""A tablet in a folder of its own: real SQLite, real files."""

import pytest

from tests.field_app import tablet


@pytest.fixture
def store(tmp_path):
    """A tablet as a refresh leaves it."""
    store = tablet.filled(tmp_path / "tablet")
    yield store
    store.close()


@pytest.fixture
def commits(store):
    """How many transactions SQLite has committed since the fixture: `commits()`."""
    seen: list[str] = []
    store.db.conn.set_trace_callback(seen.append)
    yield lambda: sum(1 for said in seen if said.strip().upper() == "COMMIT")
    store.db.conn.set_trace_callback(None)
