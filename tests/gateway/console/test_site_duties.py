"""What was sealed at the plant stands in the office's work list until the head has answered."""

from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import document, document_data, inspection, leased, recorded
from tests.case_svc.test_documents import issued

pytestmark = pytest.mark.browser
KIND = "seizure-decision"
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
    (duty,) = (await officer.get("/v1/site-duties", params={"inspection": visit["id"]})).json()[
        "items"
    ]

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
    (told,) = (
        await officer.get(
            "/v1/site-duties", params={"inspection": visit["id"], "open_only": "false"}
        )
    ).json()["items"]
    assert (told["answer"], told["opinion"]) == ("approved", "情况属实，同意补办。")
