"""The outbox on the window."""

import json

import httpx
import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.finish_inspection import finish_inspection
from field_app.delivery import VIDEO_UNMETERED
from field_app.screens.outbox.view import view
from tests.field_app.screens import prepared
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


async def test_a_refused_letter_is_corrected_on_the_page_where_it_was_made(store, hands_on):
    prepared.begun(store)
    (visit,) = store.inspections.all()
    items = [one.code for one in store.packs.checklist(visit.checklist).items]
    for code in items:
        answer_item(store, visit.id, code, "met" if code != items[1] else "not_met")
    finish_inspection(store, visit.id)
    (letter,) = store.outbox.letters()
    why = {"code": "x", "title": "整改期限不合法", "law": "安全生产法 §65"}
    with store.atomic():
        store.outbox.refused(letter, why, None)
    with hands_on(store, httpx.MockTransport(lambda _: httpx.Response(500))) as hands:
        hands.app.go("outbox")
        await hands.press("去更正")
        page = hands.app.page
        assert (page.name, page.correcting, page.fixed) == ("checklist", True, False)
        said = [getattr(one, "text", "") for one in page.ids.correction.walk()]
        assert {"整改期限不合法", "依据：安全生产法 §65"} <= {*said}
        page.turn_to(items[1])
        await hands.press("符合")
        page._fields["place"].text = "二车间"
        await hands.press("重新报送")
        assert page.ids.banner.title == "已写成更正的信件"
        assert (page.correcting, page.fixed) == (False, True)
        fresh = store.outbox.letters()[-1]
        assert (fresh.corrects, fresh.body["findings"]) == (letter.id, [])
        assert fresh.body["place"] == "二车间"
        hands.app.go("outbox")
        assert [one.state for one in view(store).lines] == ["待发", "已更正"]
