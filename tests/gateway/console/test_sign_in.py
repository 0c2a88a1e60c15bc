"""Somebody signs in at the office."""

import httpx
import pytest

from services.kit.settings import ROOT
from tests.gateway.console.conftest import sign_in

pytestmark = pytest.mark.browser


async def test_a_wrong_password_is_told_and_the_name_stays(visitor):
    page = await visitor()
    await page.goto("/")
    assert "/sign-in" in page.url
    await sign_in(page, "hejing", "Wrong-pass-1")
    await page.get_by_role("alert").wait_for()
    assert "帐号或口令不正确" in await page.get_by_role("alert").inner_text()
    assert await page.get_by_label("帐号").input_value() == "hejing"
    assert await page.get_by_label("口令").input_value() == ""


async def test_signing_in_leads_back_to_where_one_was_going(visitor):
    page = await visitor()
    await page.goto("/entities?complete=false")
    await sign_in(page, "hejing")
    await page.wait_for_url("**/entities?complete=false")
    assert await page.get_by_role("heading", name="企业台账").is_visible()


async def test_another_site_is_no_place_to_go_after_signing_in(visitor, office):
    page = await visitor()
    await page.goto("/sign-in?next=//example.invalid/")
    await sign_in(page, "hejing")
    await page.wait_for_url(f"{office.url}/")


async def test_the_menu_holds_what_the_account_may_do(visitor):
    page = await visitor("hejing")
    menu = await page.get_by_role("navigation", name="主菜单").get_by_role("link").all_inner_texts()
    # What waits is counted beside its name.
    named = [one.partition("\n")[0] for one in menu]
    assert named == ["工作台", "企业台账", "台账补充", "台账导入", "培训", "考核指标"]
    await page.goto("/plans")
    assert "没有办理此事项的权限" in await page.get_by_role("alert").inner_text()


async def test_after_signing_out_the_session_is_over(visitor):
    page = await visitor("hejing")
    await page.get_by_role("button", name="退出").click()
    await page.wait_for_url("**/sign-in")
    await page.goto("/entities")
    assert "/sign-in" in page.url


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(visitor):
    page = await visitor("hejing")
    (cookie,) = [c for c in await page.context.cookies() if c["name"] == "zhifa_office"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert await page.evaluate("document.cookie") == ""


async def test_a_cookie_that_is_not_ours_is_nobody(office):
    async with httpx.AsyncClient(base_url=office.url) as client:
        answer = await client.get("/entities", headers={"cookie": "zhifa_office=gAAAAABforged"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


async def test_without_script_everything_still_works(visitor):
    page = await visitor("hejing", java_script_enabled=False)
    await page.goto("/entities")
    await page.locator("select[name=complete]").select_option("不完整")
    await page.get_by_role("button", name="查询").click()
    await page.wait_for_url("**complete=false**")
    assert await page.locator("tbody tr").count() == 1


def test_no_page_carries_script_or_style_of_its_own():
    templates = list((ROOT / "gateway" / "console" / "templates").rglob("*.html"))
    assert len(templates) > 20
    for template in templates:
        text = template.read_text("utf-8")
        assert "<script>" not in text, template
        assert " style=" not in text, template
        assert " onclick=" not in text, template
