"""One planned inspection, as the records behind the figures name it (计划内检查)."""

from starlette.responses import Response

from gateway.console.client import Json, path_of
from gateway.console.visit import Visit, page


async def show(visit: Visit) -> Response:
    """A plant in a plan, and the inspections that count for it."""
    planned = await visit.api.get(path_of("planned-inspections", visit.path("planned_id")))
    found: Json = {"items": []}
    if visit.may("inspection.read"):
        found = await visit.part(
            visit.api.get("/v1/inspections", entity=planned["entity_id"], limit=100)
        )
    inspections = [
        one for one in found.get("items", ()) if one["planned_inspection_id"] == planned["id"]
    ]
    return visit.page("planned.html", planned=planned, inspections=inspections)


ROUTES = (("GET", "/planned-inspections/{planned_id}", page(show, "plan.read")),)
