"""Penalty cases in the office: filed from an inspection, approved, decided, each by whom it waits for."""

from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import finding, inspection, recorded

pytestmark = pytest.mark.browser
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FINE = 2_000_000


async def inspected(office, *items):
    """An inspection with findings, from the tablet."""
    about = inspection(
        office.complete[2], findings=[finding(item) for item in items or ("G06",)]
    )  # fmt: skip
    await recorded(await office.act("zhangyue"), about)
    return about


async def begun(office, **changes):
    """A case as an officer begins it over the wire."""
    about = await inspected(office)
    officer, id_ = await office.act("zhangyue"), str(uuid4())
    body = {
        "at": about["ended_at"], "source": "inspection", "inspection_id": about["id"],
    } | changes  # fmt: skip
    answer = await officer.put(f"/v1/cases/{id_}", json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def stage(page):
    return await page.locator(".tag.stage").inner_text()


async def fill(page, kind, title, **said):
    """Fill in the form of an act and send it: text by name, choices and flags by value."""
    await page.goto(f"{page.url.partition('?')[0].partition('/acts/')[0]}/acts/{kind}")
    for details in await page.locator("main details").all():
        await details.evaluate("one => one.open = true")
    for name, value in said.items():
        field = page.locator(f'[name="said.{name}"]')
        kind_of = await field.first.get_attribute("type")
        if kind_of in ("radio", "checkbox"):
            await page.locator(f'[name="said.{name}"][value="{value}"]').check()
        elif await field.first.evaluate("one => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)
    await page.get_by_role("button", name=title, exact=True).last.click()
    await page.wait_for_url("**/cases/*told=*")


async def test_an_ordinary_case_goes_from_the_inspection_to_the_decision(visitor, office, reviewer):
    about = await inspected(office, "G06")
    today = await (await visitor()).evaluate("new Date().toLocaleDateString('sv')")
    officer = await visitor("zhangyue")
    await officer.goto(f"/inspections/{about['id']}")
    await officer.get_by_role("button", name="提请立案").click()
    await officer.wait_for_url("**/cases/*")
    case = officer.url.rpartition("/")[2]
    assert await stage(officer) == "立案待批"
    assert about["findings"][0]["description"] in await officer.locator("main").inner_text()

    head = await visitor("zhaomingyuan", width=400)
    await head.goto("/work-list")
    await head.locator(f"#w-{case}-approve-filing .of-case").click()
    await head.get_by_role("button", name="批准立案").click()
    await head.wait_for_url("**/cases/*told=*")
    assert await stage(head) == "调查取证"
    assert "应急立〔" in await head.locator(".head").inner_text()

    await officer.goto(f"/cases/{case}")
    await fill(officer, "add-evidence", "收集证据", **{
        "evidence.0.name": "冲压设备照片", "evidence.0.kind": "照片", "evidence.0.taken_on": today,
    })  # fmt: skip
    await fill(officer, "conclude-investigation", "调查终结", **{
        "facts": "冲压设备未装安全防护装置，事实清楚，证据确凿。", "outcome": "penalty",
        "penalties": "fine", "fine": "20000", "text": "罚款人民币贰万元整",
        "violations.0.departure": "裁量基准未列该情形",
    })  # fmt: skip
    assert await stage(officer) == "调查终结"
    # The report is put to the head: it waits on his phone with its page, and goes on once he agrees.
    await head.goto("/work-list")
    report = head.locator(f"#w-{case}-approve-report")
    assert await report.get_by_alt_text("案件调查终结报告的页面").count() == 1
    assert await head.evaluate(OVER) <= 0
    await report.get_by_role("button", name="同意", exact=True).click()
    await head.wait_for_url("**/work-list?told=approve-measure")
    assert await head.locator(f"#w-{case}-approve-report").count() == 0
    await officer.goto(f"/cases/{case}")
    await fill(officer, "submit-legal-review", "提交法制审核")
    reviews = await visitor(reviewer)
    await reviews.goto(f"/cases/{case}")
    deciding = reviews.locator(".deciding")
    await deciding.get_by_label("同意", exact=True).check()
    await deciding.get_by_label("意见内容").fill("事实清楚，适用法律正确。")
    await deciding.get_by_label("否").check()
    await deciding.get_by_role("button", name="法制审核").click()
    await reviews.wait_for_url("**/cases/*told=*")
    assert await stage(reviews) == "法制审核通过"

    await officer.goto(f"/cases/{case}")
    await officer.goto(f"/cases/{case}/acts/notify-penalty")
    assert await officer.locator('[name="said.fine"]').input_value() == "20000.00"
    await fill(officer, "notify-penalty", "行政处罚告知")
    await fill(officer, "serve", "送达文书", method="direct", served_on=today, received_by="周正")
    await fill(
        officer,
        "waive",
        "当事人放弃陈述申辩、听证",
        right="both",
        signed_by="周正",
        signed_on=today,
    )
    await fill(officer, "submit-decision", "案件处理呈批", opinion="建议处罚款二万元。")
    chief = await visitor("wangheng", width=400)
    await chief.goto(f"/cases/{case}")
    await chief.get_by_role("button", name="同意", exact=True).click()
    await chief.wait_for_url("**/cases/*told=*")
    assert await chief.get_by_role("heading", name="待您办理").count() == 0
    await head.goto(f"/cases/{case}")
    assert await head.locator('[name="said.fine"]').input_value() == "20000.00"
    await head.get_by_role("button", name="批准处理意见").click()
    await head.wait_for_url("**/cases/*told=*")
    await officer.goto(f"/cases/{case}")
    await fill(officer, "decide", "作出行政处罚决定")
    assert await stage(officer) == "已作出决定"
    facts = await officer.locator(".facts-card").inner_text()
    assert "罚款 贰万元整（¥20,000.00）" in facts
    told = (await (await office.act("zhangyue")).get(f"/v1/cases/{case}")).json()
    assert told["fine"] == FINE
    assert await officer.locator(".timeline > li").count() == told["acts"]


async def test_a_leader_sends_a_filing_back_with_words_of_their_own(visitor, office):
    case = await begun(office)
    head = await visitor("zhaomingyuan", width=400)
    await head.goto(f"/cases/{case['id']}")
    await head.get_by_role("button", name="退回立案").click()
    # The agreement that the page proposed is no reason for sending it back.
    assert "还没有填完整" in await head.get_by_role("alert").inner_text()
    await head.get_by_label("退回意见").fill("请补充设备铭牌照片。")
    await head.get_by_role("button", name="退回立案").click()
    await head.wait_for_url("**/cases/*told=*")
    assert await stage(head) == "立案退回补充"
    officer = await visitor("zhangyue")
    await officer.goto(f"/cases/{case['id']}")
    await officer.locator("#act-2 summary").click()
    assert await officer.get_by_text("请补充设备铭牌照片。").is_visible()


async def test_what_the_law_refuses_is_told_with_its_article_and_what_mends_it(visitor, office):
    case = await begun(office)
    head = await office.act("zhaomingyuan")
    await approved(head, case)
    officer = await visitor("zhangyue")
    await officer.goto(f"/cases/{case['id']}")
    later = officer.locator("details").filter(has_text="其他阶段的事项")
    await later.locator("summary").click()
    row = later.locator(".why > li").filter(has_text="作出行政处罚决定").first
    text = await row.inner_text()
    for said in ("行政处罚法 §57", "调查取证", "先办理“调查终结”"):
        assert said in text
    # What only wants one more thing stands open, and leads to what mends it.
    row = officer.locator("details[open] .why > li").filter(has_text="调查终结").first
    for said in ("没有证据，不能认定违法事实", "行政处罚法 §40、§46"):
        assert said in await row.inner_text()
    await row.get_by_role("link", name="去办理：收集证据").click()
    await officer.wait_for_url("**/acts/add-evidence")
    # One who comes to the address nevertheless is told the same, and keeps what was typed.
    await officer.goto(f"/cases/{case['id']}/acts/decide")
    assert "现在还不能办理" in await officer.locator("main").inner_text()
    await officer.locator('[name="said.penalties"][value="fine"]').check()
    await officer.locator('[name="said.fine"]').fill("20000")
    await officer.get_by_role("button", name="作出行政处罚决定", exact=True).last.click()
    alert = officer.get_by_role("alert")
    assert "目前的阶段不能办理" in await alert.inner_text()
    assert await officer.locator('[name="said.fine"]').input_value() == "20000.00"
    assert (await (await office.act("zhangyue")).get(f"/v1/cases/{case['id']}")).json()["acts"] == 2


async def approved(head, case, after=1):
    body = {
        "kind": "approve-filing", "at": case["opened_at"], "after": after, "said": {"opinion": "同意立案。"},
    }  # fmt: skip
    answer = await head.put(f"/v1/cases/{case['id']}/acts/{uuid4()}", json=body)
    assert answer.is_success, answer.text


async def test_of_two_at_once_one_is_shown_what_changed_and_loses_no_word(visitor, office):
    case = await begun(office)
    head = await visitor("zhaomingyuan", width=400)
    await head.goto(f"/cases/{case['id']}/acts/decline-filing")
    reason = "违法行为轻微并及时改正，没有造成危害后果。"
    await head.get_by_label("不予立案的理由").fill(reason)
    await approved(await office.act("zhaomingyuan"), case)
    await head.get_by_role("button", name="不予立案", exact=True).last.click()
    alert = head.get_by_role("alert")
    text = await alert.inner_text()
    for said in ("案件已有新进展", "批准立案", "赵明远", "同意立案。", "调查取证"):
        assert said in text
    assert await head.get_by_label("不予立案的理由").input_value() == reason
    # Sent once more it meets the law as the case is now, and still nothing typed is lost.
    await head.get_by_role("button", name="核对后仍然办理").click()
    await head.get_by_text("目前的阶段不能办理").first.wait_for()
    assert await head.get_by_label("不予立案的理由").input_value() == reason


async def test_a_deadline_tells_why_it_is_that_day(visitor, office):
    case = await begun(office)
    await approved(await office.act("zhaomingyuan"), case)
    page = await visitor("zhangyue", width=400)
    await page.goto(f"/cases/{case['id']}")
    duty = page.locator("#duty-decide")
    await duty.locator("summary").press("Enter")
    days = duty.locator(".days li")
    told = (await (await office.act("zhangyue")).get(f"/v1/cases/{case['id']}")).json()
    known = next(one for one in told["duties"] if one["name"] == "decide")
    assert await days.count() == len(known["days"])
    assert "开始的当日不计入" in await days.first.inner_text()
    assert known["due_on"] in await duty.locator(".due-box").inner_text()


async def test_a_case_is_filed_from_a_complaint_against_somebody_outside_the_ledger(
    visitor, office
):
    page = await visitor("zhangyue", width=400)
    await page.goto("/cases/new?outside=1")
    for name, value in {
        "said.cause": "未经许可经营危险化学品", "said.summary": "群众举报其在自家院内存放汽油。",
        "said.source_note": "12350 举报", "said.party.name": "周小满",
        "said.party.address": "河津市清涧街道",
    }.items():  # fmt: skip
        field = page.locator(f'[name="{name}"]')
        if not await field.is_visible():
            await page.locator("details", has=field).last.locator("summary").first.click()
        await field.fill(value)
    await page.locator('[name="said.party.kind"][value="person"]').check()
    await page.get_by_label("李秋").check()
    # Another row asks for a page of the server; what was typed stays.
    await page.locator('[name="said.violations.0.description"]').fill("未经许可经营汽油")
    await page.get_by_role("button", name="再加一项违法行为").click()
    await page.locator('[name="said.violations.1.description"]').wait_for()
    assert await page.locator('[name="said.cause"]').input_value() == "未经许可经营危险化学品"
    await page.locator('[name="said.violations.0.broke"]').fill("危险化学品安全管理条例 §33(1)")
    await page.locator('[name="said.violations.0.basis"]').fill("危险化学品安全管理条例 §77(3)")
    assert await page.evaluate(OVER) <= 0
    await page.get_by_role("button", name="提请立案", exact=True).last.click()
    await page.wait_for_url(lambda url: "/cases/new" not in url)
    await page.locator(".tag.stage").wait_for()
    assert "周小满" in await page.locator("h1").inner_text()
    assert "12350 举报" in await page.locator("main").inner_text()
    assert await page.locator(".hazard").count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
async def test_who_leads_the_plant_has_a_case_of_their_own_beside_it(
    visitor, office, width, scheme
):
    case = await begun(office)
    page = await visitor("zhangyue", width=width, color_scheme=scheme)
    await page.goto(f"/cases/{case['id']}")
    await page.get_by_role("link", name="对其他当事人立案").click()
    assert case["name"] in await page.locator(".note").first.inner_text()
    assert await page.locator('[name="said.party.kind"]:checked').input_value() == "person"
    await page.locator('[name="said.party.name"]').fill("沈知远")
    await page.locator('[name="said.party.address"]').fill("河津市青禾路 21 号")
    assert await page.evaluate(OVER) <= 0
    await page.get_by_role("button", name="提请立案").last.click()
    await page.wait_for_function("!location.pathname.endsWith('/new')")
    text = await page.locator("main").inner_text()
    assert "沈知远" in await page.locator(".facts").inner_text()
    assert case["party_name"] in text
    await page.locator("section[aria-labelledby=linked] a").first.click()
    await page.wait_for_url(f"**/cases/{case['id']}")
    assert "沈知远" in await page.locator("section[aria-labelledby=linked]").inner_text()
    assert await page.evaluate(OVER) <= 0


async def test_cases_are_found_by_stage_handler_year_and_what_is_due(visitor, office):
    case = await begun(office, name="河津市汾滨机械有限公司专门查找的案件")
    page = await visitor("zhangyue")
    row = page.locator("tbody tr").filter(has_text="专门查找的案件")
    await page.goto("/cases")
    await page.get_by_role("searchbox").fill("专门查找")
    await page.get_by_role("button", name="查询").click()
    await page.wait_for_url("**q=*")
    assert await page.locator("tbody tr").count() == 1
    assert "立案待批" in await row.inner_text()
    assert case["next_due"] is None or case["next_due"] in await row.inner_text()
    await page.get_by_label("阶段").select_option("decided")
    await page.get_by_text("没有符合条件的案件").wait_for()
    year = case["opened_at"][:4]
    for asked, count in (
        ({"year": year}, 1), ({"year": "2021"}, 0), ({"handler": "14088200001"}, 1),
        ({"handler": "14088200003"}, 0), ({"due": "month"}, int(bool(case["next_due_on"]))),
    ):  # fmt: skip
        query = "&".join(f"{key}={value}" for key, value in asked.items())
        await page.goto(f"/cases?q=专门查找&{query}")
        assert await row.count() == count, asked


async def test_a_neighbouring_county_sees_neither_the_case_nor_its_forms(visitor, office):
    case = await begun(office)
    neighbour = await visitor("linhai")
    await neighbour.goto("/cases")
    assert "还没有案件" in await neighbour.locator("main").inner_text()
    for path in (f"/cases/{case['id']}", f"/cases/{case['id']}/acts/conclude-investigation"):
        assert (await neighbour.request.get(path)).status == 404
    await neighbour.goto("/work-list")
    assert "没有待办的案件事项" in await neighbour.locator("main").inner_text()


async def test_who_may_not_see_cases_has_no_way_to_them_and_who_only_reads_does_nothing(
    visitor, office
):
    case = await begun(office)
    clerk = await visitor("hejing")
    assert await clerk.get_by_role("link", name="案件", exact=True).count() == 0
    assert (await clerk.request.get("/cases")).status == 403
    auditor = await visitor("chenlan")
    await auditor.goto(f"/cases/{case['id']}")
    assert await auditor.locator("main form").count() == 0
    assert (await auditor.request.get(f"/cases/{case['id']}/acts/approve-filing")).status == 403


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
async def test_no_page_of_cases_is_wider_than_the_window(visitor, office, width, scheme):
    case = await begun(office)
    page = await visitor("zhangyue", width=width, color_scheme=scheme)
    for path in (
        "/cases", "/work-list", f"/cases/{case['id']}", "/cases/new", "/cases/new?outside=1",
        f"/cases/{case['id']}/acts/serve", f"/cases/{case['id']}/acts/conclude-investigation",
        f"/cases/{case['id']}/acts/deliberate", f"/inspections/{case['inspection_id']}", "/",
    ):  # fmt: skip
        await page.goto(path)
        assert await page.get_by_role("alert").count() == 0, path
        for details in await page.locator("main details").all():
            await details.evaluate("one => one.open = true")
        assert await page.evaluate(OVER) <= 0, path
