"""Plants on the window: found, shown a certificate, begun on the spot."""

import pytest
import segno

from tests.examples import jpeg
from tests.field_app.screens.prepared import ME, OTHER, THIRD, begun, entity_id, scheme, today

pytestmark = pytest.mark.display


async def test_an_emergency_inspection_begins_from_the_search(store, hands_on):
    name = store.mirror.entity(entity_id(11))["name"]
    with hands_on(store) as hands:
        await hands.press("查找企业")
        hands.app.page.ids.words.text = name[3:7]
        await hands.press(name)
        await hands.press("开始检查")
        assert "检查缘由" in hands.app.page.ids.banner.detail
        await hands.press("上级交办")
        hands.app.page._form.ids.ground_text.text = "市局〔2026〕3号督办单"
        await hands.press("开始检查")
        assert hands.app.page.ids.banner.title == "现场检查应当由两名以上执法人员进行"
        await hands.press("李青")
        await hands.press("开始检查")
        (inspection,) = store.inspections.all()
        assert inspection.occasion == "上级交办（市局〔2026〕3号督办单）"
        assert len(inspection.officers) == 2


async def test_the_certificate_is_shown_and_who_is_there_is_kept(store, hands_on):
    inspection = begun(store, 1)
    with hands_on(store) as hands:
        hands.app.go("certificate", inspection_id=inspection)
        page = hands.app.page
        said = [getattr(one, "text", "") for one in page.walk()]
        assert {"张岳", "14088200001", "李青", "河津市应急管理局"} <= set(said)
        await hands.settle(0.3)
        await hands.press("增加一人")
        await hands.until(lambda: len(page.ids.people.children) == 2)
        row = page.ids.people.children[0]
        row.ids.name.text, row.ids.duty.text = "关山月", "车间主任"
        await hands.key("escape")
        await hands.key("escape")
        kept = store.inspections.one(inspection)
        assert [one["name"] for one in kept.also_present] == ["关山月"]
        assert kept.certificate_shown_at is None
        hands.app.go("certificate", inspection_id=inspection)
        await hands.press("已出示，开始检查")
        assert store.inspections.one(inspection).certificate_shown_at
        assert hands.app.screens.current == "checklist"


async def test_a_plant_is_found_by_the_keyboard_alone(store, hands_on):
    with hands_on(store) as hands:
        await hands.key("/")
        assert hands.app.screens.current == "plant"
        await hands.until(lambda: hands.app.page.ids.words.box.focus)
        await hands.key("escape")
        await hands.key("/")
        await hands.until(lambda: hands.app.page.ids.words.box.focus)
        hands.app.page.ids.words.text = store.mirror.entity(entity_id(11))["credit_code"]
        hands.app.page.to_first()
        await hands.key("enter")
        assert hands.app.page.given == {"entity_id": entity_id(11)}
        await hands.key("escape")
        await hands.key("escape")
        assert hands.app.screens.current == "today"


async def test_a_licence_s_code_typed_or_read_from_a_picture_opens_the_plant(
    store, hands_on, tmp_path, monkeypatch
):
    code = store.mirror.entity(entity_id(12))["credit_code"]
    (tmp_path / "Pictures").mkdir()
    segno.make(f"https://example.gov.cn/l?c={code}").save(
        str(tmp_path / "Pictures" / "licence.png"), scale=6
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    with hands_on(store) as hands:
        hands.app.go("plant")
        await hands.press("扫码")
        hands.app.page.ids.code.text = "91140882MA0H4D5M1X"
        await hands.press("查找")
        assert "台账中没有信用代码" in hands.app.page.ids.banner.detail
        await hands.press("licence.png")
        assert hands.app.page.given == {"entity_id": entity_id(12)}


async def test_a_photo_for_the_ledger_is_there_after_a_call_and_gone_with_the_screen(
    store, hands_on, tmp_path, monkeypatch
):
    (tmp_path / "licence.jpg").write_bytes(jpeg())
    monkeypatch.setenv("ZHIFA_CHOSEN", str(tmp_path / "licence.jpg"))
    with hands_on(store) as hands:
        hands.app.go("plant", entity_id=entity_id(9))
        page = hands.app.page
        page.choose_shot(page.ids.left.children[-1])
        await hands.until(lambda: page.shot is not None)
        kept = page.shot
        hands.app.on_pause()
        assert page.shot == kept
        assert store.files.read(kept.path) == jpeg()
        await hands.key("escape")
        await hands.until(lambda: hands.app.page is not page)
        assert not (store.folder / kept.path).exists()


async def test_whoever_cannot_come_is_replaced_as_the_visit_begins(store, hands_on):
    ill = scheme(5, today())["id"]
    with hands_on(store) as hands:
        hands.app.go("plant", entity_id=entity_id(5), scheme_id=ill)
        officers = hands.app.page._form.ids.officers
        assert officers.chosen == [OTHER, THIRD]
        await hands.press("开始检查")
        assert "何静" in hands.app.page.ids.banner.detail
        await hands.press("何静")
        await hands.press("开始检查")
        visit = store.inspections.of_scheme(ill)
        assert visit.officers == [ME, OTHER]
        assert visit.scheme_id == ill
