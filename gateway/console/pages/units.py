"""Units (机构): bureaus and the zone, as the register has them."""

from starlette.responses import Response

from gateway.console.client import ApiProblem, path_of
from gateway.console.showing import link
from gateway.console.visit import Visit, page

LEVELS = {"city": "市级", "county": "县级", "zone": "开发区"}
FIELDS = ("code", "name", "short_name", "region", "level")


async def listed(visit: Visit) -> Response:
    """Every unit in sight, each with the form that changes it; and one for a new one."""
    return await _listed(visit, {})


async def _listed(
    visit: Visit, given: dict[str, str], problem: ApiProblem | None = None
) -> Response:
    told = await visit.api.get("/v1/units")
    return visit.page(
        "units.html", problem.status if problem else 200, units=told["items"], levels=LEVELS,
        given=given, kept=visit.query("kept"), problem=problem.body if problem else None,
    )  # fmt: skip


async def keep(visit: Visit) -> Response:
    """Enter a unit or change one."""
    given = {name: visit.form[name] for name in FIELDS}
    code = given["code"] or "-"
    body = {name: given[name] for name in FIELDS if name != "code"}
    try:
        await visit.api.put(path_of("units", code), body)
    except ApiProblem as problem:
        if problem.status not in (400, 403, 409, 422):
            raise
        return await _listed(visit, given, problem)
    return visit.go(link("/units", kept=code) + f"#u-{code}")


ROUTES = (
    ("GET", "/units", page(listed, "unit.read")),
    ("POST", "/units", page(keep, "unit.write")),
)
