"""Documents of a case in the office: written from the case, issued, approved, served, and evidence."""

from uuid import uuid4

import pytest

from tests.gateway.console.test_cases import OVER, approved, begun, fill, inspected
from tests.paper.text import text_of

pytestmark = pytest.mark.browser


async def drafted(page, kind):
    """Begin a document on the page of a case's documents."""
    row = page.locator(f"#form-{kind}")
    for fold in await page.locator("main details.fold").all():
        await fold.evaluate("one => one.open = true")
    await row.locator(".paper-acts button, .paper-acts a").first.click()
    await page.wait_for_url("**/documents/*")


async def written(page, **said):
    """Fill in the fields of a draft by their code."""
    for details in await page.locator("main details.more-fields").all():
        await details.evaluate("one => one.open = true")
    for name, value in said.items():
        field = page.locator(f'#write [name="said.{name}"]')
        if await field.first.get_attribute("type") in ("radio", "checkbox"):
            await page.locator(f'#write [name="said.{name}"][value="{value}"]').check()
        else:
            await field.fill(value)


async def issued(page):
    """Look at it, confirm, issue; the number that it bears."""
    await page.get_by_role("button", name="核对并出具").click()
    told = page.locator(".problem, .act-confirm")
    await told.first.wait_for()
    assert "confirm=1" in page.url, await page.locator(".problem, .why, .bad").all_inner_texts()
    await page.get_by_role("button", name="确认出具").click()
    await page.wait_for_url("**issued=1")
    return await page.locator(".head .sub").inner_text()


async def words(page):
    """The text of the document that is shown."""
    link = page.get_by_role("link", name="打开 PDF")
    answer = await page.request.get(await link.get_attribute("href"))
    number = await page.locator(".head .sub").inner_text()
    return text_of(await answer.body(), None if number == "不编文号" else number)


@pytest.fixture
async def case(office):
    """A case that the head has approved."""
    made = await begun(office)
    await approved(await office.act("zhaomingyuan"), made)
    return made


OPINION = "该行为涉嫌违反安全生产法律规定，建议立案。"
CONTACT = {"organ_address": "河津市泰兴路 2 号", "contact": "张岳　0359-5550009"}


