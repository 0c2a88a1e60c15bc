"""Hazards by the day they are due (事故隐患)."""

from starlette.responses import Response

from gateway.console.showing import link
from gateway.console.visit import Visit, page


async def show(visit: Visit) -> Response:
    """Open hazards, or closed ones."""
    state = "closed" if visit.query("state") == "closed" else "open"
    told = await visit.api.get("/v1/hazards", state=state, after=visit.query("after"), limit=100)
    hazards = sorted(told["items"], key=lambda hazard: str(hazard["correct_by"]))
    more = link("/hazards", state=state, after=told["next"]) if told["next"] else None
    return visit.page("hazards.html", hazards=hazards, state=state, more=more)


ROUTES = (("GET", "/hazards", page(show, "inspection.read")),)
