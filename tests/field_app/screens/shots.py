"""Pictures of every screen, light and dark, in three sizes: `make pictures`.

`python -m …shots FOLDER [WxH …]`: the sizes, else a small laptop, a laptop, a tablet held upright.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from deploy.display import ensure
from tests.field_app.screens.display import Hands, beside
from tests.field_app.screens.prepared import HERE, entity_id, fill, said_by_colleague, scheme, today

SIZES = tuple(tuple(map(int, one.split("x"))) for one in sys.argv[2:]) or (
    (800, 600),
    (1280, 800),
    (1000, 1600),
)


async def tour(hands: Hands, store: Any, folder: Path, mark: str) -> None:
    """Walk through the day, one picture a screen."""
    from field_app.actions.answer_item import answer_item
    from field_app.camera import DRAWN
    from field_app.screens.told import Told

    for name, data in (("SOUND", b"ID3\x04"), ("VIDEO", b"\0\0\0\x18ftypisom")):
        (folder / name).write_bytes(data)
        os.environ[f"ZHIFA_{name}"] = str(folder / name)
    os.environ.setdefault("ZHIFA_CAMERA", DRAWN)
    app = hands.app

    async def shot(name: str) -> None:
        await hands.frames(8)
        await hands.picture(folder / f"{name}-{mark}.png")

    app.location = {"lat": HERE.lat, "lon": HERE.lon, "accuracy": 8.0, "datum": "WGS84"}
    app.page.repaint()
    await shot("02-today")
    app.page.ids.scroll.scroll_y = 0
    await shot("02-today-end")
    app.go("plant")
    await shot("03-search")
    app.page.ids.words.text = "hjs"
    await hands.settle(0.5)
    await shot("03-search-initials")
    app.go("scan")
    app.page.enter()
    await shot("03-scan")
    app.back()
    app.page.ids.words.text = "没有这家"
    await hands.settle(0.5)
    await shot("03-search-empty")
    app.page.ids.words.text = ""
    app.go("plant", entity_id=entity_id(9))
    await shot("03-plant-incomplete")
    await hands.press("保存补充")
    await shot("03-plant-incomplete-refused")
    form = app.page.ids.left.children[-1]
    form._inputs["principal_mobile"].text = "13935912346"
    form.ids.source.ids.chips.children[-3].chosen = True
    form.save()
    await shot("03-plant-filled")
    app.page.ids.scroll.scroll_y = 0
    await shot("03-plant-filled-end")
    app.home()
    app.go("plant", entity_id=entity_id(7))
    await shot("03-plant-hazards")
    app.home()
    app.go("plant", entity_id=entity_id(3))
    await shot("03-plant")
    app.page.ids.scroll.scroll_y = 0
    await shot("03-plant-end")
    app.home()
    app.go("plant", entity_id=entity_id(1), scheme_id=scheme(1, today())["id"])
    await shot("03-plant-scheme")
    app.page.begin()
    app.page.add_person()
    await shot("03-certificate")
    app.page.ids.scroll.scroll_y = 0
    await shot("03-certificate-end")
    app.go("call_off", inspection_id=app.page.inspection_id)
    await hands.settle(0.3)
    await hands.press("拒绝检查")
    await shot("03-call-off")
    app.page.ids.scroll.scroll_y = 0
    await shot("03-call-off-end")
    app.back()
    app.page.go_on()
    await shot("04-checklist")
    inspection = app.page.inspection_id
    if os.environ.get("ONLY") == "plant":
        return
    await hands.key("1")
    await hands.key("3")
    await hands.key("2")
    await hands.key("c")
    await hands.settle(0.3)
    await shot("04-checklist-unmet")
    app.page.ids.scroll.scroll_y = 0
    await shot("04-checklist-unmet-end")
    app.page.switch_major()
    app.page.record()
    await shot("04-checklist-recording")
    app.page.record()
    app.page.show_evidence()
    await hands.press("照片　")
    await shot("04-checklist-evidence")
    app.page.above.dismiss(animation=False)
    app.page.offer_remarks()
    await shot("04-checklist-remarks")
    app.page.above.dismiss(animation=False)
    app.page.look_up()
    await shot("04-checklist-clauses")
    app.page.above.ids.words.text = "教育培训"
    await hands.settle(0.4)
    await shot("04-checklist-clauses-found")
    app.page.above.ids.words.text = "粉尘"
    await hands.settle(0.4)
    app.page.above.ids.words.text = "彩钢板宿舍"
    await hands.settle(0.4)
    await shot("04-checklist-clauses-beyond")
    await hands.press("都不合适")
    app.page.switch_major()
    await shot("04-checklist-own")
    app.page.ids.scroll.scroll_y = 0
    await shot("04-checklist-own-end")
    app.page.turn_to("G03")
    app.page.record_another()
    app.page.to_top()
    await shot("04-checklist-another")
    app.page.show_lists()
    await shot("04-checklist-lists")
    await hands.press("有限空间")
    app.page.listing = True
    app.page.ids.list.scroll_y = 0
    await shot("04-checklist-list-beside")
    app.page.listing = False
    app.page.show_lists()
    await hands.press("改用新版")
    await shot("04-checklist-renewed")
    if os.environ.get("ONLY") == "checklist":
        return
    said_by_colleague(store, inspection, {"G02": "met", "G05": "not_applicable"})
    app.page.code = "G02"
    app.page.repaint()
    app.page.to_top()
    await shot("04-checklist-differing")
    app.page.code = "G05"
    app.page.repaint()
    await shot("04-checklist-colleague")
    app.page.finish()
    await shot("04-checklist-differing-refused")
    for one in app.page._item.differences:
        app.page.settle(one.field, one.choices[0].patch)
    app.page.finish()
    await shot("04-checklist-refused")
    app.page.listing = True
    app.page.ids.banner.close()
    await shot("04-checklist-list")
    app.page.listing = False
    for item in store.packs.asked(store.inspections.one(inspection).checklists).items:
        if item.code not in store.inspections.answers(inspection):
            answer_item(store, inspection, item.code, "met")
    app.page.finish()
    await shot("05-documents")
    await hands.press("责令限期整改指令书")
    await shot("05-order")
    app.page.ids.scroll.scroll_y = 0
    await shot("05-order-end")
    await hands.press("同行人员在其平板签名")
    await shot("05-cosign-asks")
    app.back()
    app.page.press()
    await hands.settle(0.4)
    await shot("05-order-refused")
    for name in ("张岳", "李青", "贺平川"):
        shown = app.page._paper
        signers = [one for one in shown.signers if not one.signed and one.role != "witness"]
        app.page.ask_to_sign(signers[0])
        await hands.frames(6)
        pad = app.page.signing.ids.pad
        x, y = pad.to_window(pad.center_x, pad.center_y)
        await hands.touch(*((x - 150 + 10 * at, y + (at * 37) % 90 - 45) for at in range(30)))
        if name == "李青":
            await shot("05-signing")
        await hands.press("确认签名")
    app.page.press()
    await hands.settle(0.5)
    await hands.until(lambda: not app.page.busy)
    await shot("05-order-issued")
    app.back()
    await hands.press("现场检查记录")
    await shot("05-record")
    app.page.write()
    await shot("05-record-writing")
    app.home()
    app.go("reinspection", inspection_id="1a500000-0000-4000-8000-000000000007")
    await shot("06-reinspection-begin")
    app.page._officers.ids.chips.children[0].chosen = True
    app.page.press()
    await shot("06-reinspection")
    app.home()
    await shot("02-today-later")
    app.go("outbox")
    await shot("07-outbox")
    app.home()
    from datetime import timedelta

    from field_app.contact import note
    from field_app.moments import kept, now

    long_ago = kept(now() - timedelta(days=6))
    for device in (store.installation, app.vault.device):
        note(
            device, state="frozen", reason="平板遗失", unit="140882", cloned=True,
            unit_name="河津市应急管理局", heard_at=long_ago, offline_days=7, skew=700,
            gateway="https://zhifa.example:8443",
        )  # fmt: skip
    app.home()
    await shot("02-today-frozen")
    app.go("device")
    await shot("08-device-frozen")
    app.home()
    app.go("outbox")
    letters = store.outbox.letters()
    with store.atomic():
        store.outbox.sent(
            letters[0].id,
            {"letter": letters[0].id, "sha256": letters[0].sha256, "received_at": letters[0].written_at,
             "state": "applied"},
        )  # fmt: skip
        store.outbox.refused(
            letters[1],
            {"code": "evidence-elsewhere", "title": "证据所属的检查与登记不一致",
             "detail": "照片登记的检查对象与检查记录不同", "law": "行政处罚法 §46",
             "next_step": "核对照片所属检查项后重新送出"},
            None,
        )  # fmt: skip
    app.page.repaint()
    await shot("07-outbox-refused")
    app.page.say(
        Told("没有全部送出", "暂时联系不上服务器，稍后自动再送", next_step="未送达的都在本机"),
        "warn",
    )
    await shot("07-outbox-banner")


async def main(folder: Path) -> None:
    from tests.field_app.screens.display import running

    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        for theme in os.environ.get("THEMES", "light dark").split():
            mark = f"{size[0]}-{theme}"
            with tempfile.TemporaryDirectory() as place:
                store = fill(Path(place) / "empty", signed_in=False, refreshed=False)
                beside(store).theme = theme
                with running(store) as hands:
                    hands.window.size = size
                    await hands.settle(0.5)
                    await hands.picture(folder / f"01-sign-in-{mark}.png")
                    hands.app.go("device")
                    await hands.picture(folder / f"08-device-new-{mark}.png")
                    hands.app.back()
                    await hands.press("登录")
                    await hands.picture(folder / f"01-sign-in-refused-{mark}.png")
                    store.set(
                        "me", {"name": "张岳", "unit_name": "河津市应急管理局", "officer": "1"}
                    )
                    store.set("token", {"access": "a"})
                    hands.app.home()
                    await hands.picture(folder / f"02-today-empty-{mark}.png")
                    hands.app.go("outbox")
                    await hands.picture(folder / f"07-outbox-empty-{mark}.png")
                store.close()
                store = fill(Path(place) / "full")
                beside(store).theme = theme
                from tests.field_app.screens.prepared import begun

                begun(store)
                with running(store) as hands:
                    await tour(hands, store, folder, mark)
                store.close()


if __name__ == "__main__":
    ensure()
    with tempfile.TemporaryDirectory() as home:
        from field_app.look.window import prepare, use_chinese

        os.environ.pop("WAYLAND_DISPLAY", None)
        prepare(Path(home))
        use_chinese()
        asyncio.run(main(Path(sys.argv[1])))
