"""Money of a case (缴款): owed and paid as of a day, instalments, the late fine day by day with its cap."""

from datetime import date

from starlette.responses import Response

from gateway.console import case_law
from gateway.console.client import Json, path_of
from gateway.console.showing import today
from gateway.console.visit import Visit, page

OFFERED = (
    "pay",
    "refund",
    "allow-instalments",
    "defer-payment",
    "add-late-fine",
    "demand",
    "apply-to-court",
    "record-performance",
)
"""Acts that the page leads to."""


async def show(visit: Visit) -> Response:
    """What is owed and what was paid as of a day; today when none is asked for."""
    case: Json = await visit.api.get(path_of("cases", visit.path("case_id")))
    try:
        on = date.fromisoformat(visit.query("on"))
    except ValueError:
        on = today()
    titles = {one["kind"]: one for one in case["offers"]}
    return visit.page(
        "case_money.html", case=case, on=on.isoformat(),
        money=case_law.money(case, visit.console.settings.content, on),
        offers=[titles[code] for code in OFFERED if code in titles and titles[code]["lawful"]],
    )  # fmt: skip


ROUTES = (("GET", "/cases/{case_id}/money", page(show, "case.read")),)
