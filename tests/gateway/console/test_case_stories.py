"""Four whole cases in the browser, each act by whom it waits for, entered for the day it was done."""

import psycopg
import pytest

from tests.gateway.console.case_desk import (
    CHAIR,
    CHIEF,
    HANDLER,
    HEAD,
    REVIEWER,
    Desk,
    inspected,
    lawyers,
)

pytestmark = pytest.mark.browser
PENALTY = {"penalties": "fine", "fine": "60000", "text": "罚款人民币陆万元整"}


@pytest.fixture(scope="module")
async def people(office):
    """The reviewer and the chair beside the people of the day."""
    await lawyers(office)


async def weighed(
    desk, at, grade="B", fine="60000", reason="记录不全，涉及一个车间，已在期限内改正"
):
    """Grade, sum and reason of the only violation; the reasons are shown before they are entered."""
    page = await desk.form("restate-violations")
    await page.locator(f'[name="said.violations.0.grade"][value="{grade}"]').check()
    await desk.fill(page, **{"violations.0.fine": fine, "violations.0.reason": reason})
    await page.locator('[name="said.violations.0.reason"]').press("Tab")
    told = page.locator("[data-result] .reasons")
    await told.get_by_text(reason).wait_for()
    text = await told.inner_text()
    await desk.send(page, "restate-violations", at)
    await page.wait_for_url("**/cases/*told=*")
    return text


async def concluded(desk, day, penalty=PENALTY):
    """Evidence, the violation weighed, the investigation concluded and reviewed."""
    await desk.act("add-evidence", f"{day}T09:00", **{
        "evidence.0.name": "隐患排查治理台账复印件", "evidence.0.kind": "书证", "evidence.0.taken_on": day,
    })  # fmt: skip
    text = await weighed(desk, f"{day}T10:00", fine=penalty["fine"])
    await desk.act(
        "conclude-investigation", f"{day}T15:00",
        facts="未将事故隐患排查治理情况如实记录，事实清楚，证据确凿。", outcome="penalty", **penalty,
    )  # fmt: skip
    return text


async def reviewed(desk, submitted, at):
    await desk.act("submit-legal-review", submitted)
    await desk.decide(
        REVIEWER, "法制审核", at, opinion="agree", text="事实清楚，适用法律正确。", first_time="no"
    )


async def served(desk, of, day, hour="16:00"):
    await desk.act(
        "serve", f"{day}T{hour}", of=of, method="direct", served_on=day, received_by="周正"
    )


async def sealed(desk, at, number):
    """The archivist seals the file, reads it, and verifies it."""
    await desk.papers()
    page = await desk.window(CHIEF)
    await page.goto(f"/cases/{desk.case}/archive")
    await page.get_by_label("档号").fill(number)
    await page.get_by_text("不是现在办理的（补录）").click()
    await page.locator('[name="done_at"]').fill(at)
    await desk.picture(page, "before-the-seal")
    await page.get_by_role("button", name="封卷归档").click()
    await page.wait_for_url("**told=sealed")
    await page.get_by_label("查阅事由").fill("案卷评查")
    await page.get_by_role("button", name="查看首页和目录").click()
    await page.get_by_text("本次查阅已记录").wait_for()
    cover = await page.locator('section[aria-labelledby="cover"]').inner_text()
    assert number in cover
    readings = await page.locator('section[aria-labelledby="readings"]').inner_text()
    assert "案卷评查" in readings
    await desk.picture(page, "sealed")
    for button, suffix in (("下载案卷包", ".zip"), ("下载案卷（PDF，可打印）", ".pdf")):
        async with page.expect_download() as download:
            await page.get_by_role("button", name=button).click()
        assert (await download.value).suggested_filename.endswith(suffix)
    await page.get_by_role("link", name="核验案卷").click()
    verdict = page.locator(".verdict.intact")
    assert "核验通过" in await verdict.inner_text()
    await desk.picture(page, "verified")
    assert await desk.stage() == "已归档"


