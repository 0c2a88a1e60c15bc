"""The outbox on the window."""

import json

import httpx
import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.finish_inspection import finish_inspection
from field_app.delivery import VIDEO_UNMETERED
from field_app.screens.outbox.view import view
from field_app.vault import Vault, note
from tests.field_app.screens import prepared
from tests.field_app.tablet import LIGHT, PASSWORD, USER, locked, receipt_of

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
        await hands.settle()
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


async def test_a_set_aside_store_is_found_on_the_page_of_this_device(store, hands_on, tmp_path):
    root = tmp_path / "shared"
    mine = locked(store, root)
    mine.outbox.write("a", "inspection.record", {"id": "a"}, "2026-06-01T00:00:00Z")
    me = (mine.setting("me") or {}) | {"account": "a"}
    mine.set("me", me)
    note(mine)
    mine.close()
    vault = Vault(root, LIGHT)
    vault.set_aside(USER)
    anew = vault.opened(USER, vault.admit(USER, "Anew-2026", "a"))
    with anew.atomic():
        anew.set("me", me)
        anew.set("token", {"access": "a", "good_until": "2999-01-01T00:00:00Z"})
    silent = httpx.MockTransport(lambda _: httpx.Response(500))
    with hands_on(anew, silent, vault) as hands:
        await hands.press("本机与注册　有封存的记录未送出")
        page = hands.app.page

        async def tried(password: str) -> str:
            (field,) = [one for one in page.ids.aside.walk() if getattr(one, "secret", False)]
            field.text = password
            await hands.press("打开并送出")
            await hands.until(lambda: not page.working and page.ids.banner.title)
            return str(page.ids.banner.title)

        assert await tried("wrong") == "用户名或密码不正确"
        assert await tried(PASSWORD) == "没有全部送出"
        assert hands.find("清除这份记录") is None
        hands.app.home()
        await hands.press("退出登录")
        await hands.press("退出登录")
        await hands.until(lambda: hands.app.page.name == "sign_in")
        assert hands.app.store is None
        assert "本机与注册" in hands.app.page.people
    anew.close()
