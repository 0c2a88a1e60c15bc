"""Figures frozen on their due day, and the ranking published of them (固定考核数据、通报)."""

from datetime import date

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages.plans import year_of
from gateway.console.passing import Passed
from gateway.console.showing import today
from gateway.console.visit import Visit, page
from lawbook.regions import covers

PREFECTURE = "1408"
ASKED = ("number", "published_on", "remarks")


def _publishes(visit: Visit) -> bool:
    return visit.may("indicator.publish") and covers(visit.who.region, PREFECTURE)


async def listed(visit: Visit) -> Response:
    """The due days of a year, and what was frozen and published of each."""
    return await _listed(visit)


async def _listed(visit: Visit, problem: ApiProblem | None = None) -> Response:
    year = year_of(visit)
    told = await visit.api.get("/v1/indicator-snapshots", year=year)
    day = today().isoformat()
    return visit.page(
        "rankings.html", problem.status if problem else 200, items=told["items"], year=year,
        this_year=today().year, day=day, publishes=_publishes(visit),
        problem=problem.body if problem else None,
    )  # fmt: skip


async def freeze(visit: Visit) -> Response:
    """Freeze the figures of a due day, or say why they cannot be."""
    due_on = visit.path("due_on")
    try:
        await visit.api.put(path_of("indicator-snapshots", due_on), {})
    except ApiProblem as problem:
        if problem.status != 409:
            raise
        return await _listed(visit, problem)
    return visit.go(f"/rankings/{due_on}")


async def show(visit: Visit) -> Response:
    """Who stands where, and a form for who publishes it."""
    return await _show(visit, {"published_on": today().isoformat()})


async def _show(visit: Visit, given: Json, problem: ApiProblem | None = None) -> Response:
    due_on = visit.path("due_on")
    told = await visit.api.get(path_of("indicator-snapshots", due_on))
    names = {item["code"]: item["name"] for item in told["items"]}
    each = [{"name": names[code]} | _each(told["ranking"], code) for code in told["ranked"]]
    ties: dict[int, list[str]] = {}
    for one in told["ranking"]:
        if one["tied"]:
            ties.setdefault(one["place"], []).append(one["name"])
    return visit.page(
        "ranking.html", problem.status if problem else 200, told=told, each=each, ties=ties,
        due_on=date.fromisoformat(due_on), given=given, publishes=_publishes(visit),
        problem=problem.body if problem else None,
    )  # fmt: skip


def _each(ranking: list[Json], code: str) -> Json:
    """Who stands where in one indicator, and who has nothing to measure in it."""
    rates = [
        {"name": one["name"], **rate}
        for one in ranking for rate in one["rates"] if rate["code"] == code
    ]  # fmt: skip
    placed = [one for one in rates if one["place"] is not None]
    return {
        "placed": sorted(placed, key=lambda one: int(one["place"])),
        "unplaced": [one["name"] for one in rates if one["place"] is None],
    }


async def publish(visit: Visit) -> Response:
    """Publish the ranking, or show the form again with what was written."""
    due_on = visit.path("due_on")
    given = {name: visit.form[name] for name in ASKED}
    try:
        await visit.api.put(path_of("indicator-snapshots", due_on, "notice"), given)
    except ApiProblem as problem:
        if problem.status not in (400, 409, 422):
            raise
        return await _show(visit, given, problem)
    return visit.go(f"/rankings/{due_on}")


async def as_pdf(visit: Visit) -> Response:
    """The notice to print; before it is published a draft that says so."""
    return _passed(visit, "pdf")


async def as_docx(visit: Visit) -> Response:
    """The notice to edit."""
    return _passed(visit, "docx")


def _passed(visit: Visit, what: str) -> Response:
    due_on = visit.path("due_on")
    return Passed(
        visit, f"{path_of('indicator-snapshots', due_on)}/notice/{what}",
        save_as=f"考核通报 {due_on}.{what}", keep=False,
    )  # fmt: skip


ROUTES = (
    ("GET", "/rankings", page(listed, "indicator.read")),
    ("GET", "/rankings/{due_on}", page(show, "indicator.read")),
    ("POST", "/rankings/{due_on}", page(freeze, "indicator.publish")),
    ("POST", "/rankings/{due_on}/notice", page(publish, "indicator.publish")),
    ("GET", "/rankings/{due_on}/notice.pdf", page(as_pdf, "indicator.read")),
    ("GET", "/rankings/{due_on}/notice.docx", page(as_docx, "indicator.read")),
)
