"""Document numbers: where each one is, and why no document bears it (文号)."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages.plans import year_of
from gateway.console.showing import link
from gateway.console.visit import Visit, page

OPEN = ("leased", "frozen", "expired")
"""States in which a number can still be voided."""


async def show(visit: Visit) -> Response:
    """A series of a year: its numbers by state, and every gap with its reason."""
    return await _show(visit)


async def freeze(visit: Visit) -> Response:
    """Freeze a lease (冻结文号段)."""
    form = visit.form
    body = {"id": form["id"], "reason": form["reason"]}
    path = f"{path_of('number-leases', form['lease_id'])}/freezes"
    return await _act(visit, visit.api.post(path, body))


async def void(visit: Visit) -> Response:
    """Void one number (作废文号)."""
    form = visit.form
    sequence = form["sequence"]
    body = {
        "id": form["id"], "lease_id": form["lease_id"], "device": form["device"],
        "sequence": int(sequence) if sequence.isdigit() else sequence, "reason": form["reason"],
        "voided_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    return await _act(visit, visit.api.put(path_of("number-voids", form["id"]), body))


async def _act(visit: Visit, asked: Any) -> Response:  # noqa: ANN401 - an awaitable answer
    try:
        await asked
    except ApiProblem as problem:
        if problem.status not in (400, 409, 422):
            raise
        return await _show(visit, problem)
    given = {name: visit.query(name) for name in ("unit", "document", "year")}
    return visit.go(link("/numbers", **given))


async def _show(visit: Visit, problem: ApiProblem | None = None) -> Response:
    year = year_of(visit)
    told, units = await asyncio.gather(
        visit.api.get("/v1/number-series", year=year), visit.api.get("/v1/units")
    )
    names = {unit["code"]: unit["name"] for unit in units["items"]}
    series: list[Json] = told["items"]
    given = (visit.query("unit"), visit.query("document"))
    chosen = next((one for one in series if (one["unit"], one["document"]) == given), None)
    if chosen is None:
        own = [one for one in series if one["unit"] == visit.who.unit] or series
        chosen = own[0] if own else None
    account = None
    if chosen:
        key = {name: chosen[name] for name in ("unit", "document", "year")}
        account = await visit.api.get("/v1/number-gaps", **key)
    return visit.page(
        "numbers.html", problem.status if problem else 200, year=year, series=series,
        names=names, account=account, open=OPEN, new_id=lambda: str(uuid4()),
        problem=problem.body if problem else None,
    )  # fmt: skip


ROUTES = (
    ("GET", "/numbers", page(show, "number.read")),
    ("POST", "/numbers/freezes", page(freeze, "number.manage")),
    ("POST", "/numbers/voids", page(void, "number.manage")),
)
