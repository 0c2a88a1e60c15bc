"""What was sealed at the plant stands in the office's work list until the head has answered."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import document, document_data, inspection, leased, recorded
from tests.case_svc.test_documents import issued

pytestmark = pytest.mark.browser
KIND, ORDER = "seizure-decision", "correction-order"
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def test_the_head_answers_an_urgent_seizure_in_the_work_list(office, visitor):
    officer = await office.act("zhangyue")
    await recorded(officer, visit := inspection(office.complete[2]))
    data = document_data(KIND, visit) | {
        "approval": "urgent", "urgent_reason": "随时可能发生爆炸", "until": "2026-07-20"
    }  # fmt: skip
    for name in ("approved_by", "approved_at"):
        data.pop(name, None)
    body = document(visit, await leased(officer, KIND), kind=KIND, data=data)
    await issued(officer, body)
    known = (await officer.get("/v1/site-duties", params={"inspection": visit["id"]})).json()[
        "items"
    ]
    (duty,) = [one for one in known if one["name"] == "report-urgent"]

    page = await visitor("zhangyue", width=400)
    await page.goto("/work-list")
    own = page.locator(f"#s-{duty['id']}")
    assert "24小时内报告并补办批准手续" in await own.inner_text()
    assert "已逾期" in await own.inner_text()
    assert await own.locator("form").count() == 0
    assert await page.evaluate(OVER) <= 0

    head = await visitor("zhaomingyuan")
    await head.goto("/work-list")
    own = head.locator(f"#s-{duty['id']}")
    await own.get_by_text("同意，补办批准手续", exact=True).click()
    await own.locator("textarea").fill("情况属实，同意补办。")
    await own.get_by_role("button", name="答复").click()
    await head.wait_for_url("**/work-list")
    assert await head.locator(f"#s-{duty['id']}").count() == 0
    # And is carried into the case that is made of the visit.
    case = str(uuid4())
    body = {"at": visit["ended_at"], "source": "inspection", "inspection_id": visit["id"]}
    begun = await officer.put(f"/v1/cases/{case}", json=body)
    assert begun.is_success, begun.text
    await page.goto(f"/cases/{case}")
    assert (
        "同意，补办批准手续：情况属实，同意补办。"
        in await page.locator(f"#s-{duty['id']}").inner_text()
    )
    assert await page.evaluate(OVER) <= 0
    asked = {"inspection": visit["id"], "open_only": "false"}
    known = (await officer.get("/v1/site-duties", params=asked)).json()["items"]
    (told,) = [one for one in known if one["name"] == "report-urgent"]
    assert (told["answer"], told["opinion"]) == ("approved", "情况属实，同意补办。")


async def test_more_time_to_correct_is_asked_on_the_page_and_granted_in_the_work_list(
    office, visitor
):
    officer = await office.act("zhangyue")
    await recorded(officer, visit := inspection(office.complete[3], ("G06", "G07")))
    page = await visitor("zhangyue", width=400)
    await page.goto(f"/inspections/{visit['id']}")
    # Nothing was ordered yet: there is no day to put off.
    assert await page.locator("#later").count() == 0
    lease = await leased(officer, ORDER)
    await issued(officer, document(visit, lease, kind=ORDER))
    await page.goto(f"/inspections/{visit['id']}")
    section = page.locator("section", has=page.locator("#later"))
    await section.locator("summary").click()
    assert "最迟 2026-06-23" in await section.inner_text()
    await section.get_by_label("申请延长至").fill("2026-07-01")
    await section.get_by_label("当事人申请之日").fill("2026-06-24")
    await section.get_by_label("申请的理由").fill("防护罩须向厂家订货。")
    await section.get_by_role("button", name="登记申请，报负责人").click()
    assert "应当晚于" in await page.get_by_role("alert").inner_text()
    assert await section.get_by_label("申请的理由").input_value() == "防护罩须向厂家订货。"
    await section.get_by_label("申请延长至").fill("2026-08-08")
    await section.get_by_role("button", name="登记申请，报负责人").click()
    await section.get_by_text("答复已逾期").wait_for()
    assert await page.evaluate(OVER) <= 0

    (duty,) = (await officer.get("/v1/site-duties", params={"inspection": visit["id"]})).json()[
        "items"
    ]
    head = await visitor("zhaomingyuan")
    await head.goto("/work-list")
    own = head.locator(f"#s-{duty['id']}")
    assert "防护罩须向厂家订货。" in await own.inner_text()
    await own.get_by_text("同意延长整改期限", exact=True).click()
    await own.locator("textarea").fill("情况属实，同意。")
    await own.get_by_role("button", name="答复").click()
    await head.wait_for_url("**/work-list")
    await page.goto(f"/inspections/{visit['id']}")
    told = await page.locator("article.hazard").first.inner_text()
    assert "2026-08-08" in told
    assert "原定 2026-07-08，已批准延期" in told
    assert "同意延长整改期限：情况属实，同意。" in await section.inner_text()


async def test_what_is_sealed_goes_on_in_the_case_by_a_form_that_knows_it(office, visitor):
    officer, head = await office.act("zhangyue"), await office.act("zhaomingyuan")
    await recorded(officer, visit := inspection(office.complete[4]))
    data = document_data(KIND, visit) | {
        "until": "2026-07-20", "approval": "prior", "approved_by": "尚国平",
        "approved_at": "2026-06-23T03:00:00Z",
    }  # fmt: skip
    body = document(visit, await leased(officer, KIND), kind=KIND, data=data)
    await issued(officer, body)
    case, at = str(uuid4()), datetime.now(UTC).isoformat()
    begun = {"at": at, "source": "inspection", "inspection_id": visit["id"]}
    assert (await officer.put(f"/v1/cases/{case}", json=begun)).is_success
    filed = {"kind": "approve-filing", "at": at, "after": 1, "said": {"opinion": "同意立案。"}}
    assert (await head.put(f"/v1/cases/{case}/acts/{uuid4()}", json=filed)).is_success
    page = await visitor("zhangyue", width=400)
    await page.goto(f"/cases/{case}/acts/take-over-measure")
    assert await page.evaluate(OVER) <= 0
    await page.locator("button.main-act").click()
    await page.get_by_text("已办理：接续现场措施。").wait_for()
    done = (await officer.get(f"/v1/cases/{case}")).json()["timeline"][-1]["said"]
    assert (done["document"], done["since"], done["number"]) == (
        body["id"],
        "2026-06-23",
        body["number"],
    )
    assert [one["name"] for one in done["things"]] == [one["name"] for one in data["items"]]
    assert "2026-07-23" in await page.locator("#duty-sealing").inner_text()
    assert "已转入案件办理" in await page.locator("section", has=page.locator("#owed")).inner_text()
