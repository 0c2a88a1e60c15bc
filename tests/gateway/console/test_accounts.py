"""Accounts, units and trainings are kept in the office, by its administrator."""

import pytest

from tests.gateway.console.conftest import sign_in
from tests.gateway.console.test_cases import OVER

pytestmark = pytest.mark.browser


@pytest.fixture
async def administrator(office, visitor):
    """The administrator's window."""
    page = await visitor()
    await page.goto("/sign-in")
    await sign_in(page, "administrator", office.bureau.administrator_password)
    await page.wait_for_url("**/")
    return page


async def test_an_account_is_opened_changed_given_a_password_and_closed(
    administrator, visitor, office
):
    page = administrator
    await page.get_by_role("link", name="帐号", exact=True).click()
    await page.get_by_role("link", name="开设帐号").click()
    await page.get_by_label("姓名").fill("郑开设")
    await page.get_by_label("帐号名").fill("zhangyue")
    first = await page.get_by_label("初始口令").input_value()
    await page.get_by_role("button", name="开设帐号").click()
    # Refused: nothing that was typed is lost.
    await page.get_by_role("alert").get_by_text("至少选择一个角色").wait_for()
    await page.get_by_role("checkbox", name="法制审核人员").check()
    await page.get_by_role("button", name="开设帐号").click()
    await page.get_by_role("alert").get_by_text("该帐号名已被使用").wait_for()
    assert await page.get_by_label("姓名").input_value() == "郑开设"
    await page.get_by_label("帐号名").fill("zhengkaishe")
    await page.get_by_label("单位").select_option("140882")
    await page.get_by_label("管辖").select_option("140882")
    await page.get_by_role("button", name="开设帐号").click()
    await page.wait_for_url("**told=opened")

    theirs = await visitor()
    await theirs.goto("/sign-in")
    await sign_in(theirs, "zhengkaishe", first)
    await theirs.wait_for_url("**/")
    assert await theirs.get_by_role("link", name="台账导入").count() == 0
    await page.get_by_role("checkbox", name="台账管理员").check()
    await page.get_by_role("button", name="保存").click()
    await page.wait_for_url("**told=changed")
    assert await page.get_by_role("checkbox", name="法制审核人员").is_checked()

    await page.get_by_role("button", name="重置口令").click()
    second = await page.locator(".secret").inner_text()
    assert second != first
    again = await visitor()
    await again.goto("/sign-in")
    await sign_in(again, "zhengkaishe", first)
    await again.get_by_text("帐号或口令不正确").wait_for()
    await sign_in(again, "zhengkaishe", second)
    await again.wait_for_url("**/")
    await page.get_by_role("button", name="停用帐号").click()
    await page.wait_for_url("**told=closed")
    await again.get_by_role("button", name="退出").click()
    await sign_in(again, "zhengkaishe", second)
    await again.get_by_text("帐号已停用").wait_for()
    await page.goto("/accounts?q=郑开设")
    assert "已停用" in await page.locator("tbody tr").inner_text()


async def test_the_certificate_of_an_officer_tells_what_the_account_needs(administrator, office):
    client = await office.bureau.as_administrator()
    people = (await client.get("/v1/officers?unit=140882")).json()["items"]
    one = people[0]
    await administrator.goto(f"/accounts/new?officer={one['id']}")
    assert await administrator.get_by_label("姓名").input_value() == one["name"]
    assert await administrator.get_by_label("单位").input_value() == "140882"
    assert (
        await administrator.get_by_label("执法人员", exact=False).first.input_value() == one["id"]
    )


async def test_a_unit_is_renamed_and_a_training_recorded_with_who_attended(administrator, office):
    page = administrator
    await page.goto("/units")
    row = page.locator("#u-140881")
    await row.get_by_text("更改").click()
    await row.get_by_label("名称").fill("永济市应急管理局（更名）")
    await row.get_by_role("button", name="保存").click()
    await page.wait_for_url("**kept=140881*")
    assert "（更名）" in await page.locator("#u-140881").inner_text()

    await page.goto("/trainings/new")
    await page.get_by_label("名称").fill("“互联网+执法”应用培训")
    await page.get_by_label("学时").fill("半天")
    await page.get_by_role("checkbox", name="张岳").check()
    await page.get_by_role("button", name="登记").click()
    await page.get_by_role("alert").get_by_text("学时应为数字").wait_for()
    assert await page.get_by_role("checkbox", name="张岳").is_checked()
    await page.get_by_label("学时").fill("4.5")
    await page.get_by_role("button", name="登记").click()
    await page.wait_for_url("**/trainings")
    held = page.locator(".papers > li").filter(has_text="应用培训").first
    await held.get_by_text("参训人员").click()
    assert "张岳" in await held.inner_text()


async def test_only_who_keeps_accounts_sees_them(visitor):
    officer = await visitor("zhangyue")
    assert await officer.get_by_role("link", name="帐号", exact=True).count() == 0
    assert (await officer.request.get("/accounts")).status == 403
    assert (await officer.request.get("/accounts/new")).status == 403


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
async def test_no_page_of_accounts_is_wider_than_the_window(office, visitor, width, scheme):
    page = await visitor(width=width, color_scheme=scheme)
    await page.goto("/sign-in")
    await sign_in(page, "administrator", office.bureau.administrator_password)
    await page.wait_for_url("**/")
    client = await office.bureau.as_administrator()
    one = (await client.get("/v1/accounts")).json()["items"][0]["id"]
    for path in (
        "/accounts",
        "/accounts/new",
        f"/accounts/{one}",
        "/units",
        "/trainings",
        "/trainings/new",
    ):
        await page.goto(path)
        assert await page.get_by_role("alert").count() == 0, path
        for details in await page.locator("main details").all():
            await details.evaluate("one => one.open = true")
        assert await page.evaluate(OVER) <= 0, path
