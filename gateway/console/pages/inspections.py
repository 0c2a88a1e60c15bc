"""On-site inspections and all that belongs to one (现场检查)."""

import asyncio
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from gateway.console import case_law
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import cases, officers
from gateway.console.pages.schemes import checklist_of
from gateway.console.showing import link
from gateway.console.visit import Visit, page
from gateway.console.words import word
from lawbook.merging import WITHDRAWN

UUID_LONG = 36


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
    return await _show(visit)


async def _show(visit: Visit, problem: ApiProblem | None = None) -> Response:
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
        return _or_nothing(told)

    async def called_off() -> Json:
        return _or_nothing(await visit.part(visit.api.get(path_of("called-off-visits", id_))))

    parts: tuple[Json, ...] = await asyncio.gather(
        part("inspection.read", "/v1/hazards"), part("evidence.read", "/v1/evidence"),
        part("document.read", "/v1/documents"), part("inspection.read", "/v1/reinspections"), together(),
        _requests(visit, id_),
    )  # fmt: skip
    hazards, evidence, documents, reinspections = (told.get("items", []) for told in parts[:4])
    shared, asked = parts[4], parts[5].get("items", [])
    refs = [inspection["checklist"], *inspection["also_checklists"]]
    # A finding may be of a list that the visit did not ask by: its name is told.
    others = {one["checklist"] for one in hazards if one.get("checklist")} - set(refs)
    named = [*refs, *sorted(others)]
    people, found = await asyncio.gather(
        officers.known(visit, inspection.get("unit")),
        asyncio.gather(*(checklist_of(visit, ref) for ref in named)),
    )
    lists = dict(zip(named, found, strict=True))
    items = {item["code"]: item for ref in reversed(refs) for item in lists[ref]["item"]}
    filed = await cases.filed_from(visit, inspection)
    return visit.page(
        "inspection.html", problem.status if problem else 200,
        problem=problem.body if problem else None, typed=visit.form,
        inspection=inspection, hazards=hazards, evidence=evidence,
        documents=documents, reinspections=reinspections, people=officers.names(people),
        lists=lists, refs=refs, items=items, found_in=found_in,
        failed=[told["problem"] for told in parts if "problem" in told],
        hazard_by_id={hazard["id"]: hazard for hazard in hazards},
        said_by=said_by(shared), settled=shared.get("settled", []),
        left_out=shared.get("left_out", []), said=said, place=place,
        timeline=timeline(inspection, hazards, documents, reinspections),
        cases=filed, case_id=str(uuid4()),
        later=_later(visit, hazards, documents), asked=asked, request_id=str(uuid4()),
        ordered={one["id"]: one["correct_by"] for one in inspection["findings"]},
        answers=cases.ANSWERS, refusing=refusing(hazards, documents, reinspections, filed),
        called_off=await called_off(),
    )  # fmt: skip


def _or_nothing(told: Json) -> Json:
    """What was told; nothing where there is none."""
    return {} if told.get("problem", {}).get("code") == "not-found" else told


ORDER = "correction-order"


async def _requests(visit: Visit, inspection: str) -> Json:
    """What the party has asked for after the visit, and what was answered (延期整改申请)."""
    if not visit.may("case.read"):
        return {"items": []}
    asked = {"inspection": inspection, "open_only": "false"}
    found: Json = await visit.part(visit.api.get("/v1/site-duties", **asked))
    items = [one for one in found.get("items", ()) if one["request"]]
    return found | {"items": items}


def _later(visit: Visit, hazards: list[Json], documents: list[Json]) -> Json:
    """Of an order that is not yet followed: its last day, until when more time is asked for, by when it
    is looked at again. Empty where there is none."""
    waits = [one for one in hazards if one["state"] == "open"]
    if not waits or not any(one["kind"] == ORDER for one in documents):
        return {}
    last = max(date.fromisoformat(one["correct_by"]) for one in waits)
    days = case_law.correction_days(visit.console.settings.content, last)
    return {"hazards": waits, "last": last, "ask_by": days.ask_by, "review_by": days.review_by}


def refusing(
    hazards: list[Json], documents: list[Json], reinspections: list[Json], filed: list[Json]
) -> Json:
    """What was ordered, fined and is still not corrected: it may be fined by the day (按日连续处罚, §112).

    Empty where not all of it is so. From which day and of which sum is weighed in the case.
    """
    fined = [one for one in filed if one["fine"] and one["decided_on"]]
    ordered = [one for one in documents if one["kind"] == ORDER]
    still = {one["id"] for one in hazards if one["state"] == "open"}
    last = reinspections[-1] if reinspections else {"results": ()}
    left = [
        one for one in last["results"]
        if one["outcome"] == "not_corrected" and one["hazard_id"] in still
    ]  # fmt: skip
    if not (fined and ordered and left):
        return {}
    return {
        "count": len(left),
        "found_at": last["reinspected_at"],
        "order": ordered[0],
        "case": fined[-1],
    }


async def ask_later(visit: Visit) -> Response:
    """Enter that the party asks for more time to correct, or show again what was typed."""
    form, id_ = visit.form, visit.path("inspection_id")
    body = {
        "inspection_id": id_, "hazards": form.all("hazards"), "reason": form["reason"].strip(),
        "applied_on": form["applied_on"] or None, "until": form["until"] or None,
    }  # fmt: skip
    try:
        path = path_of("correction-requests", form["request_id"] or str(uuid4()))
        await visit.api.put(path, body)
    except ApiProblem as problem:
        if problem.status not in (400, 403, 404, 409, 422):
            raise
        return await _show(visit, problem)
    return visit.go(link(f"/inspections/{id_}"))


def found_in(hazard: Json, lists: dict[str, Json], refs: list[str]) -> str:
    """What says a hazard: an item of the visit's lists, of another list, or the officer alone."""
    if not hazard["check_item"]:
        return "检查表以外的问题"
    if hazard["checklist"] and hazard["checklist"] not in refs:
        return f"检查表以外，见{lists[hazard['checklist']]['name']} {hazard['check_item']}"
    return f"检查项 {hazard['check_item']}"


FIELDS = {
    "answer": "检查结果", "remark": "备注", "description": "问题描述", "correct_by": "整改期限",
    "major": "重大事故隐患", "basis": "违反的规定", "criterion": "判定依据",
}  # fmt: skip


def said(field: str, value: Any) -> str:  # noqa: ANN401 - text or a truth
    """One officer's word, as a person reads it: 检查结果“符合”."""
    if field == "answer":
        value = "撤销" if value == WITHDRAWN else word("answer", value)
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


def place(item: str, hazards: dict[str, Json]) -> str:
    """Where a word belongs: the code of an item; a problem with an id of its own by what it says."""
    if item in hazards:
        return str(hazards[item]["description"])[:20]
    return "另记的问题" if len(item) == UUID_LONG else item


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
    ("POST", "/inspections/{inspection_id}/later", page(ask_later, "case.handle")),
)
