"""The head's work list on a phone: what waits with its form as a picture, agreed to, refused or sent back."""

from typing import Any

import pytest

from gateway.console.pages import cases
from tests.gateway.console.case_desk import CHIEF, HANDLER, HEAD, Desk
from tests.gateway.console.test_cases import OVER, inspected

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def every_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that waits is shown with its page: other stories of this office leave approvals behind."""
    monkeypatch.setattr(cases, "CARDS", 1000)


async def filed(visitor: Any, office: Any, name: str) -> Desk:
    """A case filed today, under the tables of today, with who works on it at their windows."""
    about = await inspected(office, "G06")
    desk = Desk(visitor, name)
    officer = await desk.window(HANDLER)
    await officer.goto(f"/inspections/{about['id']}")
    await officer.get_by_role("button", name="提请立案").click()
    await officer.wait_for_url("**/cases/*")
    desk.case = officer.url.rpartition("/")[2].partition("?")[0]
    head = await desk.window(HEAD, width=400)
    await head.goto("/work-list")
    card = head.locator(f"#w-{desk.case}-approve-filing")
    await card.get_by_role("button", name="同意：批准立案").click()
    await head.wait_for_url("**/work-list?told=approve-filing")
    return desk


async def ask(desk: Desk, measure: str, **said: str) -> None:
    """Put a matter to the head: first what, then what it must say."""
    page = await desk.form("request-measure")
    await page.locator(f'a[href$="measure={measure}"]').click()
    await page.wait_for_url(f"**measure={measure}")
    assert await page.evaluate(OVER) <= 0
    await desk.picture(page, f"ask-{measure}")
    await desk.fill(page, **said)
    await page.get_by_role("button", name="报批事项", exact=True).last.click()
    await page.wait_for_url("**/cases/*told=*")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_head_sends_back_and_agrees_on_his_phone_and_the_form_says_who(
    visitor, office, scheme
):
    desk = await filed(visitor, office, f"approvals-{scheme}")
    why = {
        "reason": "企业已经注销登记",
        "opinion": "建议终止",
        "findings": "经查，企业已注销。",
        "kind": "terminated",
    }
    await ask(desk, "terminate", **why)
    # The section's head finds it on the list of what asks an opinion, on the phone.
    chief = await desk.window(CHIEF, width=400)
    await chief.goto("/work-list")
    asked = chief.locator('[aria-labelledby="opinions"]')
    endorsing = asked.locator(f"#w-{desk.case}-approve-measure")
    assert "待您审核：终止（撤销）案件" in await endorsing.inner_text()
    # A picture far down is not loaded before it is near, and would be waited for without end.
    await endorsing.locator(".page-seen img").scroll_into_view_if_needed()
    await endorsing.locator(".page-seen img").evaluate("one => one.decode()")
    await desk.picture(chief, "endorse")
    assert await chief.evaluate(OVER) <= 0
    await endorsing.locator("textarea").fill("情况属实，同意终止。")
    await endorsing.get_by_role("button", name="同意", exact=True).click()
    await chief.wait_for_url("**/work-list?told=endorse-measure")
    assert await endorsing.count() == 0

    head = await desk.window(HEAD)
    await head.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await head.goto("/work-list")
    card = head.locator(f"#w-{desk.case}-approve-measure")
    picture = card.get_by_alt_text("案件终止（撤销）审批表的页面")
    # A picture far down is not loaded before it is near, and would be waited for without end.
    await picture.scroll_into_view_if_needed()
    await picture.evaluate("one => one.decode()")
    assert await picture.evaluate("one => one.naturalWidth") > 800
    assert "情况属实，同意终止。" in await card.inner_text()
    assert await head.evaluate(OVER) <= 0
    await desk.picture(head, "phone")
    # Sent back without a word is refused, with a word it goes.
    await card.get_by_role("button", name="退回").click()
    await head.get_by_text("请填写退回意见").wait_for()
    await head.locator('[name="said.opinion"]').fill("补充工商登记材料。")
    await head.get_by_role("button", name="退回报批的事项", exact=True).last.click()
    await head.wait_for_url("**/cases/*told=return-measure")
    await head.goto("/work-list")
    assert await head.locator(f"#w-{desk.case}-approve-measure").count() == 0

    await ask(desk, "terminate", **why | {"reason": "企业已经注销登记，附登记材料"})
    await head.set_viewport_size({"width": 1280, "height": 900})
    await head.goto("/work-list")
    card = head.locator(f"#w-{desk.case}-approve-measure")
    # A picture far down is not loaded before it is near, and would be waited for without end.
    await card.locator(".page-seen img").scroll_into_view_if_needed()
    await card.locator(".page-seen img").evaluate("one => one.decode()")
    await desk.picture(head, "desk")
    assert await head.evaluate(OVER) <= 0
    await card.get_by_label("审批意见").fill("同意终止。")
    await card.get_by_role("button", name="同意：终止（撤销）案件").click()
    await head.wait_for_url("**/work-list?told=terminate")

    # The form is lacking at the archive, with the button that makes it; the approval is printed, not typed.
    officer = await desk.window(HANDLER)
    await officer.goto(f"/cases/{desk.case}/archive")
    await desk.picture(officer, "lacking")
    await officer.get_by_role("button", name="制作、出具案件终止（撤销）审批表").click()
    await officer.wait_for_url("**/documents/*")
    assert await officer.locator('[name="said.approval_opinion"]').count() == 0
    shown = await officer.locator("main").inner_text()
    assert "同意终止。" in shown
    assert "赵明远" in shown
    await desk.picture(officer, "form")
