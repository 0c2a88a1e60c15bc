"""Discretion on the page: offences chosen, ranges shown before they are entered, earlier decisions beside them."""

import os
from datetime import timedelta

import pytest

from lawbook.penalty.money import schedule
from tests.case_svc.casework import Office as Storytellers
from tests.gateway.console.case_desk import CHIEF, HANDLER, HEAD, REVIEWER, Desk, lawyers
from tests.gateway.console.test_cases import OVER, approved, begun
from tests.lawbook.penalty import stories as told_of
from tests.lawbook.penalty import test_refunds as refunds

pytestmark = pytest.mark.browser
FINES = (3_000_000, 3_200_000, 3_500_000, 4_000_000)


@pytest.fixture(scope="module")
async def storytellers(office):
    """The people of the lawbook's stories, as those who work here."""
    await lawyers(office)
    people = {
        told_of.ZHANG: HANDLER, told_of.LI: "liqiu", told_of.WANG: CHIEF, told_of.ZHAO: HEAD,
        told_of.QIAN: REVIEWER,
    }  # fmt: skip
    return Storytellers({one.number: await office.act(name) for one, name in people.items()})


@pytest.fixture
def of_the_catalogue(monkeypatch):
    """The violation of the stories, as the catalogue knows it."""
    monkeypatch.setitem(told_of.VIOLATION, "offence", "aqscf-99-2")
    monkeypatch.setitem(told_of.VIOLATION, "departure", "裁量基准未列该情形")


async def test_an_offence_is_found_by_words_and_brings_its_articles_grades_and_range(
    visitor, office
):
    case = await begun(office)
    await approved(await office.act(HEAD), case)
    page = await visitor(HANDLER)
    await page.goto(f"/cases/{case['id']}/acts/restate-violations")
    row = page.locator(".violation")
    # The offence follows from the check item; its range stands there before anything is chosen.
    assert await row.locator('input[value="aqscf-97-5"]').is_checked()
    assert "100,000.00元以下" in await row.locator(".legend").inner_text()
    await row.get_by_label("查找违法行为事项").fill("特种作业")
    await row.locator('input[value="aqscf-97-7"]').check()
    basis = row.locator('[name="said.violations.0.basis"]')
    assert await basis.input_value() == "安全生产法 §97(7)"
    # What happened stays in the handler's own words.
    told = row.locator('[name="said.violations.0.description"]')
    assert await told.input_value() == case["cause"]
    # Mitigation is chosen with its article.
    mitigating = row.locator(".factors label").filter(has_text="主动消除或者减轻")
    assert "《行政处罚法》第三十二条" in await mitigating.inner_text()
    await row.locator('[name="said.violations.0.grade"][value="A"]').check()
    await row.locator('[name="said.violations.0.fine"]').fill("50000")
    await row.locator('[name="said.violations.0.reason"]').fill("一人未持证上岗")
    await row.locator('[name="said.violations.0.reason"]').press("Tab")
    # Too much for the grade: said at once, at the place, with the article.
    fault = row.locator("[data-result] .fault")
    await fault.wait_for()
    assert "《行政处罚法》第三十四条" in await fault.inner_text()
    await row.locator('[name="said.violations.0.fine"]').fill("20000")
    await row.locator('[name="said.violations.0.fine"]').press("Tab")
    await row.locator("[data-result] .reasons").get_by_text("一人未持证上岗").wait_for()
    await page.get_by_role("button", name="核定违法行为", exact=True).last.click()
    await page.wait_for_url("**told=*")
    kept = (await (await office.act(HANDLER)).get(f"/v1/cases/{case['id']}")).json()
    (one,) = kept["facts"]["violations"]
    assert (one["offence"], one["grade"], one["fine"]) == ("aqscf-97-7", "A", 2_000_000)
    # The kind of penalty follows from the fine.
    assert one["penalties"] == ["fine"]


