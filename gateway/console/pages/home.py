"""The desk (工作台): what is mine to do, and how the figures stand."""

import asyncio
from typing import Any

from starlette.responses import Response

from gateway.console.casework import TONES
from gateway.console.pages.indicators import in_sight
from gateway.console.showing import today
from gateway.console.visit import Visit, page

SHOWN = 10


async def _nothing() -> dict[str, Any]:
    return {"items": []}


async def show(visit: Visit) -> Response:
    """My unit, the figures, this month's inspections, open hazards by the day they are due."""
    now, api = today(), visit.api

    def part(permission: str, path: str, **params: Any) -> Any:  # noqa: ANN401
        asked = api.get(path, **params) if visit.may(permission) else _nothing()
        return visit.part(asked)

    figures, planned, hazards, schemes, due = await asyncio.gather(
        part("indicator.read", "/v1/indicators", year=now.year),
        part("plan.read", "/v1/planned-inspections", month=now.month, limit=200),
        part("inspection.read", "/v1/hazards", state="open", limit=200),
        part("scheme.read", "/v1/inspection-schemes", limit=200),
        part("case.read", "/v1/work-list", limit=SHOWN),
    )
    if "items" in planned:
        mine = [p for p in planned["items"] if p.get("year", now.year) == now.year]
        mine.sort(key=lambda p: (bool(p["done"] and p["done"] >= p["times"]), p["kind"] != "key"))
        planned["items"] = mine
    if "items" in hazards:
        hazards["items"].sort(key=lambda hazard: str(hazard["correct_by"]))
    return visit.page(
        "home.html", now=now, figures=[in_sight(item) for item in figures.get("items", ()) if item["computed"]],
        figures_problem=figures.get("problem"), planned=planned, hazards=hazards,
        waiting=_waiting(visit, schemes.get("items", [])), shown=SHOWN, due=due,
        tones=TONES,
    )  # fmt: skip


def _waiting(visit: Visit, schemes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Schemes that wait for this account: to be reviewed, approved, or mended."""
    stages = {
        "drafted": visit.may("scheme.review"),
        "reviewed": visit.may("scheme.approve"),
        "returned": visit.may("scheme.write"),
    }
    return [scheme for scheme in schemes if stages.get(scheme["stage"])][:SHOWN]


ROUTES = (("GET", "/", page(show)),)
