"""The window itself: a day's work by fingers and keys, on real widgets, judged by the store."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from deploy.county import COUNTY
from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from tests.field_app.office import PASSWORD
from tests.field_app.screens.display import beside
from tests.field_app.screens.prepared import (
    as_written,
    begun,
    by_all,
    entity_id,
    hazard,
    scheme,
    today,
)
from tests.field_app.tablet import lease

pytestmark = pytest.mark.display
CHECKLIST = "metallurgy@2026.1"


def items(store):
    return [item.code for item in store.packs.checklist(CHECKLIST).items]


async def sign(hands, name):
    """Press somebody's line, draw on the pad with a finger, confirm."""
    await hands.press(name)
    pad = hands.app.page.signing.pad
    x, y = pad.to_window(pad.center_x, pad.center_y)
    await hands.touch((x - 90, y), (x - 40, y + 60), (x, y - 30))
    await hands.touch((x + 20, y + 40), (x + 80, y - 40))
    await hands.press("确认签名")


async def test_a_day_from_the_scheme_to_the_issued_order(store, hands_on):
    with hands_on(store) as hands:
        app = hands.app
        await hands.press(store.mirror.entity(entity_id(1))["name"])
        assert app.screens.current == "plant"
        await hands.press("开始检查")
        assert app.screens.current == "certificate"
        inspection = store.inspections.of_scheme(scheme(1, today())["id"])
        assert inspection.certificate_shown_at is None
        await hands.press("已出示，开始检查")
        assert app.screens.current == "checklist"
        assert store.inspections.one(inspection.id).certificate_shown_at
        assert inspection.place == store.mirror.entity(entity_id(1))["values"]["prod_addr"]

        await hands.key("2")
        assert app.page.code == "G01"
        await hands.press("＋7天")
        await hands.press("一般隐患")
        await hands.press("拍照取证")
        await hands.until(lambda: store.inspections.photos(inspection.id))
        await hands.press("下一项")
        for code in items(store)[1:]:
            assert app.page.code == code
            await hands.key("3" if code == "G02" else "1")
        answers = store.inspections.answers(inspection.id)
        assert [answers[code].answer for code in items(store)[:3]] == [
            "not_met",
            "not_applicable",
            "met",
        ]
        assert len(answers) == len(items(store))
        assert answers["G01"].major
        assert date.fromisoformat(answers["G01"].correct_by) == today() + timedelta(15 + 7)

        await hands.press("结束检查")
        assert app.screens.current == "document"
        assert store.inspections.one(inspection.id).outcome == "problem_found"
        await hands.press("责令限期整改指令书")
        order = store.documents.about(inspection.id, "correction-order")
        await hands.press("出具文书")
        assert app.page.ids.banner.title == "签名不全，不能出具文书"
        for name in ("张岳", "李青", inspection.present["name"]):
            await sign(hands, name)
        given = store.documents.signatures(order.id)
        assert [one["role"] for one in given] == ["officer", "officer", "party"]
        assert [len(stroke) for stroke in given[0]["strokes"]] == [3, 2]
        await hands.press("出具文书")
        issued = await hands.until(
            lambda: (kept := store.documents.one(order.id)).issued_at and kept
        )
        assert store.files.read(issued.pdf_path).startswith(b"%PDF")
        assert await hands.until(lambda: hands.find("打开或打印"))
        assert hands.find("修改内容") is None

        await hands.key("escape")
        await hands.press("现场检查记录")
        record = store.documents.about(inspection.id, "inspection-record")
        assert order.number in record.data["handling"]
        kinds = [letter.kind for letter in store.outbox.letters()]
        assert kinds == ["inspection.record", "evidence.declare", "document.issue"]
        assert app.page.unsent == 3


async def test_strokes_are_whole_numbers_from_the_top_left_downwards(store, hands_on):
    from field_app.look.pad import SignaturePad

    with hands_on(store) as hands:
        pad = SignaturePad(size_hint=(None, None), size=(400, 200), pos=(100, 100))
        hands.window.add_widget(pad)
        await hands.frames()
        await hands.touch((110.4, 290), (150, 250.2), (900, 100))
        ((first, second, third),) = pad.strokes
        assert first == [10, 10]
        assert second == [50, 50]
        assert third == [400, 200]
        pad.clear()
        assert pad.strokes == []
        assert not pad.signed


async def test_a_tablet_that_nobody_has_signed_in_to_asks_who_and_says_when_there_is_no_signal(
    bare, hands_on
):
    def cut(request):
        raise httpx.ConnectError("no route", request=request)

    with hands_on(bare, httpx.MockTransport(cut)) as hands:
        page = hands.app.page
        assert hands.app.screens.current == "sign_in"
        await hands.press("登录")
        assert page.ids.banner.title == "请填写帐号和口令"
        page.ids.account.text, page.ids.password.text = "zhangyue", "x"
        page.enter()
        await hands.until(lambda: not page.busy)
        assert page.ids.banner.title == "此帐号在本机首次登录，需要信号"