async def test_an_ordinary_case_with_a_hearing_and_instalments_is_sealed(visitor, office, people):
    about = await inspected(office, "2026-03-02")
    desk = Desk(visitor, "ordinary")
    await desk.begin(about["id"], "2026-03-02T15:00")
    await desk.decide(HEAD, "批准立案", "2026-03-03T09:00")
    text = await concluded(desk, "2026-03-12")
    assert "《安全生产法》第九十七条第五项" in text
    assert "罚款陆万元整" in text
    await reviewed(desk, "2026-03-13T09:00", "2026-03-16T09:00")

    await desk.act("notify-penalty", "2026-03-17T09:00")
    await served(desk, "penalty-notice", "2026-03-17", "10:00")
    await desk.act("notify-hearing", "2026-03-17T11:00")
    await served(desk, "hearing-notice", "2026-03-17")
    await desk.act("request-hearing", "2026-03-20T09:00", person="周正", asked_on="2026-03-20")
    assert await desk.stage() == "听证中"

    # Six working days are too few: said at the field, and nothing typed is lost.
    page = await desk.form("notify-hearing-session")
    chairs = await page.locator('[name="said.chair"]').inner_text()
    assert "卢岚" in chairs
    assert "张岳" not in chairs
    await desk.fill(
        page, received_on="2026-03-23", hearing_on="2026-04-01", time="9:00", place="局三楼会议室",
        public="yes", chair="14088200016", chair_post="法规股股长", clerk="方舟",
    )  # fmt: skip
    await desk.send(page, "notify-hearing-session", "2026-03-23T10:00")
    fault = page.locator(".bad", has=page.locator('[name="said.hearing_on"]'))
    assert "最迟" in await fault.inner_text()
    assert await page.locator('[name="said.place"]').input_value() == "局三楼会议室"
    await desk.fill(page, hearing_on="2026-04-02")
    await desk.send(page, "notify-hearing-session", "2026-03-23T10:00")
    await page.wait_for_url("**/cases/*told=*")

    await desk.act(
        "hold-hearing", "2026-04-02T12:00", CHAIR, text="承办人、当事人先后陈述、质证，记录在案。",
        signed="yes", **{"from": "2026-04-02T09:00", "until": "2026-04-02T11:00"},
    )  # fmt: skip
    await desk.act(
        "report-hearing", "2026-04-03T09:00", CHAIR, summary="当事人请求从轻处罚。",
        opinion="事实清楚，建议维持拟处罚款。",
    )  # fmt: skip
    assert await desk.stage() == "听证终结"
    await reviewed(desk, "2026-04-07T09:00", "2026-04-08T09:00")
    await desk.act(
        "submit-decision", "2026-04-09T09:00", outcome="penalty", opinion="建议罚款六万元。"
    )
    page = await desk.form("deliberate", HEAD)
    await desk.fill(
        page,
        **{"attendees.1.name": "吴立", "attendees.1.post": "副局长", "attendees.1.head": "yes"},
    )
    await page.get_by_role("button", name="把出席人员列入讨论记录").click()
    record = page.locator('[name="said.record"]')
    await record.wait_for()
    assert "吴立（副局长）：" in await record.input_value()
    await desk.fill(
        page, place="局会议室", recorder="方舟", conclusion="agree",
        record="赵明远（副局长）：同意。\n吴立（副局长）：同意。",
        **{"from": "2026-04-10T09:00", "until": "2026-04-10T10:00"},
    )  # fmt: skip
    await desk.send(page, "deliberate", "2026-04-10T11:00")
    await page.wait_for_url("**/cases/*told=*")
    await desk.decide(CHIEF, "同意", "2026-04-10T14:00")
    await desk.decide(HEAD, "批准处理意见", "2026-04-10T15:00")
    await desk.act("decide", "2026-04-13T09:00")
    await served(desk, "decision", "2026-04-14")
    await desk.act(
        "publish", "2026-04-15T09:00", where="信用中国（山西）", published_on="2026-04-15"
    )

    # A plan of instalments sums itself up.
    page = await desk.form("allow-instalments", HEAD)
    await desk.fill(page, applied_on="2026-04-20", reason="资金周转困难")
    await page.locator('[name="plan.count"]').fill("2")
    await page.locator('[name="plan.first"]').fill("2026-05-20")
    await page.get_by_role("button", name="按月平均分期").click()
    await page.locator('[name="said.instalments.1.amount"]').wait_for(state="attached")
    assert "合计相符" in await page.locator(".sums").inner_text()
    await page.locator('[name="said.instalments.0.amount"]').fill("20000")
    assert "还差 ¥10,000.00" in await page.locator(".sums").inner_text()
    await page.locator('[name="said.instalments.1.amount"]').fill("40000")
    await desk.send(page, "allow-instalments", "2026-04-22T09:00")
    await page.wait_for_url("**/cases/*told=*")
    for day, amount, receipt in (
        ("2026-05-20", "20000", "No.0001"),
        ("2026-06-19", "40000", "No.0002"),
    ):
        await desk.act(
            "pay", f"{day}T16:00", towards="fine", amount=amount, paid_on=day, method="bank",
            receipt=receipt,
        )  # fmt: skip
    page = await desk.window(CHIEF)
    await page.goto(f"/cases/{desk.case}/money?on=2026-05-25")
    text = await page.locator("main").inner_text()
    for said in ("已缴\n¥20,000.00", "未缴\n¥40,000.00", "2026-06-20", "截至该日没有逾期"):
        assert said in text
    await desk.picture(page, "money")
    await closed(desk, "2026-06-22")
    await sealed(desk, "2026-06-24T09:00", "2026-CF-101")
    # What was put on paper afterwards bears the day of its act.
    told = await (await office.act(HANDLER)).get(f"/v1/cases/{desk.case}/documents")
    days = {one["kind"]: one["issued_at"][:10] for one in told.json()["items"] if one["of_case"]}
    assert days["case-filing-approval"] == "2026-03-03"
    assert days["penalty-decision"] == "2026-04-13"
    assert days["case-service-receipt"] == "2026-04-14"
    page = await desk.window(HEAD)
    await page.goto(f"/cases/{desk.case}")
    # What was entered later than it was done says so, and by whom it was done in words.
    assert await page.locator(".timeline .entered").count() > 30
    await desk.picture(page, "case")


