"""A figure opens into the records behind it, and they into their own pages."""

import pytest

from gateway.console.showing import width

pytestmark = pytest.mark.browser


async def test_a_figure_opens_into_those_who_are_missing_and_those_who_count(visitor, office):
    await office.settle()
    page = await visitor("chenlan")
    await page.goto("/")
    await page.locator(".gauge").filter(has_text="执法人员录入率").click()
    await page.goto("/indicators")
    card = page.locator("#officers-entered")
    text = await card.inner_text()
    assert "83.33%" in text
    assert "差 1" in text
    await card.get_by_role("link", name="差 1").click()
    await page.wait_for_url("**part=missing**")
    (missing,) = await page.locator(".rows li").all_inner_texts()
    assert "陆川" in missing
    assert "未录入" in missing
    # Whoever has not been entered has no page to open; whoever counts has.
    assert await page.locator(".rows a").count() == 0
    await page.get_by_role("link", name="已计入").click()
    await page.wait_for_url("**part=counted**")
    assert await page.locator(".rows li").count() == 5
    await page.get_by_role("link", name="张岳").click()
    await page.wait_for_url("**/officers/*")
    assert "14088200001" in await page.locator(".facts").inner_text()


async def test_a_plant_that_is_missing_opens_into_its_ledger_page(visitor, office):
    await office.settle()
    page = await visitor("chenlan")
    await page.goto("/indicators/ledger-completeness?unit=140882&part=missing")
    await page.locator(".rows a").first.click()
    await page.wait_for_url(f"**/entities/{office.incomplete}")


async def test_an_online_rate_says_how_it_is_counted(visitor):
    page = await visitor("chenlan")
    await page.goto("/indicators")
    card = page.locator("#online-industry-and-trade")
    await card.get_by_text("口径说明").click()
    assert "补录的计入分母、不计入分子" in await card.inner_text()


async def test_a_year_before_the_system_has_no_figures_and_no_errors(visitor):
    page = await visitor("chenlan")
    await page.goto("/indicators?year=2023")
    assert await page.locator(".indicator").count() == 7
    assert "还没有可以计算的数据" in await page.locator("#officers-entered").inner_text()


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 6), (99_999, 100_000), (6, 6)])
def test_a_bar_is_full_only_where_nothing_is_missing(numerator, denominator):
    assert (width(numerator, denominator) == 100) == (numerator == denominator)
