"""The city freezes the figures, publishes who stands where, and every county reads it; a county that
was merged is told with its order, and its people go over."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from deploy.county import PASSWORD
from deploy.day.bureau import good
from deploy.succession import Declared, declare
from services.kit.names import SERVICES
from services.kit.successions import today
from tests.examples import account

pytestmark = pytest.mark.browser
DAY = "2026-06-30"
OLD, NEW = "140829", "140830"


async def test_the_city_freezes_publishes_and_a_county_reads_it(visitor, office):
    await office.settle()
    county = await visitor("hejing")
    await county.goto("/rankings?year=2026")
    assert "尚未通报" in await county.locator(f"#d-{DAY}").inner_text()
    assert await county.get_by_role("button", name="固定考核数据").count() == 0

    page = await visitor("chenlan")
    await page.goto("/indicators?year=2026")
    await page.get_by_role("link", name="固定与通报").click()
    card = page.locator(f"#d-{DAY}")
    await card.get_by_text("各项数字已核对").click()
    await card.get_by_role("button", name="固定考核数据").click()
    await page.wait_for_url(f"**/rankings/{DAY}")
    assert "尚未通报" in await page.locator("#main").inner_text()
    assert (await page.request.get(f"/rankings/{DAY}/notice.pdf")).status == 200
    await page.get_by_label("文号").fill("运应急通报〔2026〕9号")
    await page.get_by_label("意见和要求").fill("请各单位对照整改。")
    await page.get_by_role("button", name="发布通报").click()
    await page.get_by_role("heading", name="通报", exact=True).wait_for()
    assert await page.get_by_role("button", name="发布通报").count() == 0

    await county.goto("/rankings?year=2026")
    await county.locator(f"#d-{DAY}").get_by_role("link", name="查看排名").click()
    text = await county.locator("#main").inner_text()
    assert "运应急通报〔2026〕9号" in text
    assert "核对相符" in text
    assert await county.locator("#overall + .table-wrap tbody tr").count() == 14
    assert (await county.request.get(f"/rankings/{DAY}/notice.docx")).status == 200


@pytest.fixture
def merged(office_database) -> Iterator[UUID]:
    """平陆 merged into 芮城, for the length of a test."""
    owner = office_database("zhifa_owner")
    yield declare(owner, Declared(OLD, NEW, today(), "晋政函〔2026〕88号"))
    with psycopg.connect(owner) as connection:
        for service in SERVICES:
            connection.execute(f"delete from {service}.succession")


async def test_an_administrator_hands_the_people_over(visitor, office, merged):
    administrator = await office.bureau.as_administrator()
    one = account("lupin", name="陆平", region=OLD, unit=OLD, password=PASSWORD)
    good(await administrator.put(f"/v1/accounts/{uuid4()}", json=one))
    keeper = account(
        "guanli", name="管理员", region="1408", unit="1408", password=PASSWORD,
        roles=["administrator"],
    )  # fmt: skip
    good(await administrator.put(f"/v1/accounts/{uuid4()}", json=keeper))
    page = await visitor("guanli")
    await page.goto("/successions")
    card = page.locator(f"#s-{merged}")
    text = await card.inner_text()
    assert "芮城县应急管理局 承接 平陆县应急管理局" in text
    assert "晋政函〔2026〕88号" in text
    assert "帐号 1 个" in text
    await card.get_by_text("人员去向已核对").click()
    await card.get_by_role("button", name="全部移交承接单位").click()
    await page.get_by_text("已全部移交").wait_for()
