"""A tablet with a day's work before it; and, for what draws, a window and hands."""

import pytest

from deploy.display import available, ensure
from tests.field_app.screens import prepared
from tests.field_app.screens.display import REASON, running


@pytest.fixture
def store(tmp_path):
    """A store as it is after the morning's refresh."""
    store = prepared.fill(tmp_path / "tablet")
    yield store
    store.close()


@pytest.fixture
def bare(tmp_path):
    """A store that has never been refreshed; nobody has signed in."""
    store = prepared.fill(tmp_path / "bare", signed_in=False, refreshed=False)
    yield store
    store.close()


@pytest.fixture(scope="session")
def window(tmp_path_factory):
    """A place to draw, and Kivy told how; left out, and said so, where none can be started."""
    if not available():
        pytest.skip(REASON)
    ensure()
    from field_app.look.window import prepare, use_chinese

    prepare(tmp_path_factory.mktemp("kivy"))
    use_chinese()
    from kivy.core.window import Window

    if Window is None:
        pytest.skip(REASON)
    Window.size = (800, 600)
    return Window


@pytest.fixture
def hands_on(window):
    """Open the app over a store: `with hands_on(store) as hands`."""
    window.size = (800, 600)
    return running
