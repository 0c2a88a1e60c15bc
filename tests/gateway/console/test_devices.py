"""平板 in the office: let in by a QR code, frozen, wiped, and the alarm when one was copied."""

import asyncio
import copy
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from tests.gateway.console.conftest import sign_in
from tests.ledger_svc.devices import Slate, given_code

pytestmark = pytest.mark.browser
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
async def administrator(visitor, office):
    """A browser window of the administrator: `await administrator(width=400)`."""

    async def open_(**options):
        page = await visitor(**options)
        await page.goto("/sign-in")
        await sign_in(page, "administrator", office.bureau.administrator_password)
        await page.wait_for_url("**/")
        return page

    return open_


async def enrolled(office, name):
    """A device of the county, let in through the API."""
    slate = Slate()
    client = await office.bureau.as_administrator()
    code = (await given_code(client))["code"]
    assert (await slate.enrol(await office.act("zhangyue"), code, name=name)).status_code == 200
    return slate


def row(page, name):
    return page.locator("tbody tr").filter(has_text=name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_qr_on_the_page_lets_a_tablet_in(administrator, office, scheme):
    page = await administrator(color_scheme=scheme)
    await page.get_by_role("link", name="平板", exact=True).click()
    await page.get_by_role("link", name="注册平板").first.click()
    await page.get_by_label("平板所属单位").select_option("140882")
    await page.get_by_role("button", name="发放注册码").click()
    picture = await page.get_by_role("img", name="注册二维码").screenshot()
    # Decoding takes a while: not in the loop in which the house runs.
    read = await asyncio.to_thread(zxingcpp.read_barcodes, Image.open(BytesIO(picture)))
    code = await page.locator(".big-code").inner_text()
    assert [one.text for one in read] == [f"zhifa-enrol:1:{office.url}:{code}"]
    slate = Slate()
    name = f"新平板{scheme}"
    await slate.enrol(await office.act("zhangyue"), code, name=name)
    await page.get_by_role("link", name="是否已注册").click()
    await page.get_by_role("heading", name="已注册").wait_for()
    assert name in await page.locator("main").inner_text()
    await page.get_by_role("link", name="查看平板").click()
    assert "在用" in await row(page, name).inner_text()


@pytest.mark.parametrize("width", [1280, 400])
async def test_a_device_is_frozen_brought_back_and_asked_to_wipe_itself(
    administrator, office, width
):
    name = f"冻结平板{width}"
    slate = await enrolled(office, name)
    officer = await office.act("zhangyue")
    await slate.say(officer)
    page = await administrator(width=width)
    await page.goto("/devices")
    text = await row(page, name).inner_text()
    assert "信件 3" in text
    assert "张岳" in text
    assert await page.evaluate(OVER) <= 0
    await row(page, name).get_by_text("冻结", exact=True).click()
    await row(page, name).get_by_label("原因").first.fill("平板遗失")
    await row(page, name).get_by_role("button", name="冻结这台平板").click()
    await row(page, name).get_by_text("已冻结").wait_for()
    assert "平板遗失" in await row(page, name).inner_text()
    assert (await slate.say(officer))["state"] == "frozen"
    await row(page, name).get_by_text("恢复使用").first.click()
    await row(page, name).get_by_role("button", name="恢复使用").click()
    await row(page, name).get_by_text("在用").wait_for()
    await row(page, name).get_by_text("擦除", exact=True).click()
    # Nothing is asked for by a slip of the hand: a reason, and a box that says it was looked at.
    wipe = row(page, name).locator("form").filter(has_text="要求擦除")
    await wipe.get_by_role("button", name="要求擦除").click()
    assert await row(page, name).get_by_text("等待擦除").count() == 0
    await wipe.get_by_label("原因").fill("人员调离，平板收回")
    await wipe.get_by_label("平板名称和编号已核对").check()
    await wipe.get_by_role("button", name="要求擦除").click()
    await row(page, name).get_by_text("等待擦除").wait_for()
    assert (await slate.say(officer))["state"] == "wipe_requested"
    await slate.say(officer, wiped=True)
    await page.goto("/devices")
    assert "已擦除" in await row(page, name).inner_text()
    assert await row(page, name).get_by_role("button").count() == 0


async def test_a_copied_device_raises_an_alarm_until_somebody_has_looked(administrator, office):
    slate = await enrolled(office, "被复制的平板")
    officer = await office.act("zhangyue")
    twin = copy.copy(slate)
    for _ in range(2):
        await slate.say(officer)
    await twin.say(officer)
    page = await administrator()
    await page.goto("/devices")
    alert = page.get_by_role("alert").filter(has_text="被复制的平板")
    assert "没有丢失" in await alert.inner_text()
    await row(page, "被复制的平板").get_by_text("解除告警").first.click()
    await row(page, "被复制的平板").get_by_role("button", name="解除告警").click()
    await page.wait_for_url("**/devices")
    assert await page.get_by_role("alert").count() == 0


async def test_an_officer_has_no_page_of_devices(visitor):
    page = await visitor("zhangyue")
    assert await page.get_by_role("link", name="平板", exact=True).count() == 0
    assert (await page.goto("/devices")).status == 403
