"""Annual plans (年度监督检查计划)."""

import asyncio
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages.entities import choices
from gateway.console.showing import link, today
from gateway.console.visit import Visit, page
from gateway.console.words import WORDS


def year_of(visit: Visit) -> int:
    """The year that is looked at: this one unless another is asked for."""
    given = visit.query("year")
    return int(given) if given.isdigit() and len(given) == 4 else today().year


async def listed(visit: Visit) -> Response:
    """Plans of a year."""
    year = year_of(visit)
    told = await visit.api.get("/v1/plans", year=year, after=visit.query("after"), limit=50)
    more = link("/plans", year=year, after=told["next"]) if told["next"] else None
    return visit.page("plans.html", plans=told["items"], year=year, more=more)


async def new(visit: Visit) -> Response:
    """The form of a new plan."""
    return await _form(visit, str(uuid4()), {"year": str(today().year), "unit": visit.who.unit})


async def save(visit: Visit) -> Response:
    """Make a plan (编制计划)."""
    id_, form = visit.path("plan_id"), visit.form
    units = {unit["code"]: unit for unit in await _units(visit)}
    unit = units.get(form["unit"], {"code": visit.who.unit, "region": visit.who.region})
    given = {"year": form["year"], "unit": unit["code"], "title": form["title"]}
    body = {
        "region": unit["region"], "unit": unit["code"], "title": form["title"],
        "year": int(form["year"]) if form["year"].isdigit() else form["year"],
        "approval_number": None, "approved_on": None,
    }  # fmt: skip
    try:
        await visit.api.put(path_of("plans", id_), body)
    except ApiProblem as problem:
        if problem.status not in (400, 403, 409, 422):
            raise
        return await _form(visit, id_, given, problem)
    return visit.go(f"/plans/{id_}")


async def show(visit: Visit) -> Response:
    """A plan: its months, and the planned inspections of one of them."""
    return await _show(visit)


async def approve(visit: Visit) -> Response:
    """Approve a plan (批准计划)."""
    id_, form = visit.path("plan_id"), visit.form
    body = {"approval_number": form["approval_number"], "approved_on": form["approved_on"]}
    try:
        await visit.api.put(f"{path_of('plans', id_)}/approval", body)
    except ApiProblem as problem:
        if problem.status not in (400, 409, 422):
            raise
        return await _show(visit, problem, body)
    return visit.go(f"/plans/{id_}")


async def add(visit: Visit) -> Response:
    """The form of a planned inspection, with a plant to be picked."""
    return await _planned_form(
        visit,
        {
            "id": str(uuid4()),
            "month": visit.query("month") or str(today().month),
            "times": "1",
            "kind": "general",
            "entity_id": visit.query("entity"),
        },
    )


async def put_in(visit: Visit) -> Response:
    """Enter a plant into a plan (列入计划)."""
    form = visit.form
    given = {
        key: form[key] for key in ("id", "entity_id", "month", "office", "trade", "kind", "times")
    }
    body: Json = {key: value for key, value in given.items() if key != "id"}
    body |= {"plan_id": visit.path("plan_id")}
    body |= {k: int(given[k]) if given[k].isdigit() else given[k] for k in ("month", "times")}
    try:
        if not given["entity_id"]:
            raise ApiProblem(422, {"code": "malformed", "title": "还没有选择企业"})
        if not body["trade"]:
            entity = await visit.api.get(path_of("entities", given["entity_id"]))
            body["trade"] = (entity["trades"] or ["industry_and_trade"])[0]
        await visit.api.put(path_of("planned-inspections", given["id"]), body)
    except ApiProblem as problem:
        if problem.status not in (400, 403, 404, 409, 422):
            raise
        return await _planned_form(visit, given, problem)
    return visit.go(link(f"/plans/{visit.path('plan_id')}", month=given["month"]))


def by_month(planned: list[Json]) -> list[dict[str, Any]]:
    """What was planned and done in each month: times, never more done than planned."""
    months = [{"month": month, "times": 0, "done": 0, "plants": 0} for month in range(1, 13)]
    for one in planned:
        month = months[one["month"] - 1]
        month["plants"] += 1
        month["times"] += one["times"]
        month["done"] += min(int(one["done"]), one["times"])
    return months


async def _show(
    visit: Visit, problem: ApiProblem | None = None, approval: Json | None = None
) -> Response:
    id_ = visit.path("plan_id")
    plan, planned = await asyncio.gather(
        visit.api.get(path_of("plans", id_)),
        visit.api.every("/v1/planned-inspections", most=5000, plan=id_),
    )
    months = by_month(planned)
    given = visit.query("month")
    month = int(given) if given.isdigit() and 1 <= int(given) <= 12 else 0
    if not month and plan["year"] == today().year and months[today().month - 1]["plants"]:
        month = today().month
    month = month or next((m["month"] for m in months if m["plants"]), today().month)
    chosen = sorted(
        (one for one in planned if one["month"] == month),
        key=lambda one: (one["kind"] != "key", one["entity_name"]),
    )
    return visit.page(
        "plan.html", problem.status if problem else 200, plan=plan, months=months, month=month,
        planned=chosen, total=len(planned), problem=problem.body if problem else None,
        approval=approval or {"approved_on": today().isoformat()},
    )  # fmt: skip


async def _units(visit: Visit) -> list[Json]:
    units: list[Json] = (await visit.api.get("/v1/units"))["items"]
    return [unit for unit in units if unit["region"].startswith(visit.who.region)]


async def _form(visit: Visit, id_: str, given: Json, problem: ApiProblem | None = None) -> Response:
    units = await _units(visit)
    if "title" not in given:
        own = next((unit["name"] for unit in units if unit["code"] == given["unit"]), "")
        given["title"] = f"{own}{given['year']}年度安全生产监督检查计划"
    return visit.page(
        "plan_form.html", problem.status if problem else 200, id=id_, given=given, units=units,
        problem=problem.body if problem else None,
        faults=problem.at("body") if problem else {},
    )  # fmt: skip


async def _planned_form(visit: Visit, given: Json, problem: ApiProblem | None = None) -> Response:
    q = visit.query("q")
    plan, found = await asyncio.gather(
        visit.api.get(path_of("plans", visit.path("plan_id"))),
        choices(visit, q, given["entity_id"]),
    )
    return visit.page(
        "planned_form.html", problem.status if problem else 200, plan=plan, given=given, q=q,
        choices=found, chosen=given["entity_id"], trades=WORDS["trade"], kinds=WORDS["kind"],
        problem=problem.body if problem else None,
        faults=problem.at("body") if problem else {},
    )  # fmt: skip


ROUTES = (
    ("GET", "/plans", page(listed, "plan.read")),
    ("GET", "/plans/new", page(new, "plan.write")),
    ("GET", "/plans/{plan_id}", page(show, "plan.read")),
    ("POST", "/plans/{plan_id}", page(save, "plan.write")),
    ("POST", "/plans/{plan_id}/approval", page(approve, "plan.approve")),
    ("GET", "/plans/{plan_id}/planned", page(add, "plan.write")),
    ("POST", "/plans/{plan_id}/planned", page(put_in, "plan.write")),
)