async def closed(desk, day):
    await desk.papers()
    await desk.act(
        "propose-closing", f"{day}T09:00", performance="罚款已缴清。", opinion="建议结案。"
    )
    await desk.decide(CHIEF, "同意", f"{day}T10:00")
    await desk.decide(HEAD, "批准结案", f"{day}T11:00")


async def test_a_summary_case_is_decided_on_the_spot_paid_in_cash_and_sealed(
    visitor, office, people
):
    about = await inspected(office, "2026-03-04", plant=1)
    desk = Desk(visitor, "summary", looks=False)
    day = "2026-03-04"
    await desk.begin(about["id"], f"{day}T11:10", summary=True)
    assert await desk.stage() == "当场查处"
    small = {"penalties": "fine", "fine": "100", "text": "罚款人民币壹佰元整"}
    await desk.act(
        "notify-penalty", f"{day}T11:20", facts="台账未如实记录一处隐患的治理情况。", **small
    )
    await desk.act(
        "state-and-defend", f"{day}T11:30", person="周正", text="没有意见。", accepted="none",
        considered="事实清楚。",
    )  # fmt: skip
    await desk.act("decide", f"{day}T11:40", **small)
    await served(desk, "decision", day, "11:45")
    await desk.act(
        "pay", f"{day}T11:50", amount="100", paid_on=day, method="cash", receipt="No.0101"
    )
    await desk.act(
        "report-summary", "2026-03-05T09:00", reported_on="2026-03-05", received_by="方舟"
    )
    await desk.act("hand-in-cash", "2026-03-05T09:30", handed_in_on="2026-03-05")
    await desk.act("bank-cash", "2026-03-06T09:30", banked_on="2026-03-06", receipt="No.0102")
    await desk.act(
        "publish", "2026-03-06T10:00", where="信用中国（山西）", published_on="2026-03-06"
    )
    await closed(desk, "2026-03-09")
    await sealed(desk, "2026-03-10T09:00", "2026-CF-102")


async def test_a_case_is_transferred_to_the_police_and_its_file_sealed(
    visitor, office, people, office_database
):
    about = await inspected(office, "2026-03-05", plant=3)
    desk = Desk(visitor, "transferred", looks=False)
    await desk.begin(about["id"], "2026-03-05T15:00")
    await desk.decide(HEAD, "批准立案", "2026-03-06T09:00")
    await desk.act("propose-transfer", "2026-03-10T09:00", report="涉嫌危险作业罪，建议移送。")
    await desk.act(
        "transfer", "2026-03-11T09:00", HEAD, kind="crime", organ="河津市公安局",
        reason="涉嫌危险作业罪。", materials="案卷\n现场照片",
    )  # fmt: skip
    assert await desk.stage() == "已移送"
    page = await desk.window("zhangyue")
    # What was running until then runs no more: only the file waits to be sealed.
    assert await page.locator(".duties > li").count() <= 2
    await page.locator("#act-4 summary").click()
    assert await page.get_by_text("涉嫌危险作业罪。").is_visible()
    duty = page.locator("#duty-send-transfer")
    assert "03月12日 09:00 届满" in await duty.inner_text()
    await desk.act(
        "send-transfer", "2026-03-11T16:00", sent_at="2026-03-11T15:30", received_by="李警官"
    )
    await sealed(desk, "2026-03-13T09:00", "2026-CF-103")
    # Whoever changes a word behind the office's back is found, in red, with where it is.
    with psycopg.connect(office_database(None)) as owner:
        owner.execute(
            "update case_svc.case_act set body = jsonb_set(body, '{said,reason}', '\"改过\"')"
            " where case_id = %s and kind = 'transfer'",
            (desk.case,),
        )
    archivist = await desk.window(CHIEF)
    await archivist.goto(f"/cases/{desk.case}/archive/verification")
    verdict = archivist.locator(".verdict.broken")
    assert "核验不符" in await verdict.inner_text()
    assert await verdict.locator("li").count() > 0
    await desk.picture(archivist, "tampered")