async def test_a_case_goes_on_paper_from_filing_to_decision(visitor, office, reviewer):
    about = await inspected(office, "G06")
    today = await (await visitor()).evaluate("new Date().toLocaleDateString('sv')")
    officer = await visitor("zhangyue")
    await officer.goto(f"/inspections/{about['id']}")
    await officer.get_by_role("button", name="提请立案").click()
    await officer.wait_for_url("**/cases/*")
    case = officer.url.partition("?")[0].rpartition("/")[2]

    # Written before it is approved, seen by who approves, issued after.
    await officer.goto(f"/cases/{case}/documents")
    assert "先写好草稿供审批" in await officer.locator("#form-case-filing-approval").inner_text()
    await drafted(officer, "case-filing-approval")
    assert "当事人情况" in await officer.locator(".from-case").inner_text()
    assert await officer.locator('[name="said.party_name"]').count() == 0
    await written(officer, handler_opinion=OPINION)
    await officer.get_by_role("button", name="核对并出具").click()
    await officer.get_by_role("alert").get_by_text("文书还不能出具").wait_for()
    assert await officer.locator('[name="said.handler_opinion"]').input_value() == OPINION
    draft = officer.url
    head = await visitor("zhaomingyuan", width=400)
    await head.goto(f"/cases/{case}")
    shown = head.locator(".deciding .page-seen img")
    # A picture far down is not loaded before it is near, and would be waited for without end.
    await shown.scroll_into_view_if_needed()
    await shown.evaluate("one => one.decode()")
    assert await shown.evaluate("one => one.naturalWidth") > 800
    await head.get_by_role("button", name="批准立案").click()
    await head.wait_for_url("**/cases/*told=*")
    await officer.goto(draft)
    assert (await issued(officer)).startswith("（河）应急立〔")
    text = await words(officer)
    assert OPINION in text
    assert "同意立案。" in text
    assert "草稿" not in text

    await officer.goto(f"/cases/{case}/documents")
    await drafted(officer, "inquiry-notice")
    await written(
        officer, asked="周正", cause="安全生产违法行为", inquiry_place="询问室", bring="id_card"
    )
    assert (await issued(officer)).startswith("（河）应急询〔")
    assert "请你于" in await words(officer)

    await officer.goto(f"/cases/{case}")
    await fill(officer, "add-evidence", "收集证据", **{
        "evidence.0.name": "冲压设备照片", "evidence.0.kind": "照片", "evidence.0.taken_on": today,
    })  # fmt: skip
    await fill(officer, "restate-violations", "核定违法行为", **{
        "violations.0.penalties": "fine", "violations.0.fine": "20000",
        "violations.0.departure": "裁量基准未列该情形",
    })  # fmt: skip
    await fill(officer, "conclude-investigation", "调查终结", **{
        "facts": "冲压设备未装安全防护装置，事实清楚，证据确凿。", "outcome": "penalty",
        "penalties": "fine", "fine": "20000", "text": "罚款人民币贰万元整",
    })  # fmt: skip
    # The act offers the form that goes with it.
    await officer.get_by_role("button", name="制作案件调查终结报告").click()
    await officer.wait_for_url("**/documents/*")
    # The opinion of the head in charge is his act: nobody types it, he gives it beside the page.
    assert await officer.locator('[name="said.approval_opinion"]').count() == 0
    await written(officer, handler_opinion="建议处罚款二万元。", discretion="一般情节。")
    await officer.get_by_role("button", name="保存并预览").click()
    await officer.wait_for_url("**saved=1*")
    report = officer.url.partition("?")[0]
    await head.goto(f"/cases/{case}")
    asked = head.locator(".approving", has_text="案件调查终结报告")
    # A picture far down is not loaded before it is near, and would be waited for without end.
    await asked.locator(".page-seen img").scroll_into_view_if_needed()
    await asked.locator(".page-seen img").evaluate("one => one.decode()")
    await asked.get_by_label("审批意见").fill("同意承办人的意见。")
    await asked.get_by_role("button", name="同意", exact=True).click()
    await head.wait_for_url("**/cases/*told=approve-measure")
    await officer.goto(report)
    await issued(officer)
    text = await words(officer)
    assert "同意承办人的意见。" in text
    assert "赵明远" in text
    await officer.goto(f"/cases/{case}")
    await fill(officer, "submit-legal-review", "提交法制审核")
    reviews = await visitor(reviewer)
    await reviews.goto(f"/cases/{case}")
    deciding = reviews.locator(".deciding")
    assert await deciding.get_by_text("案件调查终结报告").count() > 0
    # What was proposed is no opinion of who reviews it.
    assert await deciding.get_by_label("意见内容").input_value() == ""
    await deciding.get_by_label("同意", exact=True).check()
    await deciding.get_by_label("意见内容").fill("事实清楚，适用法律正确。")
    await deciding.get_by_label("否").check()
    await deciding.get_by_role("button", name="法制审核").click()
    await reviews.wait_for_url("**/cases/*told=*")

    await officer.goto(f"/cases/{case}")
    await fill(officer, "notify-penalty", "行政处罚告知")
    await officer.get_by_role("button", name="制作行政处罚告知书").click()
    await officer.wait_for_url("**/documents/*")
    await written(officer, **CONTACT)
    number = await issued(officer)
    assert number.startswith("（河）应急罚告〔")
    text = await words(officer)
    for said in ("河津市", "陈述和申辩", "贰万元整（¥20,000.00）", "泰兴路2号"):
        assert said in text, said
    # Once issued, what follows is offered.
    await officer.get_by_role("link", name="送达文书").click()
    await officer.wait_for_url("**/acts/serve")
    assert (
        await officer.locator('[name="said.of"]').evaluate_all(
            "all => all.map(one => one.type === 'radio' ? (one.checked ? one.value : '') : one.value).join('')"
        )
        == "penalty-notice"
    )
    await fill(officer, "serve", "送达文书", method="direct", served_on=today, received_by="周正")
    await fill(
        officer, "waive", "当事人放弃陈述申辩、听证", right="both", signed_by="周正",
        signed_on=today,
    )  # fmt: skip
    await fill(officer, "submit-decision", "案件处理呈批", opinion="建议处罚款二万元。")
    chief = await visitor("wangheng", width=400)
    await chief.goto(f"/cases/{case}")
    assert await chief.locator(".deciding .page-seen img").count() == 1
    await chief.get_by_role("button", name="同意", exact=True).click()
    await chief.wait_for_url("**/cases/*told=*")
    await head.goto(f"/cases/{case}")
    await head.get_by_role("button", name="批准处理意见").click()
    await head.wait_for_url("**/cases/*told=*")
    await officer.goto(f"/cases/{case}")
    await fill(officer, "decide", "作出行政处罚决定")
    await officer.get_by_role("button", name="制作行政处罚决定书").click()
    await officer.wait_for_url("**/documents/*")
    await written(officer, bank="河津市农商银行", account="财政专户 00000000")
    # A phrase that is proposed goes in by a press.
    await officer.get_by_role("button", name="在规定期限内未提出陈述").click()
    assert (await issued(officer)).startswith("（河）应急罚〔")
    text = await words(officer)
    for said in ("贰万元整（¥20,000.00）", "河津市人民政府申请行政复议", "财政专户00000000"):
        assert said in text, said
    await officer.goto(f"/cases/{case}/documents")
    assert "已出具" in await officer.locator("#form-penalty-decision").inner_text()


