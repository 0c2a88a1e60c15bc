"""Inspection schemes: drafted, reviewed, approved (现场检查方案)."""

import asyncio
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import officers
from gateway.console.pages.entities import choices
from gateway.console.showing import link, today
from gateway.console.visit import Visit, page

STAGES = ("drafted", "reviewed", "approved", "returned")
SHOWN_AGAIN = (400, 403, 404, 409, 422)


async def listed(visit: Visit) -> Response:
    """Schemes, by how far they have come."""
    stage = visit.query("stage") if visit.query("stage") in STAGES else ""
    told = await visit.api.get(
        "/v1/inspection-schemes", stage=stage, after=visit.query("after"), limit=50
    )
    more = link("/schemes", stage=stage, after=told["next"]) if told["next"] else None
    return visit.page("schemes.html", schemes=told["items"], stage=stage, stages=STAGES, more=more)


async def show(visit: Visit) -> Response:
    """A scheme, the opinions on it, and what this account may do about it."""
    return await _show(visit)


async def _show(visit: Visit, problem: ApiProblem | None = None) -> Response:
    scheme = await visit.api.get(path_of("inspection-schemes", visit.path("scheme_id")))
    people, checklist = await asyncio.gather(
        officers.known(visit, scheme["unit"]), checklist_of(visit, scheme["checklist"])
    )
    return visit.page(
        "scheme.html", problem.status if problem else 200, scheme=scheme,
        people=officers.names(people), checklist=checklist,
        problem=problem.body if problem else None, opinion=visit.form["opinion"],
    )  # fmt: skip


async def new(visit: Visit) -> Response:
    """The form of a new scheme, for a planned inspection or a plant."""
    given: Json = {
        "planned_inspection_id": visit.query("planned"), "entity_id": visit.query("entity"),
        "ground": "", "officers": [], "inspect_on": today().isoformat(), "checklist": "",
        "contents": "安全生产责任制和规章制度\n教育培训与持证上岗\n隐患排查治理\n设备设施与危险作业",
        "method": "现场检查、查阅资料、询问",
    }  # fmt: skip
    if visit.who.officer:
        given["officers"] = [visit.who.officer]
    return await _form(visit, str(uuid4()), given)


async def edit(visit: Visit) -> Response:
    """The form of a scheme that may still be replaced."""
    scheme = await visit.api.get(path_of("inspection-schemes", visit.path("scheme_id")))
    given = {**scheme, "contents": "\n".join(scheme["contents"])}
    return await _form(visit, scheme["id"], given)


async def save(visit: Visit) -> Response:
    """Draft a scheme (拟制)."""
    form, id_ = visit.form, visit.path("scheme_id")
    given: Json = {
        key: form[key]
        for key in ("planned_inspection_id", "entity_id", "ground", "inspect_on", "checklist",
                    "contents", "method")
    } | {"officers": form.all("officers")}  # fmt: skip
    body = given | {
        "contents": [line.strip() for line in given["contents"].splitlines() if line.strip()],
        "planned_inspection_id": given["planned_inspection_id"] or None,
        "ground": None if given["planned_inspection_id"] else given["ground"] or None,
    }
    try:
        if not given["entity_id"]:
            raise ApiProblem(422, {"code": "malformed", "title": "还没有选择企业"})
        await visit.api.put(path_of("inspection-schemes", id_), body)
    except ApiProblem as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return await _form(visit, id_, given, problem)
    return visit.go(f"/schemes/{id_}")


async def review(visit: Visit) -> Response:
    """Review a scheme (审核)."""
    return await _decide(visit, "review")


async def approve(visit: Visit) -> Response:
    """Approve a scheme (批准)."""
    return await _decide(visit, "approval")


async def _decide(visit: Visit, step: str) -> Response:
    id_, form = visit.path("scheme_id"), visit.form
    body = {"opinion": form["opinion"], "agreed": form["agreed"] == "yes"}
    try:
        await visit.api.put(f"{path_of('inspection-schemes', id_)}/{step}", body)
    except ApiProblem as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return await _show(visit, problem)
    return visit.go(f"/schemes/{id_}")


async def checklist_of(visit: Visit, ref: str) -> Json:
    """The check list that a record quotes; an empty one where it cannot be read."""
    code, _, version = ref.partition("@")
    if not visit.may("pack.read"):
        return {"name": ref, "item": []}
    try:
        told: Json = await visit.api.get(path_of("packs", "checklist", code, version))
    except ApiProblem as problem:
        if problem.status == 401:
            raise
        return {"name": ref, "item": []}
    return told


async def _checklists(visit: Visit) -> list[dict[str, Any]]:
    packs = (await visit.api.get("/v1/packs"))["items"]
    refs = [f"{p['code']}@{p['version']}" for p in packs if p["kind"] == "checklist"]
    found = await asyncio.gather(*(checklist_of(visit, ref) for ref in refs))
    return [{"ref": ref, **body} for ref, body in zip(refs, found, strict=True)]


async def _form(visit: Visit, id_: str, given: Json, problem: ApiProblem | None = None) -> Response:
    planned: Json | None = None
    if given["planned_inspection_id"]:
        planned = await visit.api.get(
            path_of("planned-inspections", given["planned_inspection_id"])
        )
        given["entity_id"] = planned["entity_id"]
    q = visit.query("q")
    people, checklists, found = await asyncio.gather(
        officers.known(visit, visit.who.unit), _checklists(visit),
        choices(visit, q, given["entity_id"]),
    )  # fmt: skip
    entity = next((one for one in found if one["id"] == given["entity_id"]), None)
    trades = entity["trades"] if entity else []
    checklists.sort(key=lambda one: one.get("trade") not in trades)
    return visit.page(
        "scheme_form.html", problem.status if problem else 200, id=id_, given=given,
        planned=planned, people=people, checklists=checklists, choices=found,
        chosen=given["entity_id"], entity=entity, q=q,
        problem=problem.body if problem else None,
        faults=problem.at("body") if problem else {},
    )  # fmt: skip


ROUTES = (
    ("GET", "/schemes", page(listed, "scheme.read")),
    ("GET", "/schemes/new", page(new, "scheme.write")),
    ("GET", "/schemes/{scheme_id}", page(show, "scheme.read")),
    ("GET", "/schemes/{scheme_id}/edit", page(edit, "scheme.write")),
    ("POST", "/schemes/{scheme_id}/edit", page(save, "scheme.write")),
    ("POST", "/schemes/{scheme_id}/review", page(review, "scheme.review")),
    ("POST", "/schemes/{scheme_id}/approval", page(approve, "scheme.approve")),
)
