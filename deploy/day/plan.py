"""Before noon: the annual plan, and an inspection scheme on its way to approval (计划、方案)."""

from typing import Any

import httpx

from deploy.county import COUNTY, PEOPLE
from deploy.day.bureau import Bureau, DayFailed, good, refusal

CHECKLIST = "metallurgy"
TARGETS = 6


async def make(bureau: Bureau, checklist: str) -> dict[str, Any]:
    """An approved plan with planned inspections and one approved scheme: the scheme."""
    chief = await bureau.sign_in("wangheng")
    head = await bureau.sign_in("zhaomingyuan")
    year = bureau.today.year
    targets = await _targets(chief)
    await _refuse_incomplete(bureau, chief)
    plan = bureau.id(f"plan/{year}")
    good(
        await chief.put(
            f"/v1/plans/{plan}",
            json={
                "region": COUNTY, "unit": COUNTY, "year": year, "approval_number": None,
                "approved_on": None, "title": f"河津市应急管理局 {year} 年度安全生产监督检查计划",
            },
        )
    )  # fmt: skip
    planned = []
    for index, entity in enumerate(targets):
        planned.append(bureau.id(f"planned/{index}"))
        good(
            await chief.put(
                f"/v1/planned-inspections/{planned[-1]}",
                json={
                    "plan_id": plan, "entity_id": entity["id"], "month": bureau.today.month,
                    "office": "工贸股", "trade": entity["trades"][0],
                    "kind": "key" if index < 4 else "general", "times": 1,
                },
            )
        )  # fmt: skip
    good(
        await head.put(
            f"/v1/plans/{plan}/approval",
            json={
                "approval_number": f"河应急发〔{year}〕{bureau.run}号",
                "approved_on": bureau.today.isoformat(),
            },
        )
    )
    bureau.tell.done(
        f"{year} 年度计划已批准，列入检查 {len(planned)} 家", "、".join(t["name"] for t in targets)
    )
    return await _scheme(bureau, planned[0], targets[0], checklist)


async def _targets(chief: httpx.AsyncClient) -> list[dict[str, Any]]:
    found = good(
        await chief.get(
            "/v1/entities",
            params={
                "complete": True,
                "trade": "industry_and_trade",
                "region": COUNTY,
                "limit": 200,
            },
        )
    )["items"]
    targets = [entity for entity in found if entity["op_status"] == "在营"][:TARGETS]
    if len(targets) < TARGETS:
        raise DayFailed("台账中没有足够的完整企业可列入计划")
    return targets


async def _refuse_incomplete(bureau: Bureau, chief: httpx.AsyncClient) -> None:
    """A plant with an incomplete ledger cannot be chosen; the system says what is missing."""
    clerk = await bureau.sign_in("hejing")
    entity = bureau.id("incomplete")
    values = {
        "ent_name": f"河津市远岫{bureau.run}号铸造厂",
        "division_code": "140882001",
        "reg_category": "机械",
    }
    good(await clerk.put(f"/v1/entities/{entity}", json={"values": values}))
    await bureau.settle()
    told = refusal(
        await chief.put(
            f"/v1/inspection-schemes/{bureau.id('scheme/refused')}",
            json=_draft(bureau, None, entity, f"{CHECKLIST}@2026.2") | {"ground": "举报核查"},
        ),
        "ledger-incomplete",
    )
    bureau.tell.refused(f"台账不完整的企业不能选作检查对象：{values['ent_name']}", told["detail"])


def _draft(bureau: Bureau, planned: str | None, entity: str, checklist: str) -> dict[str, Any]:
    certificates = {person.key: person.certificate for person in PEOPLE}
    return {
        "planned_inspection_id": planned,
        "ground": None,
        "entity_id": entity,
        "officers": [certificates["first"], certificates["second"]],
        "inspect_on": bureau.today.isoformat(),
        "checklist": checklist,
        "contents": [
            "安全生产责任制和规章制度",
            "教育培训与持证上岗",
            "隐患排查治理",
            "设备设施与危险作业",
        ],
        "method": "现场检查、查阅资料、询问",
    }


async def _scheme(
    bureau: Bureau, planned: str, entity: dict[str, Any], checklist: str
) -> dict[str, Any]:
    officer = await bureau.sign_in("zhangyue")
    chief, head = await bureau.sign_in("wangheng"), await bureau.sign_in("zhaomingyuan")
    scheme = bureau.id("scheme")
    url = f"/v1/inspection-schemes/{scheme}"
    good(await officer.put(url, json=_draft(bureau, planned, entity["id"], checklist)))
    bureau.tell.done(f"张岳拟制现场检查方案：{entity['name']}")
    good(
        await chief.put(
            f"{url}/review", json={"opinion": "检查内容全面，同意报批。", "agreed": True}
        )
    )
    bureau.tell.done("工贸股股长王衡审核：同意报批")
    good(await head.put(f"{url}/approval", json={"opinion": "同意实施。", "agreed": True}))
    bureau.tell.done("分管副局长赵明远批准：同意实施")
    approved: dict[str, Any] = good(await officer.get(url))
    return approved
