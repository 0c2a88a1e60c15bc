"""Evidence of a case in the office: it goes up, is entered, and opens (证据)."""

import pytest

from tests.examples import jpeg
from tests.gateway.console.test_cases import OVER, approved, begun

pytestmark = pytest.mark.browser


@pytest.fixture
async def case(office):
    """A case that the head has approved."""
    made = await begun(office)
    await approved(await office.act("zhaomingyuan"), made)
    return made


async def test_a_file_that_is_there_need_not_go_up_again_when_its_entry_is_refused(
    visitor, office, case, tmp_path
):
    photo = tmp_path / "设备照片.jpg"
    photo.write_bytes(jpeg(80, 60))
    officer = await visitor("zhangyue")
    await officer.goto(f"/cases/{case['id']}/evidence/new")
    await officer.locator("input[type=file]").set_input_files(photo)
    await officer.get_by_label("证据种类").evaluate("one => one.required = false")
    await officer.get_by_role("button", name="上传并登记").click()
    await officer.get_by_role("alert").wait_for()
    assert "不用再传" in await officer.locator("main").inner_text()
    await officer.get_by_label("证据种类").select_option("物证")
    await officer.get_by_role("button", name="上传并登记").click()
    await officer.wait_for_url("**told=add-evidence*")
    assert await officer.locator(".pieces > li").filter(has_text="设备照片").count() == 1


async def test_evidence_goes_up_is_entered_and_opens_and_nothing_is_what_it_is_not(
    visitor, office, case, tmp_path
):
    photo = tmp_path / "设备照片.jpg"
    photo.write_bytes(jpeg(800, 600))
    wrong = tmp_path / "合同.pdf"
    wrong.write_bytes(b"MZ this is a program")
    officer = await visitor("zhangyue", width=400)
    await officer.goto(f"/cases/{case['id']}")
    await officer.get_by_role("link", name="上传证据").click()
    await officer.locator("input[type=file]").set_input_files(wrong)
    await officer.get_by_label("证据种类").select_option("书证")
    await officer.get_by_label("来源和说明").fill("企业提供")
    await officer.get_by_role("button", name="上传并登记").click()
    await officer.get_by_role("alert").get_by_text("文件内容与所称的类型不符").wait_for()
    assert await officer.get_by_label("来源和说明").input_value() == "企业提供"
    assert await officer.get_by_label("证据种类").input_value() == "书证"
    await officer.locator("input[type=file]").set_input_files(photo)
    await officer.get_by_role("button", name="上传并登记").click()
    await officer.wait_for_url("**told=add-evidence*")
    piece = officer.locator(".pieces > li").filter(has_text="设备照片")
    await piece.locator("img").scroll_into_view_if_needed()
    # A picture far down is not loaded before it is near, and would be waited for without end.
    await piece.locator("img").scroll_into_view_if_needed()
    await piece.locator("img").evaluate("one => one.decode()")
    assert "SHA-256" in await piece.inner_text()
    answer = await officer.request.get(await piece.locator("a").first.get_attribute("href"))
    assert await answer.body() == photo.read_bytes()
    assert await officer.evaluate(OVER) <= 0


async def test_a_film_of_a_hundred_megabytes_goes_up_and_plays(visitor, office, case, tmp_path):
    film = tmp_path / "现场录像.mp4"
    with film.open("wb") as target:
        target.write(b"\0\0\0\x20ftypisom" + bytes(20))
        for _ in range(100):
            target.write(bytes(1 << 20))
    officer = await visitor("zhangyue")
    await officer.goto(f"/cases/{case['id']}/evidence/new")
    await officer.locator("input[type=file]").set_input_files(film)
    await officer.get_by_label("证据种类").select_option("视听资料")
    await officer.get_by_role("button", name="上传并登记").click()
    await officer.wait_for_url("**told=add-evidence*")
    piece = officer.locator(".pieces > li").filter(has_text="现场录像")
    assert "100.0 MB" in await piece.inner_text()
    async with officer.context.expect_page() as opened:
        await piece.locator("a").first.click()
    await (await opened.value).locator("video").wait_for(state="attached")
