"""A leader who is away lets somebody stand in, in a browser; it ends by its day or before."""

import pytest

pytestmark = pytest.mark.browser
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
async def test_a_leader_lets_the_chief_stand_in_and_ends_it(visitor, width, scheme):
    head = await visitor("zhaomingyuan", width=width, color_scheme=scheme)
    await head.goto("/work-list")
    await head.get_by_role("link", name="委托代行").click()
    await head.get_by_label("审批", exact=True).check()
    await head.get_by_label("王衡").check()
    await head.get_by_label("理由").fill(f"省厅学习{width}")
    assert await head.evaluate(OVER) <= 0
    await head.get_by_role("button", name="委托", exact=True).click()
    row = head.locator("li", has_text=f"省厅学习{width}")
    assert "赵明远 委托 王衡 代行审批" in await row.inner_text()
    chief = await visitor("wangheng")
    await chief.goto("/delegations")
    theirs = chief.locator("li", has_text=f"省厅学习{width}")
    assert "代行中" in await theirs.inner_text()
    assert await theirs.get_by_role("button", name="提前终止").count() == 0
    await row.get_by_role("button", name="提前终止").click()
    await head.locator("li", has_text=f"省厅学习{width}").get_by_text("已终止").wait_for()
    assert await head.evaluate(OVER) <= 0


async def test_days_that_are_none_are_refused_and_nothing_typed_is_lost(visitor):
    head = await visitor("zhaomingyuan")
    await head.goto("/delegations")
    await head.get_by_label("审批", exact=True).check()
    await head.get_by_label("王衡").check()
    await head.locator('[name="until"]').fill("2020-01-01")
    await head.get_by_label("理由").fill("出差")
    await head.get_by_role("button", name="委托", exact=True).click()
    assert "截止日应当在起始日之后" in await head.locator("[role=alert]").inner_text()
    assert await head.get_by_label("王衡").is_checked()
    assert await head.get_by_label("理由").input_value() == "出差"


async def test_nobody_gives_but_what_they_have_and_only_to_who_can_stand_in(visitor):
    page = await visitor("zhangyue")
    await page.goto("/delegations")
    powers = page.locator('[name="power"]')
    assert [await one.get_attribute("value") for one in await powers.all()] == ["case.archive"]