async def test_of_two_violations_the_refusal_stands_at_the_one_that_is_meant(visitor, office):
    proof = [{"name": "台账复印件", "kind": "书证"}]
    case = await begun(office, evidence=proof)
    await approved(await office.act(HEAD), case)
    desk = Desk(visitor, "meant", case["id"])
    page = await desk.form("conclude-investigation")
    await desk.fill(
        page, facts="事实清楚。", outcome="penalty", penalties="fine", fine="105000", text="罚款",
    )  # fmt: skip
    await page.locator('button[name="more"][value="said.violations"]').click()
    rows = page.locator(".violation")
    await rows.nth(1).wait_for()
    for n, (offence, fine) in enumerate((("aqscf-97-5", "15000"), ("aqscf-97-7", "90000"))):
        row = rows.nth(n)
        await row.get_by_label("查找违法行为事项").fill(offence)
        await row.locator(f'input[value="{offence}"]').check()
        await row.locator(f'[name="said.violations.{n}.description"]').fill("没有如实记录。")
        await row.locator(f'[name="said.violations.{n}.grade"][value="A"]').check()
        await row.locator(f'[name="said.violations.{n}.fine"]').fill(fine)
        await row.locator(f'[name="said.violations.{n}.reason"]').fill("情节轻微")
    await desk.send(page, "conclude-investigation", "")
    await page.get_by_role("alert").wait_for()
    wrong = page.locator(".bad", has=page.locator('[name="said.violations.1.fine"]'))
    assert await wrong.locator(".fault").first.is_visible()
    right = page.locator(".bad", has=page.locator('[name="said.violations.0.fine"]'))
    assert await right.count() == 0


async def test_without_script_the_same_form_finds_and_weighs_on_the_server(visitor, office):
    case = await begun(office)
    await approved(await office.act(HEAD), case)
    page = await visitor(HANDLER, java_script_enabled=False)
    await page.goto(f"/cases/{case['id']}/acts/restate-violations")
    await page.locator('[name="said.violations.0.q"]').fill("特种作业")
    await page.get_by_role("button", name="查找", exact=True).click()
    await page.locator('input[value="aqscf-97-7"]').check()
    await page.get_by_role("button", name="核算幅度").click()
    await page.locator('[name="said.violations.0.grade"][value="B"]').check()
    await page.locator('[name="said.violations.0.fine"]').fill("50000")
    await page.locator('[name="said.violations.0.reason"]').fill("三人未持证上岗")
    await page.get_by_role("button", name="核算幅度").click()
    assert "三人未持证上岗" in await page.locator(".reasons").inner_text()


async def test_a_proposal_outside_what_was_usual_is_warned_of_with_what_to_write(
    visitor, office, storytellers, of_the_catalogue
):
    for fine in FINES:
        await storytellers.replay(told_of.decided(fine).case)
    now = await storytellers.replay(told_of.concluded().case)
    page = await visitor(HANDLER)
    await page.goto(f"/cases/{now['id']}/weighing")
    card = page.locator(".weigh-card")
    text = await card.inner_text()
    for said in (
        "以往同类案件 4 件",
        "中位数32,000.00元",
        "拟罚款高于以往多数同类案件",
        "拟罚款高于法定幅度",
        "应当在裁量理由中写明",
    ):
        assert said in text
    assert await card.locator("circle.dot").count() == len(FINES)
    assert "中位数 32,000.00 元" in (await card.get_by_role("img").get_attribute("aria-label"))
    rows = card.locator("tbody tr")
    assert await rows.count() == len(FINES)
    await rows.first.get_by_role("link").click()
    await page.locator(".tag.stage").wait_for()
    assert await page.locator(".tag.stage").inner_text() == "已作出决定"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
async def test_no_page_of_weighing_money_or_archive_is_wider_than_the_window(
    visitor, office, storytellers, of_the_catalogue, width, scheme
):
    owing = await storytellers.replay(told_of.in_force(4_500_000).case)
    page = await visitor(CHIEF, width=width, color_scheme=scheme)
    for path in ("weighing", "money", "archive", "acts/pay", "acts/allow-instalments",
                 "acts/notify-hearing-session", "acts/restate-violations"):  # fmt: skip
        await page.goto(f"/cases/{owing['id']}/{path}")
        assert await page.get_by_role("alert").count() == 0, path
        for details in await page.locator("main details").all():
            await details.evaluate("one => one.open = true")
        assert await page.evaluate(OVER) <= 0, path


