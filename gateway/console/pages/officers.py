"""Enforcement officers, as the records behind the figures name them (执法人员)."""

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.showing import link
from gateway.console.visit import Visit, page


async def known(visit: Visit, unit: str | None = None) -> list[Json]:
    """Officers in sight; none for an account that may not read them."""
    if not visit.may("officer.read"):
        return []
    try:
        return await visit.api.every("/v1/officers", unit=unit)
    except ApiProblem as problem:
        if problem.status == 401:
            raise
        return []


def names(officers: list[Json]) -> dict[str, str]:
    """Names by certificate number (执法证号)."""
    return {officer["certificate"]["number"]: officer["name"] for officer in officers}


async def roll(visit: Visit) -> Response:
    """Officers by certificate number (执法人员名册)."""
    unit = visit.query("unit")
    told = await visit.api.get("/v1/officers", unit=unit, after=visit.query("after"), limit=50)
    more = link("/officers", unit=unit, after=told["next"]) if told["next"] else None
    return visit.page("officers.html", officers=told["items"], more=more)


async def show(visit: Visit) -> Response:
    """One officer, the certificate and the trainings."""
    officer = await visit.api.get(path_of("officers", visit.path("officer_id")))
    return visit.page("officer.html", officer=officer)


ROUTES = (
    ("GET", "/officers", page(roll, "officer.read")),
    ("GET", "/officers/{officer_id}", page(show, "officer.read")),
)