async def test_a_signed_in_tablet_opens_on_today_and_refreshes_only_when_asked(store, hands_on):
    asked = []

    def cut(request):
        asked.append(request.url.path)
        raise httpx.ConnectError("no route", request=request)

    with hands_on(store, httpx.MockTransport(cut)) as hands:
        assert hands.app.screens.current == "today"
        await hands.settle()
        assert asked == []
        await hands.press("更新")
        await hands.until(lambda: not hands.app.page.busy)
        assert asked
        assert hands.app.page.ids.banner.title == "这次没有更新完"


async def test_an_unfinished_list_is_refused_and_leads_to_the_open_item(store, hands_on):
    inspection = begun(store, 1)
    for code in items(store)[:4]:
        answer_item(store, inspection, code, "met")
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=inspection)
        await hands.press("上一项")
        await hands.press("结束检查")
        page = hands.app.page
        assert page.ids.banner.shown
        assert page.ids.banner.title == "检查表还有未作答的检查项"
        assert page.code == items(store)[4]
        await hands.press("知道了")
        assert not page.ids.banner.shown


async def test_what_was_written_about_an_item_is_kept_when_the_page_is_left(store, hands_on):
    inspection = begun(store, 1)
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=inspection)
        await hands.key("2")
        hands.app.page.ids.description.text = "责任制未覆盖外包人员"
        hands.app.page.ids.remark.text = "已当面指出"
        await hands.key("escape")
        assert hands.app.screens.current == "today"
        answered = store.inspections.answers(inspection)["G01"]
        assert (answered.description, answered.remark) == ("责任制未覆盖外包人员", "已当面指出")


async def test_numbers_typed_into_a_field_answer_nothing(store, hands_on):
    inspection = begun(store, 1)
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=inspection)
        hands.app.page.ids.remark.box.focus = True
        await hands.key("1")
        assert store.inspections.answers(inspection) == {}
        await hands.key("escape")
        await hands.key("1")
        assert list(store.inspections.answers(inspection)) == ["G01"]


async def test_everything_on_a_screen_is_reached_by_tab_and_pressed_by_enter(store, hands_on):
    with hands_on(store) as hands:
        reached = []
        for _ in range(12):
            await hands.key("tab")
            focused = hands.app.focused
            reached.append(getattr(focused, "text", "") or getattr(focused, "title", ""))
        assert {"发件箱", "更新", "查找企业", "退出登录"} <= set(reached)
        while getattr(hands.app.focused, "text", "") != "查找企业":
            await hands.key("down")
        await hands.key("enter")
        assert hands.app.screens.current == "plant"
        await hands.key("escape")
        assert hands.app.screens.current == "today"


async def test_a_reinspection_closes_and_leads_to_its_opinion(store, hands_on):
    with hands_on(store) as hands:
        hands.app.go("reinspection", inspection_id=hazard(1, today())["inspection_id"])
        await hands.press("李青")
        await hands.press("开始复查")
        cards = hands.app.page.ids.column.children
        assert len(cards) == 2
        cards[0].ids.remark.text = "已加装并调试"
        cards[0].choose("corrected")
        cards[1].choose("not_corrected")
        await hands.press("拍照取证")
        await hands.until(lambda: "已拍 1 张" in [one.photos for one in cards])
        await hands.press("结束复查")
        assert hands.app.screens.current == "document"
        (again,) = store.inspections.agains(hazard(1, today())["inspection_id"])
        assert sorted(one["outcome"] for one in again.results.values()) == [
            "corrected",
            "not_corrected",
        ]
        assert "已加装并调试" in [one["remark"] for one in again.results.values()]


async def test_signed_in_refreshed_inspected_and_delivered_at_the_real_office(
    bare, hands_on, office
):
    bare.close()
    with hands_on(None, office.transport, beside(bare)) as hands:
        page = hands.app.page
        page.ids.account.text, page.ids.password.text = "zhangyue", PASSWORD
        await hands.press("登录")
        await hands.until(lambda: hands.app.screens.current == "today" and not hands.app.page.busy)
        assert hands.app.page.ids.banner.title == "已更新到最新"
        bare = hands.app.store

        hands.app.go("plant", entity_id=office.plant)
        await hands.press("事故")
        await hands.press("李秋")
        await hands.press("开始检查")
        await hands.press("已出示，开始检查")
        (inspection,) = bare.inspections.all()
        await hands.key("2")
        await hands.key("c")
        await hands.until(lambda: bare.inspections.photos(inspection.id))
        await hands.key("n")
        for _ in bare.packs.checklist(inspection.checklist).items[1:]:
            await hands.key("1")
        await hands.press("结束检查")
        await hands.press("责令限期整改指令书")
        for name in ("张岳", "李秋", inspection.present["name"]):
            await sign(hands, name)
        await hands.press("出具文书")
        await hands.until(lambda: bare.documents.issued("correction-order"))

        await hands.press("发件箱")
        await hands.press("发送")
        await hands.until(lambda: not hands.app.page.busy)
        told = hands.app.page.ids.banner
        assert told.title == "信件 3 封已送达，文件 2 个已传完", (told.title, told.detail)
        assert hands.app.page.unsent == 0


