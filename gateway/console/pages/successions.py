"""Who carries on for a bureau that is no more, and the handing over of its people (单位承接)."""

from starlette.responses import Response

from gateway.console.client import ApiProblem, path_of
from gateway.console.visit import Visit, page


async def listed(visit: Visit) -> Response:
    """Every succession in sight: since when, by which order, who is still to be handed over."""
    return await _listed(visit)


async def _listed(visit: Visit, problem: ApiProblem | None = None) -> Response:
    told = await visit.api.get("/v1/successions")
    return visit.page(
        "successions.html", problem.status if problem else 200, items=told["items"],
        problem=problem.body if problem else None,
    )  # fmt: skip


async def relocate(visit: Visit) -> Response:
    """Hand over everybody who is left."""
    try:
        await visit.api.put(
            path_of("successions", visit.path("succession_id"), "relocation"), {"accounts": None}
        )
    except ApiProblem as problem:
        if problem.status not in (400, 403, 409):
            raise
        return await _listed(visit, problem)
    return visit.go("/successions")


ROUTES = (
    ("GET", "/successions", page(listed, "unit.read")),
    ("POST", "/successions/{succession_id}/relocation", page(relocate, "account.write")),
)
