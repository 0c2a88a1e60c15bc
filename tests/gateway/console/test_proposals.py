"""台账补充 in the office: what officers found beside what the ledger holds, accepted or declined."""

import hashlib
from uuid import uuid4

import pytest

from tests.examples import jpeg

pytestmark = pytest.mark.browser
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def found(office, plant, value, field="legal_rep", **changes):
    """An officer proposes a value for a plant."""
    officer = await office.act("zhangyue")
    held = (await officer.get(f"/v1/entities/{plant}")).json()["values"].get(field, "")
    body = {
        "id": str(uuid4()), "entity_id": plant, "field": field, "old_value": held,
        "new_value": value, "source": "licence", "written_at": "2026-06-23T01:00:00Z",
        "device": "平板一",
    } | changes  # fmt: skip
    answer = await officer.put(f"/v1/proposals/{body['id']}", json=body)
    assert answer.is_success, answer.text
    return body["id"]


async def held(office, plant, field="legal_rep"):
    clerk = await office.act("hejing")
    return (await clerk.get(f"/v1/entities/{plant}")).json()["values"][field]


async def waiting(page):
    """The number on the menu; 0 when there is none."""
    badge = page.get_by_role("navigation", name="主菜单").locator(".badge")
    return int(await badge.inner_text()) if await badge.count() else 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
async def test_a_value_is_seen_beside_the_old_one_and_accepted_by_keyboard(
    visitor, office, width, scheme
):
    plant, value = office.complete[0], f"卫长{width}"
    before = await held(office, plant)
    id_ = await found(office, plant, value)
    page = await visitor("hejing", width=width, color_scheme=scheme)
    count = await waiting(page)
    assert count >= 1
    await page.goto("/proposals")
    row = page.locator(f"#p-{id_}")
    text = await row.inner_text()
    for said in (before, value, "营业执照", "张岳", "法定代表人"):
        assert said in text
    assert await page.evaluate(OVER) <= 0
    await row.get_by_role("button", name="采纳").first.focus()
    await page.keyboard.press("Enter")
    await row.wait_for(state="detached")
    assert await waiting(page) == count - 1
    assert await held(office, plant) == value
    await page.get_by_role("link", name="已采纳").click()
    assert "核定" in await page.locator(f"#p-{id_}").inner_text()


async def test_one_is_declined_only_with_a_reason(visitor, office):
    plant = office.complete[1]
    before = await held(office, plant)
    id_ = await found(office, plant, "不是此人", source="other", source_note="门卫所说")
    page = await visitor("hejing")
    await page.goto("/proposals")
    row = page.locator(f"#p-{id_}")
    assert "门卫所说" in await row.inner_text()
    await row.get_by_text("不采纳").first.focus()
    await page.keyboard.press("Enter")
    button = row.get_by_role("button", name="不采纳", exact=True)
    await button.click()
    assert await row.count() == 1
    await row.get_by_label("原因").fill("与营业执照不符")
    await button.click()
    await row.wait_for(state="detached")
    assert await held(office, plant) == before
    await page.get_by_role("link", name="未采纳").click()
    assert "与营业执照不符" in await page.locator(f"#p-{id_}").inner_text()


async def test_a_plant_that_changed_meanwhile_is_shown_anew_before_it_is_decided(visitor, office):
    plant = office.complete[2]
    id_ = await found(office, plant, "卫长庚")
    page = await visitor("hejing")
    await page.goto("/proposals")
    clerk = await office.act("hejing")
    changed = {"values": {"legal_rep": "卫长明"}}
    assert (await clerk.put(f"/v1/entities/{plant}", json=changed)).is_success
    row = page.locator(f"#p-{id_}")
    await row.get_by_role("button", name="采纳").first.click()
    alert = page.get_by_role("alert")
    await alert.wait_for()
    assert "已有变更" in await alert.inner_text()
    assert "卫长明" in await row.inner_text()
    await row.get_by_role("button", name="采纳").first.click()
    await row.wait_for(state="detached")
    assert await held(office, plant) == "卫长庚"


async def test_an_officer_sees_them_and_decides_nothing(visitor, office):
    id_ = await found(office, office.complete[3], "另一人")
    page = await visitor("zhangyue")
    assert await waiting(page) == 0
    await page.goto("/proposals")
    row = page.locator(f"#p-{id_}")
    assert "另一人" in await row.inner_text()
    assert await row.get_by_role("button").count() == 0


async def test_a_photo_is_seen_beside_the_value_before_it_is_decided(visitor, office):
    photo = jpeg()
    sha256 = hashlib.sha256(photo).hexdigest()
    id_ = await found(office, office.complete[1], "卫长照", evidence_sha256=sha256)
    await office.settle()
    page = await visitor("hejing")
    await page.goto("/proposals")
    row = page.locator(f"#p-{id_}")
    assert "原件尚未送达" in await row.inner_text()
    officer = await office.act("zhangyue")
    sent = await officer.put(
        f"/v1/files/{uuid4()}", content=photo, headers={"content-type": "image/jpeg"}
    )
    assert sent.is_success, sent.text
    for width, scheme in ((1280, "light"), (400, "dark")):
        page = await visitor("hejing", width=width, color_scheme=scheme)
        await page.goto("/proposals")
        row = page.locator(f"#p-{id_}")
        image = row.get_by_role("img", name="随补充所附的照片")
        await image.scroll_into_view_if_needed()
        await page.wait_for_function(
            "one => one.complete && one.naturalWidth > 0", arg=await image.element_handle()
        )
        assert await page.evaluate(OVER) <= 0
    answer = await page.request.get(f"/proposals/{id_}/photo")
    assert await answer.body() == photo
    assert (await page.request.get(f"/proposals/{uuid4()}/photo")).status == 404