async def test_the_theme_is_kept(store, hands_on):
    with hands_on(store) as hands:
        await hands.press("深色")
        assert hands.app.theme.palette.name == "dark"
    with hands_on(store) as hands:
        assert hands.app.theme.palette.name == "dark"


async def test_leaving_the_account_is_asked_for_twice(store, hands_on):
    with hands_on(store) as hands:
        await hands.press("退出登录")
        assert hands.app.screens.current == "today"
        await hands.press("退出登录")
        assert hands.app.screens.current == "sign_in"
        assert hands.app.store is None
        with pytest.raises(store.db.conn.ProgrammingError):
            store.setting("me")


@pytest.mark.parametrize("size", [(800, 600), (1000, 1600), (1280, 800)])
async def test_targets_are_large_enough_for_gloves_and_nothing_leaves_the_window(
    store, hands_on, size
):
    from kivy.uix.scrollview import ScrollView

    from field_app.look.pressable import Pressable

    def above(one: Any) -> Iterator[Any]:
        while one.parent is not None and one.parent is not one:
            yield one.parent
            one = one.parent

    visit = begun(store, 2)
    for code in items(store):
        answer_item(store, visit, code, "not_met" if code == "G01" else "met")
    finish_inspection(store, visit)
    order = compose_document(store, visit, "correction-order").id
    inspection = begun(store, 1)
    screens = [
        ("today", {}), ("plant", {}), ("plant", {"entity_id": entity_id(3)}),
        ("checklist", {"inspection_id": inspection}), ("outbox", {}), ("scan", {}),
        ("certificate", {"inspection_id": inspection}),
        ("reinspection", {"inspection_id": hazard(1, today())["inspection_id"]}),
        ("document", {"about": visit}), ("document", {"about": visit, "document_id": order}),
        ("document", {"about": inspection, "kind": "inquiry-notice"}),
        ("cosign", {"document_id": order}), ("device", {}), ("sign_in", {}),
    ]  # fmt: skip
    with hands_on(store) as hands:
        hands.window.size = size
        await hands.settle(0.3)
        for name, given in screens:
            hands.app.home()
            if name != "today":
                hands.app.go(name, **given)
            await hands.frames(6)
            seen = [one for one in hands.app.page.walk() if isinstance(one, Pressable)]
            shown = [one for one in seen if not one.disabled and one.width > 0]
            assert shown
            for one in shown:
                assert one.height >= 56, (name, one.text if hasattr(one, "text") else one.title)
                left, low = one.to_window(one.x, one.y)
                assert left >= 0
                assert left + one.width <= size[0]
                # What scrolls may lie above or below; what does not must be within reach.
                if not any(isinstance(over, ScrollView) for over in above(one)):
                    assert low >= 0, (name, one)
                    assert low + one.height <= size[1], (name, one)


async def test_the_officer_chooses_findings_and_the_asked_person_signs_page_by_page(
    store, hands_on
):
    inspection = begun(store, 1)
    for code in items(store):
        answer_item(store, inspection, code, "not_met" if code in ("G01", "G02") else "met")
    finish_inspection(store, inspection)
    lease(store, "inquiry-notice", unit=COUNTY)
    with hands_on(store) as hands:
        app = hands.app
        app.go("document", about=inspection)
        await hands.press("责令限期整改指令书")
        await hands.press("修改内容")
        lines = app.page._form._lines["problems"]
        assert [line.tag for line in lines] == ["列入", "列入"]
        assert "安全生产法 §65(1)(2)" in lines[0].detail
        await hands.press(lines[0].title)
        assert [line.tag for line in lines] == ["不列入", "列入"]
        await hands.press("保存内容")
        order = store.documents.about(inspection, "correction-order")
        assert [one["description"] for one in order.data["problems"]] == [lines[1].title]

        app.home()
        notice = compose_document(store, inspection, "inquiry-notice", as_written("inquiry-notice"))
        issue_document(store, by_all(store, notice.id))
        record = compose_document(store, inspection, "inquiry-record", as_written("inquiry-record"))
        app.go("document", about=inspection, document_id=record.id)
        await hands.press("邵文清")
        pad = app.page.signing
        for page in (1, 2):
            assert pad.at == f"第{page}页，共2页"
            x, y = pad.pad.to_window(pad.pad.center_x, pad.pad.center_y)
            await hands.touch((x - 90, y), (x - 40, y + 30), (x, y - 20))
            await hands.press("确认本页签名")
        assert pad.parent is None
        given = store.documents.signatures(record.id)
        assert [one["page"] for one in given] == [1, 2]
