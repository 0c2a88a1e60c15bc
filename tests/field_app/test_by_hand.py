"""What passes by hand, and how long the office has not been heard, as the officer sees it."""

from datetime import timedelta

import pytest

from field_app import exchange
from field_app.contact import note
from field_app.errands import Errands
from field_app.moments import kept, now
from field_app.screens.outbox.view import view
from field_app.silence import silence
from tests.field_app.test_bundles import enrolled, visited
from tests.field_app.weather import Weather


@pytest.fixture
def weather(office):
    return Weather(office.transport)


async def test_a_bundle_goes_out_and_its_reply_comes_home_through_one_folder(
    office, weather, tmp_path
):
    mine = await enrolled(tmp_path / "mine", office, weather)
    hers = await enrolled(tmp_path / "hers", office, weather)
    for store in (mine, hers):
        exchange.choose(store, str(tmp_path / "stick"))
    visited(mine, office)
    assert "已导出到" in exchange.hand_out(mine)
    # One's own bundle is nothing to take in.
    assert view(mine).by_hand.found == []
    (found,) = view(hers).by_hand.found
    assert found.what == "同事的封装包"
    assert "捎带" in exchange.take_in(hers, found.path)
    (carried,) = view(hers).by_hand.carried
    assert "待送达" in carried
    await Errands(hers, "http://zhifa", weather).deliver()
    assert (view(hers).by_hand.carried, view(hers).by_hand.replies) == ([], 1)
    assert exchange.hand_back(hers).startswith("1 份回执")
    (reply,) = view(mine).by_hand.found
    assert reply.what == "回执"
    assert exchange.take_in(mine, reply.path) == "信件 2 封已送达，文件 1 个已传完"
    assert view(mine).unsent == 0
    for store in (mine, hers):
        store.close()


def test_a_folder_that_is_not_there_holds_nothing(store, tmp_path):
    exchange.choose(store, str(tmp_path / "absent"))
    assert exchange.found(store) == []
    exchange.choose(store, "  ")
    assert exchange.folder(store).name == "移动执法"


@pytest.mark.parametrize(
    ("days", "text", "tone"),
    [
        (0, "", "quiet"),
        (1, "", "quiet"),
        (2, "已 2 天没有联系服务器", "warn"),
        (4, "已 4 天没有联系服务器", "warn"),
        (5, "已 5 天没有联系服务器", "bad"),
        (40, "已 40 天没有联系服务器", "bad"),
    ],
)
def test_days_without_the_office_turn_amber_and_red(store, days, text, tone):
    note(store.installation, heard_at=kept(now() - timedelta(days=days, minutes=1)))
    assert silence(store, now()) == (text, tone)
    assert view(store).silence == (text, tone)


def test_who_has_never_heard_the_office_is_not_alarmed(store):
    assert silence(store, now()).text == ""