async def test_what_cannot_be_issued_says_why_and_its_button_begins_what_is_lacking(
    visitor, office, case
):
    officer = await visitor("zhangyue")
    await officer.goto(f"/cases/{case['id']}/documents")
    await drafted(officer, "penalty-decision")
    wanting = officer.locator(".note-box .why > li").filter(has_text="尚未出具行政处罚告知书")
    assert "行政处罚法 §44" in await wanting.inner_text()
    await written(officer, bank="河津市农商银行", account="财政专户 00000000")
    await officer.get_by_role("button", name="核对并出具").click()
    await officer.get_by_role("alert").wait_for()
    assert await officer.locator('[name="said.bank"]').input_value() == "河津市农商银行"
    await wanting.get_by_role("button", name="制作行政处罚告知书").click()
    await officer.wait_for_url(lambda url: "penalty" not in url and "/documents/" in url)
    assert await officer.locator("h1").inner_text() == "行政处罚告知书"
    told = (await (await office.act("zhangyue")).get(f"/v1/cases/{case['id']}/documents")).json()
    assert not [one for one in told["items"] if one["of_case"]]


async def test_a_field_that_cannot_be_read_keeps_its_words_with_the_fault_beside_it(
    visitor, office, case
):
    officer = await visitor("zhangyue", width=400)
    await officer.goto(f"/cases/{case['id']}/documents")
    await drafted(officer, "sampling-receipt")
    await officer.get_by_role("button", name="再加一项").first.click()
    await officer.locator(".row-of").nth(1).wait_for()
    await officer.get_by_role("button", name="核对并出具").click()
    await officer.get_by_role("alert").wait_for()
    assert await officer.locator(".bad .fault").count() > 0
    assert await officer.evaluate(OVER) <= 0


async def test_a_document_is_drawn_and_issued_for_the_moment_that_is_chosen(visitor, office, case):
    officer = await visitor("zhangyue", width=400)
    await officer.goto(f"/cases/{case['id']}/documents")
    await drafted(officer, "matter-approval")
    await written(officer, content="提请延长三十日。", handler_opinion="建议延长。")
    await officer.locator('[name="said.matter"]').first.check()
    await officer.get_by_role("button", name="核对并出具").click()
    await officer.wait_for_url("**confirm=1")

    async def chosen(at):
        await officer.get_by_text("出具时间：").click()
        await officer.get_by_label("实际制作的日期和时间").fill(at)
        await officer.get_by_role("button", name="按此时间重新排版").click()
        await officer.wait_for_url("**at=*")

    await chosen("2999-01-01T09:00")
    assert "不能晚于现在" in await officer.locator(".made-for .fault").inner_text()
    assert await officer.get_by_role("button", name="确认出具").is_disabled()
    await officer.get_by_label("实际制作的日期和时间").fill("2020-01-01T09:00")
    await officer.get_by_role("button", name="按此时间重新排版").click()
    await officer.wait_for_url("**at=2020*")
    assert "at=2020-01-01T01" in await officer.locator(".page-seen img").get_attribute("src")
    await officer.get_by_role("button", name="确认出具").click()
    await officer.get_by_role("alert").get_by_text("早于案件中的第一个事项").wait_for()
    assert await officer.evaluate(OVER) <= 0
    await officer.get_by_text("出具时间：").click()
    began = await officer.evaluate("new Date().toLocaleString('sv').slice(0, 16).replace(' ', 'T')")
    await officer.get_by_label("实际制作的日期和时间").fill(began)
    await officer.get_by_role("button", name="按此时间重新排版").click()
    await officer.wait_for_url("**at=*")
    await officer.get_by_role("button", name="确认出具").click()
    await officer.wait_for_url("**issued=1")
    assert began.replace("T", " ") in await officer.locator(".tags").inner_text()


async def test_of_two_who_write_one_sees_the_others_words_and_loses_none(visitor, office, case):
    mine, theirs = await visitor("zhangyue"), await visitor("zhangyue")
    await mine.goto(f"/cases/{case['id']}/documents")
    await drafted(mine, "matter-approval")
    await theirs.goto(mine.url)
    await written(theirs, content="提请延长三十日。")
    await theirs.get_by_role("button", name="保存并预览").click()
    await theirs.wait_for_url("**saved=1*")
    await written(mine, content="提请延长六十日。")
    await mine.get_by_role("button", name="保存并预览").click()
    alert = mine.get_by_role("alert")
    await alert.wait_for()
    assert "草稿已被他人修改" in await alert.inner_text()
    assert "提请延长三十日。" in await mine.locator(".moved").inner_text()
    assert await mine.locator('[name="said.content"]').input_value() == "提请延长六十日。"
    await mine.get_by_role("button", name="保存并预览").click()
    await mine.wait_for_url("**saved=1*")
    assert await mine.locator('[name="said.content"]').input_value() == "提请延长六十日。"


