"""What passes by hand, as the officer sees it."""

import pytest

from field_app import exchange
from field_app.errands import Errands
from field_app.screens.outbox.view import view
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
