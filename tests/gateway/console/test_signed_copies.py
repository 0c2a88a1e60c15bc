"""A document printed, signed, scanned and put beside its original in the office (签名件)."""

import pytest

from tests.examples import jpeg
from tests.gateway.console.test_case_documents import drafted, issued, written
from tests.gateway.console.test_cases import OVER, approved, begun

pytestmark = pytest.mark.browser


@pytest.fixture
async def case(office):
    """A case that the head has approved."""
    made = await begun(office)
    await approved(await office.act("zhaomingyuan"), made)
    return made


async def test_a_signed_page_goes_up_says_who_signed_and_is_asked_for_before_the_seal(
    visitor, office, case, tmp_path
):
    scan, wrong = tmp_path / "第一页.jpg", tmp_path / "合同.docx"
    scan.write_bytes(jpeg(600, 800))
    wrong.write_bytes(b"PK")
    officer = await visitor("zhangyue", width=400)
    await officer.goto(f"/cases/{case['id']}/documents")
    await drafted(officer, "inquiry-notice")
    await written(
        officer, asked="周正", cause="安全生产违法行为", inquiry_place="询问室", bring="id_card"
    )
    await issued(officer)
    await officer.get_by_text("放入签名件", exact=True).click()
    # The handlers sign: their names are there already.
    names = officer.get_by_label("签名、盖章的人")
    assert "张岳" in await names.input_value()
    assert "见证人" not in await names.input_value()
    await names.fill("执法人员 张岳\n被询问人 周正")
    await officer.get_by_label("扫描件或者照片").set_input_files(wrong)
    await officer.get_by_role("button", name="放入案件").click()
    await officer.get_by_role("alert").get_by_text("不接收这种文件").wait_for()
    assert "被询问人 周正" in await names.input_value()
    for page in range(1, 3):
        await officer.get_by_label("扫描件或者照片").set_input_files(scan)
        await officer.get_by_role("button", name="放入案件").click()
        await officer.wait_for_url("**signed=1*")
        assert await officer.locator(".signed > li").count() == page
        await officer.get_by_text("再放入一页").wait_for()
    copy = officer.locator(".signed > li").first
    assert "被询问人 周正" in await copy.inner_text()
    picture = copy.locator("img")
    await picture.scroll_into_view_if_needed()
    # A picture far down is not loaded before it is near, and would be waited for without end.
    await picture.scroll_into_view_if_needed()
    await picture.evaluate("one => one.decode()")
    answer = await officer.request.get(await copy.locator("a").get_attribute("href"))
    assert await answer.body() == scan.read_bytes()
    assert await officer.evaluate(OVER) <= 0
    await officer.goto(f"/cases/{case['id']}/documents")
    assert "有签名件" in await officer.locator("#form-inquiry-notice").inner_text()
    await officer.goto(f"/cases/{case['id']}/archive")
    assert "询问通知书（签名件2）" in await officer.locator("main").inner_text()
    neighbour = await visitor("linhai")
    at = await copy.locator("a").get_attribute("href") if await copy.count() else ""
    assert at == "" or (await neighbour.request.get(at)).status == 404
