"""文号 in the office: every number accounted for; a lost tablet's lease frozen, a spoilt paper voided."""

from datetime import date
from uuid import uuid4

import pytest

from deploy.day.bureau import good

pytestmark = pytest.mark.browser
YEAR = date.today().year  # noqa: DTZ011 - the year of the office's own page


@pytest.mark.parametrize("width", [1280, 400])
async def test_a_gap_is_explained_voided_and_frozen_on_the_page(visitor, office, width):
    officer = await office.act("zhangyue")
    device = f"平板{uuid4().hex[:6]}"
    asked = {"document": "reinspection-opinion", "year": YEAR, "device": device, "count": 10}
    lease = good(await officer.put(f"/v1/number-leases/{uuid4()}", json=asked))
    page = await visitor("wangheng", width=width)
    await page.goto("/numbers")
    await page.get_by_role("link", name="整改复查意见书").click()
    row = page.locator("tbody tr").filter(has_text=device)
    assert "在平板上，尚未使用" in await row.inner_text()
    await row.get_by_text("办理").click()
    await row.get_by_label("作废序号").fill(str(lease["first"] + 2))
    await row.get_by_label("作废原因").fill("纸质文书损毁")
    await row.get_by_role("button", name="作废此文号").click()
    await page.locator("tbody tr").filter(has_text="纸质文书损毁").first.wait_for()
    row = page.locator("tbody tr").filter(has_text=device).filter(has_text="在平板").first
    await row.get_by_text("办理").click()
    await row.get_by_label("冻结原因").fill("平板遗失")
    await row.get_by_role("button", name="冻结此文号段").click()
    frozen = page.locator("tbody tr").filter(has_text=device).filter(has_text="平板遗失")
    await frozen.first.wait_for()
    assert await frozen.count() == 2  # before and behind the voided number
    counts = [int(text) for text in await page.locator(".legend dd").all_inner_texts()]
    assert sum(counts[:-1]) == counts[-1] == lease["last"]
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(over) <= 0


async def test_an_officer_sees_where_the_numbers_are_and_changes_nothing(visitor, office):
    officer = await office.act("zhangyue")
    asked = {"document": "correction-order", "year": YEAR, "device": "平板乙", "count": 2}
    good(await officer.put(f"/v1/number-leases/{uuid4()}", json=asked))
    page = await visitor("zhangyue")
    await page.goto("/numbers")
    await page.get_by_role("link", name="责令限期整改指令书").click()
    await page.locator("tbody tr").filter(has_text="平板乙").first.wait_for()
    assert await page.get_by_text("办理", exact=True).count() == 0
