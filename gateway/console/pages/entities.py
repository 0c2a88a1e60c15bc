"""The ledger of plants (企业台账)."""

import asyncio
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.closure import closure
from gateway.console.showing import link, today
from gateway.console.visit import Visit, page
from gateway.console.words import WORDS

PAGE = 50
TRADES = ("industry_and_trade", "hazardous_chemicals", "non_coal_mines")


async def ledger(visit: Visit) -> Response:
    """Plants by name, filtered."""
    asked = {key: visit.query(key) for key in ("q", "complete", "trade", "region")}
    told, dictionary = await asyncio.gather(
        visit.api.get("/v1/entities", **asked, after=visit.query("after"), limit=PAGE),
        visit.api.get("/v1/ledger-dictionary"),
    )
    more = link("/entities", **asked, after=told["next"]) if told["next"] else None
    return visit.page(
        "entities.html", entities=told["items"], asked=asked, more=more,
        first=link("/entities", **asked) if visit.query("after") else None,
        trades=[(trade, WORDS["trade"][trade]) for trade in TRADES],
        regions=visit.console.regions.below(visit.who.region),
        labels={item["code"]: item["label"] for item in dictionary["items"]},
    )  # fmt: skip


async def show(visit: Visit) -> Response:
    """One plant: its items, what is missing, its inspections and open hazards."""
    id_ = visit.path("entity_id")
    entity, dictionary = await asyncio.gather(
        visit.api.get(path_of("entities", id_)), visit.api.get("/v1/ledger-dictionary")
    )

    async def nothing() -> Json:
        return {"items": []}

    def part(permission: str, path: str, **params: Any) -> Any:  # noqa: ANN401
        allowed = visit.may(permission)
        return visit.part(visit.api.get(path, entity=id_, **params) if allowed else nothing())

    planned, inspections, hazards, cases = await asyncio.gather(
        part("plan.read", "/v1/planned-inspections", limit=50),
        part("inspection.read", "/v1/inspections", limit=50),
        part("inspection.read", "/v1/hazards", state="open", limit=50),
        part("case.read", "/v1/cases", limit=50),
    )
    closing = closure(cases.get("items", ()), hazards.get("items", ()), today())
    return visit.page(
        "entity.html", entity=entity, groups=grouped(dictionary), fields=by_code(dictionary),
        dictionary=dictionary, planned=planned, inspections=inspections, hazards=hazards,
        closing=closing,
    )  # fmt: skip


async def edit(visit: Visit) -> Response:
    """The form of a plant: a new one, or one to complete."""
    id_ = visit.path("entity_id")
    values: Json = {}
    if id_ == "new":
        return _form(visit, str(uuid4()), {}, await _dictionary(visit), new=True)
    entity, dictionary = await asyncio.gather(
        visit.api.get(path_of("entities", id_)), _dictionary(visit)
    )
    values = entity["values"]
    return _form(visit, id_, values, dictionary, new=False)


async def save(visit: Visit) -> Response:
    """Enter a plant or complete it (填报)."""
    id_, dictionary = visit.path("entity_id"), await _dictionary(visit)
    values = {code: "、".join(filter(None, v)) for code, v in visit.form.below("v.").items()}
    if visit.form["new"]:
        values = {code: value for code, value in values.items() if value}
    try:
        await visit.api.put(path_of("entities", id_), {"values": values})
    except ApiProblem as problem:
        if problem.status not in (400, 409, 422):
            raise
        return _form(visit, id_, values, dictionary, new=bool(visit.form["new"]), problem=problem)
    return visit.go(f"/entities/{id_}")


async def choose(visit: Visit) -> Response:
    """Plants that fit what is typed, as choices for a form (选择企业)."""
    return visit.page(
        "part/choices.html",
        choices=await choices(visit, visit.query("q"), ""),
        chosen="",
        q=visit.query("q"),
    )


async def choices(visit: Visit, q: str, chosen: str) -> list[Json]:
    """A few plants for a picker; the chosen one first."""
    found: list[Json] = (await visit.api.get("/v1/entities", q=q, limit=12))["items"]
    if chosen and all(entity["id"] != chosen for entity in found):
        found.insert(0, await visit.api.get(path_of("entities", chosen)))
    return found


async def _dictionary(visit: Visit) -> Json:
    told: Json = await visit.api.get("/v1/ledger-dictionary")
    return told


def by_code(dictionary: Json) -> dict[str, Json]:
    """Fields of the dictionary by code."""
    return {field["code"]: field for field in dictionary["fields"]}


def grouped(dictionary: Json) -> list[Json]:
    """Mandatory items first, each with its fields; then the fields that belong to none."""
    known = {code for item in dictionary["items"] for code in item["fields"]}
    others: list[Json] = [item for item in dictionary["items"] if not item["mandatory"]]
    others += [
        {"code": f["code"], "label": f["label"], "mandatory": False, "fields": [f["code"]]}
        for f in dictionary["fields"]
        if f["code"] not in known
    ]
    groups: list[Json] = [
        {"title": "必填数据项", "items": [i for i in dictionary["items"] if i["mandatory"]]},
        {"title": "选填数据项", "items": others},
    ]
    return [group for group in groups if group["items"]]


def _form(
    visit: Visit, id_: str, values: Json, dictionary: Json, *, new: bool,
    problem: ApiProblem | None = None,
) -> Response:  # fmt: skip
    regions = visit.console.regions
    return visit.page(
        "entity_form.html", problem.status if problem else 200, id=id_, values=values, new=new,
        problem=problem.body if problem else None,
        faults=problem.at("body", "values") if problem else {}, groups=grouped(dictionary),
        fields=by_code(dictionary), dictionary=dictionary,
        places=[(code, regions.full_name(code)) for code in regions.townships(visit.who.region)],
    )  # fmt: skip


ROUTES = (
    ("GET", "/entities", page(ledger, "entity.read")),
    ("GET", "/entities/choices", page(choose, "entity.read")),
    ("GET", "/entities/{entity_id}", page(show, "entity.read")),
    ("GET", "/entities/{entity_id}/edit", page(edit, "entity.write")),
    ("POST", "/entities/{entity_id}/edit", page(save, "entity.write")),
)
