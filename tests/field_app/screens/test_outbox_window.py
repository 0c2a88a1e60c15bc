"""The outbox on the window."""

import json

import httpx
import pytest

from field_app.delivery import VIDEO_UNMETERED
from tests.field_app.tablet import receipt_of

pytestmark = pytest.mark.display


async def test_sending_shows_what_was_delivered_by_its_receipt(store, hands_on):
    store.outbox.write("a", "inspection.record", {"id": "a"}, "2026-06-01T00:00:00Z")
    (letter,) = store.outbox.letters()

    def office(request):
        receipt = receipt_of(store, letter)
        (sent,) = json.loads(request.content)["letters"]
        verdict = {"id": sent["id"], "state": "applied", "problem": None, "receipt": receipt}
        return httpx.Response(200, json={"verdicts": [verdict]})

    with hands_on(store, httpx.MockTransport(office)) as hands:
        await hands.press("发件箱 1")
        await hands.press("发送")
        await hands.until(lambda: not hands.app.page.busy)
        assert hands.app.page.ids.banner.title == "信件 1 封已送达"
        assert "已送达 1" in hands.app.page.summary


async def test_film_can_be_told_to_wait_for_a_network_that_costs_nothing(store, hands_on):
    store.outbox.add_upload("b" * 64, "files/b.mp4", 9_000_000, "video/mp4", "2026-06-01T00:00:00Z")
    with hands_on(store, httpx.MockTransport(lambda _: httpx.Response(500))) as hands:
        hands.app.go("outbox")
        await hands.press("录像等无线网络再送")
        assert store.setting(VIDEO_UNMETERED) is True
        await hands.press("录像等无线网络再送")
        assert store.setting(VIDEO_UNMETERED) is False
