"""Plans, schemes and inspections in the office, each acted on by whom it waits for."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from lawbook.checklist import Checklist, bodies
from services.kit.settings import ROOT
from tests.case_svc.on_the_spot import (
    PLACE,
    drawn,
    evidence,
    finding,
    inspection,
    leased,
    recorded,
    reinspection,
    uploaded,
)
from tests.case_svc.on_the_spot import document as document_of
from tests.examples import jpeg

pytestmark = pytest.mark.browser
YEAR = date.today().year  # noqa: DTZ011 - the year of the office's own form


async def test_a_plan_is_made_filled_and_approved(visitor, office):
    page = await visitor("wangheng")
    await page.goto("/plans")
    await page.get_by_role("link", name="编制计划").first.click()
    await page.get_by_label("计划名称").fill("河津市应急管理局补充检查计划")
    await page.get_by_role("button", name="建立计划").click()
    await page.get_by_role("heading", name="河津市应急管理局补充检查计划").wait_for()
    plan = page.url
    await page.get_by_role("link", name="列入企业").first.click()
    entity = (await (await office.act("wangheng")).get(f"/v1/entities/{office.complete[0]}")).json()
    await page.get_by_label("企业名称或信用代码").fill(entity["credit_code"])
    await page.locator(".choice").filter(has_text=entity["name"]).get_by_role("radio").check()
    await page.get_by_label("承办科室").fill("工贸股")
    await page.get_by_label("重点检查").check()
    await page.get_by_role("button", name="列入计划").click()
    row = page.locator("tbody tr").filter(has_text=entity["name"])
    await row.wait_for()
    assert "0 / 1 次" in await row.inner_text()
    head = await visitor("zhaomingyuan")
    await head.goto(plan)
    await head.get_by_label("批准文号").fill(f"河应急发〔{YEAR}〕31号")
    await head.get_by_role("button", name="批准").click()
    await head.get_by_text("已批准").first.wait_for()
    # Nothing enters an approved plan; the page no longer offers it, and the address refuses.
    await page.goto(plan)
    assert await page.get_by_role("link", name="列入企业").count() == 0


async def test_a_plant_with_an_incomplete_ledger_is_refused_in_words(visitor, office):
    page = await visitor("zhangyue")
    await page.goto(f"/schemes/new?entity={office.incomplete}")
    await page.get_by_label("检查事由").fill("举报核查")
    await page.get_by_label("李秋").check()
    await page.get_by_role("button", name="送审").click()
    alert = page.get_by_role("alert")
    await alert.wait_for()
    text = await alert.inner_text()
    assert "必填项不完整" in text
    assert "统一社会信用代码" in text
    assert "运应急发〔2022〕53号" in text
    assert "补全" in text
    assert await page.get_by_label("检查事由").input_value() == "举报核查"
    assert await page.get_by_label("李秋").is_checked()


async def test_a_scheme_is_returned_mended_reviewed_approved_and_becomes_a_document(
    visitor, office
):
    drafter, chief = await visitor("zhangyue"), await visitor("wangheng")
    await drafter.goto(f"/schemes/new?entity={office.complete[1]}")
    await drafter.get_by_label("检查事由").fill("专项检查")
    await drafter.get_by_role("button", name="送审").click()
    assert "两名以上" in await drafter.get_by_role("alert").inner_text()
    await drafter.get_by_label("李秋").check()
    await drafter.get_by_role("button", name="送审").click()
    await drafter.get_by_text("待审核").first.wait_for()
    scheme = drafter.url
    await chief.goto("/")
    await chief.get_by_role("link", name="现场检查方案").first.click()
    await chief.wait_for_url(scheme)
    await chief.get_by_label("意见").fill("请补充检查方式")
    await chief.get_by_role("button", name="退回修改").click()
    await chief.get_by_text("已退回").first.wait_for()
    await drafter.goto(scheme)
    assert await drafter.get_by_text("请补充检查方式").is_visible()
    await drafter.get_by_role("link", name="修改").click()
    await drafter.get_by_label("检查方式").fill("现场检查、查阅资料")
    await drafter.get_by_role("button", name="送审").click()
    await drafter.get_by_text("待审核").first.wait_for()
    await chief.goto(scheme)
    await chief.get_by_role("button", name="同意，报批").click()
    await chief.get_by_text("待批准").first.wait_for()
    head = await visitor("zhaomingyuan")
    await head.goto(scheme)
    await head.get_by_role("button", name="批准").click()
    await head.get_by_text("已批准").first.wait_for()
    await head.get_by_role("link", name="查看文书").click()
    await head.locator("iframe").wait_for()
    async with head.expect_download() as coming:
        await head.get_by_role("link", name="下载 PDF").click()
    download = await coming.value
    assert download.suggested_filename.startswith("现场检查方案（河）应急检查")
    shown = await head.request.get(f"{head.url}/pdf")
    assert shown.headers["content-type"] == "application/pdf"
    assert shown.headers["content-disposition"] == "inline"
    assert (await download.path()).read_bytes() == await shown.body()
    assert (await shown.body()).startswith(b"%PDF-")


async def visit_of(tablet: httpx.AsyncClient, plant: str, photo: bytes) -> dict[str, Any]:
    """A visit as it comes home: a hazard, a photo, a record with its PDF."""
    now = datetime.now(UTC).replace(microsecond=0)
    about = inspection(
        plant, started_at=(now - timedelta(hours=3)).isoformat(), ended_at=now.isoformat(),
        findings=[finding("G06", correct_by=(now + timedelta(days=15)).date().isoformat())],
    )  # fmt: skip
    await recorded(tablet, about)
    declared = evidence(about["id"], photo)
    (await tablet.put(f"/v1/evidence/{declared['id']}", json=declared)).raise_for_status()
    await uploaded(tablet, photo)
    lease = await leased(tablet, "inspection-record")
    pdf = drawn(document_of(about, lease))
    body = document_of(about, lease, pdf=pdf)
    (await tablet.put(f"/v1/documents/{body['id']}", json=body)).raise_for_status()
    await uploaded(tablet, pdf, "application/pdf")
    return {"about": about, "evidence": declared, "document": body, "pdf": pdf}


async def test_an_inspection_shows_its_hazard_its_photo_and_its_record(visitor, office):
    photo, tablet = jpeg(64, 48, seed=7), await office.act("zhangyue")
    told = await visit_of(tablet, office.complete[2], photo)
    page = await visitor("zhangyue")
    await page.goto("/inspections")
    await page.locator("tbody a").first.click()
    await page.wait_for_url(f"**/inspections/{told['about']['id']}")
    finding = told["about"]["findings"][0]
    assert await page.locator(".hazard").filter(has_text=finding["description"]).is_visible()
    picture = page.locator(".photos img")
    await picture.scroll_into_view_if_needed()
    await page.wait_for_function("document.querySelector('.photos img').naturalWidth === 64")
    served = await page.request.get(f"/evidence/{told['evidence']['id']}/file")
    assert await served.body() == photo
    assert served.headers["content-type"] == "image/jpeg"
    assert "不符合" in await page.locator(".answers tr").filter(has_text="G06").inner_text()
    assert "原件已收" in await page.locator(".rows li").filter(has_text="现场检查记录").inner_text()
    kept = await page.request.get(f"/documents/{told['document']['id']}/pdf")
    assert await kept.body() == told["pdf"]
    await page.goto("/hazards")
    assert finding["description"] in await page.locator("tbody").inner_text()
    neighbour = await visitor("linhai")
    for path in (
        f"/inspections/{told['about']['id']}", f"/evidence/{told['evidence']['id']}/file",
    ):  # fmt: skip
        assert (await neighbour.request.get(path)).status == 404
    again = reinspection(told["about"], reinspected_at=datetime.now(UTC).isoformat())
    (await tablet.put(f"/v1/reinspections/{again['id']}", json=again)).raise_for_status()
    await page.goto(f"/inspections/{told['about']['id']}")
    assert "隐患 1 / 1 已整改" in await page.locator(".tags").first.inner_text()
    assert "全部隐患销号" in await page.locator(".timeline").inner_text()


async def test_a_time_that_is_doubted_is_seen_in_the_list_and_on_the_inspection(visitor, office):
    tablet, now = await office.act("zhangyue"), datetime.now(UTC)
    ahead = (now + timedelta(hours=1)).isoformat()
    clock = {
        "wall": ahead, "monotonic": 1, "boot": "b", "anchor": None, "gnss": None, "skew": None,
        "earliest": now.isoformat(), "latest": ahead,
    }  # fmt: skip
    about = inspection(
        office.complete[2], (), clock=clock, started_at=now.isoformat(), ended_at=now.isoformat(),
        certificate_shown_at=now.isoformat(), shown_location=PLACE | {"lon": 110.72},
        ended_location=PLACE | {"lon": 110.73},
    )  # fmt: skip
    await recorded(tablet, about)
    page = await visitor("zhangyue")
    await page.goto("/inspections")
    row = page.locator("tbody tr").filter(has=page.locator(f'a[href$="{about["id"]}"]'))
    assert "时间存疑" in await row.inner_text()
    await page.goto(f"/inspections/{about['id']}")
    facts = await page.locator(".facts-card").inner_text()
    assert "比服务器收到的时间还晚" in facts
    assert "没有与服务器或卫星校对过时间" in facts
    (shown,) = [line for line in facts.splitlines() if "110.72000" in line]
    assert "精度" in shown
    assert "110.73000" in facts.partition("结束位置")[2]


async def test_a_scheme_that_came_after_its_visit_says_so_and_is_approved_like_any_other(
    visitor, office
):
    client = await office.act("zhangyue")
    body = {
        "id": str(uuid4()), "scheme_id": str(uuid4()), "inspection_id": str(uuid4()),
        "planned_inspection_id": None, "ground": "举报投诉（除尘系统停运）",
        "entity_id": office.complete[2], "officers": ["14088200001", "14088200002"], "inspect_on": f"{YEAR}-06-23",
        "checklist": "metallurgy@2026.1", "contents": ["核查检查缘由所涉情况"],
        "method": "现场检查", "proposed": [], "drafted_at": f"{YEAR}-06-23T01:00:00Z",
        "device": "tablet-1",
    }  # fmt: skip
    answer = await client.put(f"/v1/scheme-drafts/{body['id']}", json=body)
    assert answer.status_code == 200, answer.text
    chief = await visitor("wangheng")
    await chief.goto(f"/schemes/{body['scheme_id']}")
    await chief.get_by_text("检查已先行开展", exact=True).wait_for()
    link = chief.get_by_role("link", name="已先行开展")
    assert await link.get_attribute("href") == f"/inspections/{body['inspection_id']}"
    await chief.get_by_role("button", name="同意，报批").click()
    await chief.get_by_text("待批准").first.wait_for()


async def test_what_no_list_asked_about_stands_among_the_problems_and_every_list_is_named(
    visitor, office
):
    tablet, now = await office.act("zhangyue"), datetime.now(UTC).replace(microsecond=0)
    about = inspection(
        office.complete[2], ("G06",), started_at=now.isoformat(), ended_at=now.isoformat()
    )
    by = (now + timedelta(days=15)).date().isoformat()
    own = {
        "id": str(uuid4()), "check_item": "", "description": "厂区西侧围墙边搭设彩钢板宿舍",
        "basis": "安全生产法 §42", "correct_by": by, "major": True,
        "criterion": "工贸企业重大事故隐患判定标准 §3",
    }  # fmt: skip
    dust = Checklist.from_content(
        dict(bodies(ROOT / "content"))[ROOT / "content/checklists/dust.toml"]
    )
    ammonia = own | {
        "id": str(uuid4()), "check_item": "A01", "checklist": "ammonia@2026.1", "major": False,
        "description": "液氨管道未包保温", "basis": "安全生产法 §36",
    }  # fmt: skip
    del ammonia["criterion"]
    about["findings"] = [finding("G06", correct_by=by), own, ammonia]
    about["also_checklists"] = [dust.ref]
    for item in dust.items:
        about["answers"].setdefault(item.code, {"answer": "met", "remark": ""})
    await recorded(tablet, about)
    page = await visitor("zhangyue")
    await page.goto(f"/inspections/{about['id']}")
    hazards = [await one.inner_text() for one in await page.locator(".hazard").all()]
    assert "检查项 G06" in next(
        one for one in hazards if about["findings"][0]["description"] in one
    )
    told = next(one for one in hazards if own["description"] in one)
    assert "检查表以外的问题" in told
    assert "判定依据：《工贸企业重大事故隐患判定标准》第三条" in told
    assert "检查表以外，见液氨" in next(one for one in hazards if ammonia["description"] in one)
    facts = await page.locator(".facts-card").inner_text()
    assert "冶金" in facts
    assert "粉尘涉爆专项检查表" in facts
    codes = await page.locator(".answers td.code").all_inner_texts()
    assert {item.code for item in dust.items} <= set(codes)


async def test_the_photo_of_a_page_that_was_signed_stands_beside_its_document(visitor, office):
    tablet = await office.act("zhangyue")
    photo, about = jpeg(320, 240, seed=77), inspection(office.complete[3], findings=[])
    about["answers"] = {code: {"answer": "met", "remark": ""} for code in about["answers"]}
    await recorded(tablet, about)
    body = document_of(about, await leased(tablet, "inspection-record", count=1))
    sha256 = hashlib.sha256(photo).hexdigest()
    body["signatures"][2] |= {"strokes": [], "signed_paper": sha256}
    pdf = drawn(body)
    body |= {"pdf_sha256": hashlib.sha256(pdf).hexdigest(), "pdf_size": len(pdf)}
    answer = await tablet.put(f"/v1/documents/{body['id']}", json=body)
    assert answer.status_code == 200, answer.text
    page = await visitor("wangheng")
    await page.goto(f"/documents/{body['id']}")
    await page.get_by_text("已在纸质件签名").wait_for()
    assert await page.get_by_text("签名页照片还没有送达").is_visible()
    told = evidence(about["id"], photo)
    assert (await tablet.put(f"/v1/evidence/{told['id']}", json=told)).status_code == 200
    await uploaded(tablet, photo)
    await page.goto(page.url)
    await page.get_by_alt_text("贺平川签名的纸质件").wait_for()
