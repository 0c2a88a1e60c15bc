"""Visits that could not be carried out (未能检查)."""

import asyncio

from starlette.responses import Response

from gateway.console.client import Json, path_of
from gateway.console.pages import officers
from gateway.console.showing import link
from gateway.console.visit import Visit, page


async def listed(visit: Visit) -> Response:
    """Visits called off, the newest first."""
    told = await visit.api.get("/v1/called-off-visits", after=visit.query("after"), limit=50)
    more = link("/inspections/called-off", after=told["next"]) if told["next"] else None
    return visit.page("called_off_visits.html", visits=told["items"], more=more)


async def show(visit: Visit) -> Response:
    """One of them: why, what happened, who saw it, the evidence, what the law says."""
    id_ = visit.path("visit_id")
    told = await visit.api.get(path_of("called-off-visits", id_))

    async def evidence() -> Json:
        if not visit.may("evidence.read"):
            return {"items": []}
        found: Json = await visit.part(visit.api.get("/v1/evidence", inspection=id_, limit=200))
        return found

    people, found, record = await asyncio.gather(
        officers.known(visit, told["unit"]), evidence(),
        visit.part(visit.api.get(path_of("inspections", id_))),
    )  # fmt: skip
    return visit.page(
        "called_off_visit.html", v=told, people=officers.names(people),
        evidence=found.get("items", []), recorded="problem" not in record,
        failed=[found["problem"]] if "problem" in found else [],
    )  # fmt: skip


ROUTES = (
    ("GET", "/inspections/called-off", page(listed, "inspection.read")),
    ("GET", "/inspections/called-off/{visit_id}", page(show, "inspection.read")),
)