async def test_a_case_that_moves_on_is_told_before_its_document_is_issued(visitor, office, case):
    officer = await visitor("zhangyue")
    await officer.goto(f"/cases/{case['id']}/documents")
    await drafted(officer, "inquiry-notice")
    await written(
        officer, asked="周正", cause="安全生产违法行为", inquiry_place="询问室", bring="id_card"
    )
    await officer.get_by_role("button", name="核对并出具").click()
    await officer.wait_for_url("**confirm=1")
    client = await office.act("zhangyue")
    now = (await client.get(f"/v1/cases/{case['id']}")).json()
    said = {"evidence": [{"name": "设备合格证", "kind": "书证"}]}
    body = {"kind": "add-evidence", "at": now["changed_at"], "after": now["acts"], "said": said}
    answer = await client.put(f"/v1/cases/{case['id']}/acts/{uuid4()}", json=body)
    assert answer.is_success, answer.text
    await officer.get_by_role("button", name="确认出具").click()
    await officer.get_by_text("您核对以后，案件又办理了下列事项").wait_for()
    assert "设备合格证" in await officer.locator(".moved").inner_text()
    await officer.get_by_role("button", name="确认出具").dblclick()
    await officer.wait_for_url("**issued=1")
    told = (await client.get(f"/v1/cases/{case['id']}/documents")).json()["items"]
    assert [one["kind"] for one in told if one["of_case"]] == ["inquiry-notice"]


async def test_a_document_is_made_void_with_a_reason_and_can_be_made_again(visitor, office, case):
    officer = await visitor("zhangyue", width=400)
    await officer.goto(f"/cases/{case['id']}/documents")
    await drafted(officer, "inquiry-notice")
    await written(
        officer, asked="周正", cause="安全生产违法行为", inquiry_place="询问室", bring="id_card"
    )
    first = await issued(officer)
    await officer.get_by_text("作废本文书").click()
    await officer.get_by_label("作废的理由").fill("询问时间写错。")
    await officer.get_by_role("button", name="确认作废").click()
    await officer.get_by_text("已于").first.wait_for()
    assert "询问时间写错。" in await officer.locator("main").inner_text()
    assert await officer.get_by_role("button", name="确认作废").count() == 0
    await officer.goto(f"/cases/{case['id']}/documents")
    row = officer.locator("#form-inquiry-notice")
    for said in (first, "已作废", "询问时间写错。"):
        assert said in await row.inner_text()
    await drafted(officer, "inquiry-notice")
    assert "草稿第 1 稿" in await officer.locator(".head .sub").inner_text()


async def test_another_county_sees_neither_documents_nor_evidence(visitor, office, case):
    neighbour = await visitor("linhai")
    base = f"/cases/{case['id']}"
    for path in (
        f"{base}/documents", f"{base}/forms/prior-notice/picture", f"{base}/evidence/new",
        f"{base}/evidence/{'ab' * 32}",
    ):  # fmt: skip
        assert (await neighbour.request.get(path)).status == 404, path


async def test_who_only_reads_makes_nothing(visitor, office, case):
    auditor = await visitor("chenlan")
    await auditor.goto(f"/cases/{case['id']}/documents")
    assert await auditor.locator("main form").count() == 0
    assert await auditor.locator(".papers > li").count() > 3
    assert (await auditor.request.get(f"/cases/{case['id']}/evidence/new")).status == 403


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
async def test_no_page_of_documents_is_wider_than_the_window(visitor, office, case, width, scheme):
    page = await visitor("zhangyue", width=width, color_scheme=scheme)
    await page.goto(f"/cases/{case['id']}/documents")
    kinds = ("investigation-report", "prior-notice", "deliberation-record", "sampling-receipt")
    client = await office.act("zhangyue")
    paths = [f"/cases/{case['id']}/documents", f"/cases/{case['id']}/evidence/new"]
    for kind in kinds:
        id_ = str(uuid4())
        body = {"kind": kind, "said": {}, "revision": 0}
        answer = await client.put(f"/v1/cases/{case['id']}/drafts/{id_}", json=body)
        assert answer.is_success, answer.text
        paths += [f"{paths[0]}/{id_}", f"{paths[0]}/{id_}?confirm=1"]
    for path in paths:
        await page.goto(path)
        assert await page.get_by_role("alert").count() == 0, path
        for details in await page.locator("main details").all():
            await details.evaluate("one => one.open = true")
        assert await page.evaluate(OVER) <= 0, path
