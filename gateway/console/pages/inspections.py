"""On-site inspections and all that belongs to one (现场检查)."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import Json, path_of
from gateway.console.pages import cases, officers
from gateway.console.pages.schemes import checklist_of
from gateway.console.showing import link
from gateway.console.visit import Visit, page
from gateway.console.words import word


async def listed(visit: Visit) -> Response:
    """Inspections, newest first."""
    asked = {key: visit.query(key) for key in ("q", "region")}
    told = await visit.api.get("/v1/inspections", **asked, after=visit.query("after"), limit=50)
    more = link("/inspections", **asked, after=told["next"]) if told["next"] else None
    return visit.page(
        "inspections.html", inspections=told["items"], asked=asked, more=more,
        regions=visit.console.regions.below(visit.who.region),
    )  # fmt: skip


async def show(visit: Visit) -> Response:
    """One inspection: facts, answers, hazards, photos, documents, re-inspections."""
    id_ = visit.path("inspection_id")
    inspection = await visit.api.get(path_of("inspections", id_))

    async def part(permission: str, path: str) -> Json:
        if not visit.may(permission):
            return {"items": []}
        told: Json = await visit.part(visit.api.get(path, inspection=id_, limit=200))
        return told

    async def together() -> Json:
        told: Json = await visit.part(visit.api.get(path_of("visits", id_)))
        # Most visits are one tablet's: there is nothing shared to tell.
        return {} if told.get("problem", {}).get("code") == "not-found" else told

    parts: tuple[Json, ...] = await asyncio.gather(
        part("inspection.read", "/v1/hazards"), part("evidence.read", "/v1/evidence"),
        part("document.read", "/v1/documents"), part("inspection.read", "/v1/reinspections"), together(),
    )  # fmt: skip
    hazards, evidence, documents, reinspections = (told.get("items", []) for told in parts[:4])
    shared = parts[4]
    people, checklist = await asyncio.gather(
        officers.known(visit, inspection.get("unit")), checklist_of(visit, inspection["checklist"])
    )
    return visit.page(
        "inspection.html", inspection=inspection, hazards=hazards, evidence=evidence,
        documents=documents, reinspections=reinspections, people=officers.names(people),
        checklist=checklist, items={item["code"]: item for item in checklist["item"]},
        failed=[told["problem"] for told in parts if "problem" in told],
        hazard_by_id={hazard["id"]: hazard for hazard in hazards},
        said_by=said_by(shared), settled=shared.get("settled", []),
        left_out=shared.get("left_out", []), said=said,
        timeline=timeline(inspection, hazards, documents, reinspections),
        cases=await cases.filed_from(visit, inspection), case_id=str(uuid4()),
    )  # fmt: skip


FIELDS = {
    "answer": "检查结果", "remark": "备注", "description": "问题描述", "correct_by": "整改期限",
    "major": "重大事故隐患",
}  # fmt: skip


def said(field: str, value: Any) -> str:  # noqa: ANN401 - text or a truth
    """One officer's word, as a person reads it: 检查结果“符合”."""
    if field == "answer":
        value = word("answer", value)
    elif field == "major":
        value = "是" if value else "否"
    return f"{FIELDS[field]}“{value}”"


def said_by(shared: Json) -> dict[str, Json]:
    """Item → whose answer stands, of a visit on which several worked."""
    found: dict[str, Json] = {}
    for item in shared.get("items", []):
        answers = [one for one in item["fields"] if one["field"] == "answer"]
        if answers:
            found[item["item"]] = answers[0]["standing"][-1]
    return found if len({one["officer"] for one in found.values()}) > 1 else {}


def timeline(
    inspection: Json, hazards: list[Json], documents: list[Json], reinspections: list[Json]
) -> list[dict[str, Any]]:
    """What happened, in the order in which it happened (经过)."""
    found = [
        {"at": inspection["started_at"], "what": "现场检查开始", "more": inspection["place"]},
        {
            "at": inspection["ended_at"], "what": "现场检查结束",
            "more": word("outcome", inspection["outcome"]),
        },
        {"at": inspection["recorded_at"], "what": "记录送达", "more": "平板上传"},
        *(
            {
                "at": d["issued_at"], "more": d["number"] or "不编文号", "to": f"/documents/{d['id']}",
                "what": f"出具{d.get('name') or word('document_kind', d['kind'])}",
            }
            for d in documents
        ),
        *(
            {
                "at": r["reinspected_at"], "what": "整改复查",
                "more": f"{sum(x['outcome'] == 'corrected' for x in r['results'])} 项已整改，"
                f"共 {len(r['results'])} 项",
            }
            for r in reinspections
        ),
    ]  # fmt: skip
    closed = [h["closed_at"] for h in hazards if h.get("closed_at")]
    if closed and len(closed) == len(hazards):
        found.append({"at": max(closed), "what": "全部隐患销号", "more": f"{len(closed)} 项"})
    return sorted(found, key=lambda one: datetime.fromisoformat(one["at"]))


ROUTES = (
    ("GET", "/inspections", page(listed, "inspection.read")),
    ("GET", "/inspections/{inspection_id}", page(show, "inspection.read")),
)