async def test_a_late_fine_is_told_day_by_day_up_to_its_cap_and_computed_by_a_button(
    visitor, office, storytellers
):
    story = told_of.in_force(4_500_000)
    owing = await storytellers.replay(story.case)
    ((due, _),) = schedule(story.case, story.world)
    late = (due + timedelta(90)).isoformat()
    page = await visitor(HANDLER)
    await page.goto(f"/cases/{owing['id']}/money?on={due + timedelta(9)}")
    section = page.locator("section").filter(has=page.get_by_role("heading", name="加处罚款"))
    text = await section.inner_text()
    assert "每日百分之三，不超过罚款本数" in text
    await section.locator("summary").click()
    days = section.locator("tbody tr")
    first = await days.first.inner_text()
    assert "45,000.00" in first
    assert "1,350.00" in first
    await page.goto(f"/cases/{owing['id']}/money?on={late}")
    assert "已达罚款本数，不再增加" in await section.inner_text()
    await section.locator("summary").click()
    assert "45,000.00" in await days.last.inner_text()
    assert "已达上限" in await days.last.inner_text()
    await page.goto(f"/cases/{owing['id']}/acts/add-late-fine")
    await page.locator('[name="said.until"]').fill(late)
    await page.get_by_role("button", name="按“计算至”之日算出数额").click()
    amount = page.locator('[name="said.amount"]')
    await page.wait_for_load_state()
    assert await amount.input_value() == "45000.00"


async def test_a_file_that_is_not_complete_says_what_is_missing_with_a_button(
    visitor, office, storytellers
):
    owing = await storytellers.replay(told_of.in_force(4_500_000).case)
    page = await visitor(HANDLER)
    await page.goto(f"/cases/{owing['id']}/archive")
    way = page.locator(".way")
    assert "尚欠 45000.00 元" in await way.inner_text()
    await way.get_by_role("link", name="查看应缴和缴款").click()
    await page.get_by_role("link", name="登记缴款").click()
    await page.wait_for_url("**/acts/pay")
    await page.goto(f"/cases/{owing['id']}/archive")
    lacking = page.locator('section[aria-labelledby="lacking"]')
    assert await lacking.locator("li").count() > 0
    assert await lacking.get_by_role("link").count() > 0
    # Nobody is offered the seal before the case is closed, and who may not archive never is.
    assert await page.get_by_role("button", name="封卷归档").count() == 0
    auditor = await visitor("chenlan")
    await auditor.goto(f"/cases/{owing['id']}/archive")
    assert await auditor.locator("main form").count() == 0


async def test_a_seal_that_is_refused_keeps_what_was_typed_and_names_what_is_missing(
    visitor, office, storytellers
):
    # Its only piece of evidence was named in the filing and never arrived.
    moved = await storytellers.replay(told_of.transferred().case)
    page = await visitor(CHIEF)
    await page.goto(f"/cases/{moved['id']}/archive")
    assert "证据“现场照片 1”的原件不在服务器" in await page.locator("main").inner_text()
    await page.get_by_label("档号").fill("2026-CF-201")
    await page.get_by_label("10年").check()
    await page.get_by_role("button", name="封卷归档").click()
    alert = page.get_by_role("alert")
    assert "案卷材料不齐" in await alert.inner_text()
    assert "现场照片 1" in await alert.inner_text()
    assert await page.get_by_label("档号").input_value() == "2026-CF-201"
    assert await page.get_by_label("10年").is_checked()
    # The ordinary door of the act leads to the same page.
    await page.goto(f"/cases/{moved['id']}/acts/archive")
    assert page.url.endswith(f"/cases/{moved['id']}/archive")


async def test_a_neighbouring_county_sees_none_of_it(visitor, office):
    case = await begun(office)
    neighbour = await visitor("linhai")
    for path in (
        "weighing",
        "money",
        "archive",
        "archive/package?purpose=x",
        "archive/verification",
    ):
        answer = await neighbour.request.get(f"/cases/{case['id']}/{path}")
        assert answer.status in (403, 404), path


async def test_what_a_revoked_decision_brought_in_is_told_and_given_back_on_its_page(
    visitor, storytellers, of_the_catalogue
):
    case = await storytellers.replay(refunds.spot_revoked().case)
    page = await visitor(HANDLER)
    await page.goto(f"/cases/{case['id']}/money")
    assert "应退还\n¥100.00" in await page.locator("main").inner_text()
    await page.get_by_role("link", name="退还款项").click()
    # The form begins with what is to be given back.
    assert await page.locator('[name="said.amount"]').input_value() == "100.00"
    assert await page.evaluate(OVER) <= 0
    kept = os.environ.get("ZHIFA_PICTURES")
    if kept:
        for name, path in (("refund", "acts/refund"), ("refund-money", "money")):
            for width, scheme in ((1280, "light"), (1280, "dark"), (400, "light"), (400, "dark")):
                shot = await visitor(HANDLER, width=width, color_scheme=scheme)
                await shot.goto(f"/cases/{case['id']}/{path}")
                await shot.screenshot(path=f"{kept}/{name}-{width}-{scheme}.png", full_page=True)
