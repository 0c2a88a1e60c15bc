"""The office sees which visits were not carried out, and why."""

from tests.case_svc.on_the_spot import evidence, inspection, recorded, uploaded
from tests.case_svc.test_called_off import calling_off
from tests.examples import jpeg


async def test_a_refused_entry_is_read_with_its_photo_and_what_the_law_says(visitor, office):
    photo, tablet = jpeg(64, 48, seed=9), await office.act("zhangyue")
    body = calling_off(inspection(office.complete[3]))
    (await tablet.put(f"/v1/called-off-visits/{body['id']}", json=body)).raise_for_status()
    declared = evidence(body["id"], photo, caption="大门")
    (await tablet.put(f"/v1/evidence/{declared['id']}", json=declared)).raise_for_status()
    await uploaded(tablet, photo)
    page = await visitor("zhangyue")
    await page.goto("/inspections")
    await page.get_by_role("link", name="未能检查").click()
    row = page.locator("tbody tr").filter(has=page.locator(f'a[href$="{body["id"]}"]'))
    assert "拒绝检查" in await row.inner_text()
    await row.locator("a").click()
    assert body["witness"] in await page.locator(".facts-card").inner_text()
    assert "二万元以上二十万元以下" in await page.locator(".note").inner_text()
    await page.locator(".photos img").scroll_into_view_if_needed()
    await page.wait_for_function("document.querySelector('.photos img').naturalWidth === 64")
    stamped = await page.request.get(f"/evidence/{declared['id']}/stamped")
    assert stamped.headers["content-type"] == "image/jpeg"
    neighbour = await visitor("linhai")
    assert (await neighbour.request.get(f"/inspections/called-off/{body['id']}")).status == 404


async def test_a_record_that_came_after_all_stands_and_says_so(visitor, office):
    tablet, about = await office.act("zhangyue"), inspection(office.complete[3])
    body = calling_off(about, why="shut", witness="")
    (await tablet.put(f"/v1/called-off-visits/{body['id']}", json=body)).raise_for_status()
    await recorded(tablet, about)
    page = await visitor("zhangyue")
    await page.goto(f"/inspections/{about['id']}")
    await page.locator(".note a").click()
    assert "以检查记录为准" in await page.locator(".note").inner_text()
