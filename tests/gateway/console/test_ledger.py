"""The ledger in the office: plants, workbooks, whose they are."""

import openpyxl
import pytest

from deploy.day.workbook import faulty_plants
from tests.examples import xlsx

pytestmark = pytest.mark.browser
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def test_a_plant_that_is_incomplete_shows_what_is_missing_and_can_be_completed(
    visitor, office
):
    page = await visitor("hejing")
    await page.goto("/entities?complete=false")
    await page.locator("tbody a").first.click()
    await page.wait_for_url(f"**/entities/{office.incomplete}")
    missing = " ".join(await page.locator(".gone").all_inner_texts())
    assert "统一社会信用代码" in missing
    assert "企业名称" not in missing
    await page.get_by_role("link", name="补全台账").click()
    await page.get_by_label("统一社会信用代码").fill("91140882MADEM00010")
    await page.get_by_role("button", name="保存").click()
    alert = page.get_by_role("alert")
    await alert.wait_for()
    assert "校验位" in await alert.inner_text()
    # What was typed is still there, and the field itself says what is wrong with it.
    field = page.get_by_label("统一社会信用代码")
    assert await field.input_value() == "91140882MADEM00010"
    assert await field.get_attribute("aria-invalid") == "true"
    await field.fill("")
    await page.get_by_label("注册地址").fill("山西省运城市河津市青禾路1号")
    await page.get_by_role("button", name="保存").click()
    await page.wait_for_url(f"**/entities/{office.incomplete}")
    assert "注册地址" not in " ".join(await page.locator(".gone").all_inner_texts())


async def test_another_county_does_not_see_the_plant_and_the_city_does(visitor, office):
    path = f"/entities/{office.complete[0]}"
    neighbour = await visitor("linhai")
    answer = await neighbour.goto(path)
    assert answer.status == 404
    text = await neighbour.get_by_role("alert").inner_text()
    assert "未找到" in text
    assert "管辖范围" in text
    assert "跟踪号" in text
    assert "Traceback" not in await neighbour.content()
    await neighbour.goto("/entities")
    assert await neighbour.locator("tbody tr").count() == 0
    city = await visitor("chenlan")
    assert (await city.goto(path)).status == 200


async def test_a_faulty_workbook_is_checked_applied_and_comes_back_painted(visitor, workbooks):
    sent = workbooks / "企业台账.xlsx"
    sent.write_bytes(xlsx(workbooks, faulty_plants()))
    page = await visitor("hejing")
    await page.get_by_role("navigation").get_by_role("link", name="台账导入").click()
    await page.get_by_label("选择工作簿").set_input_files(sent)
    await page.get_by_role("button", name="上传并核对").click()
    await page.wait_for_url("**/imports/*-*")
    counts = " ".join(await page.locator(".counts div").all_inner_texts())
    assert "500" in counts
    assert "450" in counts
    await (
        page.get_by_role("navigation", name="按错误种类").get_by_role("link", name="校验位").click()
    )
    rows = page.locator("tbody tr")
    assert await rows.count() == 5
    assert "统一社会信用代码" in await rows.first.inner_text()
    await page.go_back()
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="下载标红的工作簿").click()
    download = await coming.value
    assert download.suggested_filename == "企业台账（核对结果）.xlsx"
    painted = workbooks / "painted.xlsx"
    await download.save_as(painted)
    sheet = openpyxl.load_workbook(painted).worksheets[0]
    assert sheet.cell(2, sheet.max_column).value == "核对结果"
    assert any(sheet.cell(row, sheet.max_column).value for row in range(3, 60))
    await page.get_by_role("button", name="确认入台账").click()
    await page.get_by_text("已入台账").first.wait_for()
    await page.get_by_role("link", name="查看企业台账").click()
    assert await page.locator("tbody tr").count() == 50
    await page.get_by_role("link", name="下一页").click()
    await page.wait_for_url("**after=**")
    assert await page.locator("tbody tr").count() == 50
    # Found again later, with its errors to download once more.
    for width, scheme in ((1280, "light"), (400, "dark")):
        later = await visitor("hejing", width=width, color_scheme=scheme)
        await later.goto("/imports")
        row = later.locator("#past tbody tr").first
        said = await row.inner_text()
        for words in ("企业台账.xlsx", "何静", "已入台账", "50 行", "新增 450"):
            assert words in said, words
        assert await later.evaluate(OVER) <= 0
        async with later.expect_download() as again:
            await row.get_by_role("link", name="下载标红的工作簿").click()
        assert (await again.value).suggested_filename == "企业台账（核对结果）.xlsx"


async def test_a_file_that_is_no_workbook_is_refused_on_the_same_page(visitor, workbooks):
    letter = workbooks / "来信.xlsx"
    letter.write_bytes(b"Dear bureau,\n" * 400)
    page = await visitor("hejing")
    await page.goto("/imports")
    await page.get_by_label("选择工作簿").set_input_files(letter)
    await page.get_by_role("button", name="上传并核对").click()
    alert = page.get_by_role("alert")
    await alert.wait_for()
    assert "不能作为台账导入" in await alert.inner_text()
    assert await page.get_by_role("button", name="上传并核对").is_enabled()


@pytest.mark.parametrize("path", ["/", "/entities", "/imports", "/indicators"])
async def test_nothing_is_wider_than_a_phone(visitor, path):
    page = await visitor("hejing", width=390)
    await page.goto(path)
    beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(beyond) == 0
