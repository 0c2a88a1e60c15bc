"""Indicators, and the records behind each figure (考核指标)."""

from typing import Any

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import officers
from gateway.console.pages.plans import year_of
from gateway.console.showing import link, today
from gateway.console.visit import Visit, page
from lawbook.rates import hundredths

PARTS = ("missing", "counted", "all")
RECORDS = {
    "entity": ("/entities", "entity.read"),
    "officer": ("/officers", "officer.read"),
    "planned_inspection": ("/planned-inspections", "plan.read"),
    "inspection": ("/inspections", "inspection.read"),
    "case": ("/cases", "case.read"),
}
"""Where the record behind a figure has its page, and who may open it."""


def in_sight(item: Json) -> Json:
    """An indicator with the units that are measured, best first, and their sum."""
    measured = [unit for unit in item["units"] if unit["denominator"] is not None]
    measured.sort(
        key=lambda u: (-(hundredths(u["numerator"], u["denominator"]) or 0), -u["denominator"])
    )
    return item | {
        "measured": measured,
        "unmeasured": [unit for unit in item["units"] if unit["denominator"] is None],
        "numerator": sum(unit["numerator"] for unit in measured) if measured else None,
        "denominator": sum(unit["denominator"] for unit in measured) if measured else None,
    }


async def show(visit: Visit) -> Response:
    """Every indicator of a year, units ranked."""
    year = year_of(visit)
    told = await visit.api.get("/v1/indicators", year=year)
    return visit.page(
        "indicators.html", year=year, this_year=today().year, as_of=told["as_of"],
        items=[in_sight(item) for item in told["items"]],
    )  # fmt: skip


async def records(visit: Visit) -> Response:
    """The records behind one figure: counted, missing, or all of them."""
    code, year, unit = visit.path("code"), year_of(visit), visit.query("unit")
    part = visit.query("part") if visit.query("part") in PARTS else "missing"
    told = await visit.api.get("/v1/indicators", year=year)
    item = next((one for one in told["items"] if one["code"] == code), None)
    if item is None:
        raise ApiProblem(404, {"code": "not-found", "title": "没有这项指标"})
    asked: dict[str, Any] = {"year": year, "unit": unit, "part": part}
    behind = await visit.api.get(
        f"{path_of('indicators', code)}/records", **asked, after=visit.query("after"), limit=100
    )
    here = f"/indicators/{code}"
    chosen = next((one for one in item["units"] if one["unit"] == unit), None)
    entered = await _entered(visit, behind["items"], unit)
    return visit.page(
        "records.html", item=in_sight(item), unit=chosen, year=year, part=part, as_of=told["as_of"],
        records=[one | {"to": _page_of(visit, one, entered)} for one in behind["items"]],
        parts=[(p, link(here, year=year, unit=unit, part=p)) for p in PARTS],
        more=link(here, **asked, after=behind["next"]) if behind["next"] else None,
    )  # fmt: skip


async def _entered(visit: Visit, records: list[Json], unit: str) -> set[str]:
    """Officers who have a page: somebody on the roster may not have been entered yet."""
    if all(record["kind"] != "officer" for record in records):
        return set()
    return {officer["id"] for officer in await officers.known(visit, unit or None)}


def _page_of(visit: Visit, record: Json, entered: set[str]) -> str | None:
    where, permission = RECORDS.get(record["kind"], (None, ""))
    if record["kind"] == "officer" and record["id"] not in entered:
        return None
    return f"{where}/{record['id']}" if where and visit.may(permission) else None


ROUTES = (
    ("GET", "/indicators", page(show, "indicator.read")),
    ("GET", "/indicators/{code}", page(records, "indicator.read")),
)