async def test_a_decision_revoked_in_review_is_withdrawn_from_the_web_and_made_anew(
    visitor, office, people
):
    about = await inspected(office, "2026-03-03", plant=4)
    desk = Desk(visitor, "revoked", looks=False)
    await desk.begin(about["id"], "2026-03-03T15:00")
    await desk.decide(HEAD, "批准立案", "2026-03-04T09:00")
    first = {"penalties": "fine", "fine": "40000", "text": "罚款人民币肆万元整"}
    await concluded(desk, "2026-03-12", first)
    await to_the_decision(desk, "2026-03-16", "2026-03-17", "2026-03-18", "2026-03-19")
    await desk.act(
        "record-challenge", "2026-04-10T09:00", kind="review", organ="河津市人民政府",
        accepted_on="2026-04-09",
    )  # fmt: skip
    await desk.act(
        "review-outcome", "2026-05-20T09:00", outcome="revoked", received_on="2026-05-20",
        redo="yes", text="主要事实不清，撤销并责令重新作出。",
    )  # fmt: skip
    assert await desk.stage() == "决定已撤销"
    page = await desk.window("zhangyue")
    # It still stands on the web: withdrawing it is due, and says why on that day.
    duty = page.locator("#duty-withdraw-publication")
    assert "撤回" in await duty.inner_text()
    await desk.picture(page, "fallen")
    await desk.act(
        "withdraw-publication", "2026-05-21T09:00", where="信用中国（山西）",
        withdrawn_on="2026-05-21", reason="复议机关撤销原处罚决定。",
    )  # fmt: skip
    await page.goto(f"/cases/{desk.case}")
    assert await duty.count() == 0
    await desk.act("reopen", "2026-05-22T09:00", HEAD, reason="复议机关责令重新作出行政行为。")
    assert await desk.stage() == "调查取证"
    second = {"penalties": "fine", "fine": "32000", "text": "罚款人民币叁万贰仟元整"}
    await concluded(desk, "2026-05-26", second)
    await to_the_decision(desk, "2026-05-28", "2026-05-29", "2026-06-01", "2026-06-02")
    await desk.act(
        "pay", "2026-06-05T16:00", amount="32000", paid_on="2026-06-05", method="bank",
        receipt="No.0301",
    )  # fmt: skip
    await closed(desk, "2026-06-08")
    await sealed(desk, "2026-06-10T09:00", "2026-CF-104")
    assert await page.locator(".timeline > li").filter(has_text="作出行政处罚决定").count() == 2


async def to_the_decision(desk, told, approved, decided, published):
    """Notice, waiver, approval, decision, service and publication, each on its day."""
    await desk.act("notify-penalty", f"{told}T09:00", facts="未将隐患治理情况如实记录。")
    await served(desk, "penalty-notice", told, "10:00")
    await desk.act("waive", f"{told}T11:00", right="both", signed_by="周正", signed_on=told)
    await desk.act("submit-decision", f"{told}T15:00", outcome="penalty", opinion="建议处罚。")
    await desk.act(
        "deliberate", f"{approved}T10:30", HEAD, place="局会议室", recorder="方舟",
        record="赵明远：同意。吴立：同意。", conclusion="agree",
        **{"attendees.1.name": "吴立", "attendees.1.post": "副局长", "attendees.1.head": "yes",
           "from": f"{approved}T09:00", "until": f"{approved}T10:00"},
    )  # fmt: skip
    await desk.decide(HEAD, "批准处理意见", f"{approved}T15:00")
    await desk.act("decide", f"{decided}T09:00")
    await served(desk, "decision", decided)
    await desk.act(
        "publish", f"{published}T09:00", where="信用中国（山西）", published_on=published
    )
