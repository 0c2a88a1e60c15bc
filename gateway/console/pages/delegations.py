"""Who stands in for whom in the unit's cases (代行职权): given for some days, ended, listed."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import officers
from gateway.console.showing import today
from gateway.console.visit import Visit, page
from lawbook.penalty.act import POWERS, Power

GIVEN = (Power.ENDORSE, Power.APPROVE, Power.REVIEW, Power.HEAR, Power.ARCHIVE)
"""Capacities that may be given for a time."""
WORDS = {power.value: POWERS[power] for power in GIVEN}


async def listed(visit: Visit) -> Response:
    """Those of the unit, the latest first, and a form for who has a capacity to give."""
    given = {
        "since": today().isoformat(), "until": (today() + timedelta(7)).isoformat(),
        "power": "", "to": "", "reason": "",
    }  # fmt: skip
    return await _listed(visit, given)


async def _listed(visit: Visit, given: Json, problem: ApiProblem | None = None) -> Response:
    told, people = await asyncio.gather(
        visit.api.get("/v1/delegations"), officers.known(visit, visit.who.unit)
    )
    day = today().isoformat()
    return visit.page(
        "delegations.html", problem.status if problem else 200, items=told["items"],
        powers={code: said for code, said in WORDS.items() if visit.may(code)}, words=WORDS,
        people=[one for one in people if one["certificate"]["number"] != visit.who.officer],
        names=officers.names(people), given=given, new_id=str(uuid4()), day=day,
        problem=problem.body if problem else None,
    )  # fmt: skip


async def give(visit: Visit) -> Response:
    """Give a capacity, or show the form again with what was chosen."""
    form = visit.form
    given = {name: form[name] for name in ("power", "to", "since", "until", "reason")}
    number, _, name = given["to"].partition(" ")
    body = {
        "power": given["power"], "to_number": number, "to_name": name, "reason": given["reason"],
        "since": given["since"], "until": given["until"],
    }  # fmt: skip
    try:
        await visit.api.put(path_of("delegations", form["id"]), body)
    except ApiProblem as problem:
        if problem.status not in (400, 403, 409, 422):
            raise
        return await _listed(visit, given, problem)
    return visit.go("/delegations")


async def end(visit: Visit) -> Response:
    """End one before its day."""
    await visit.api.put(path_of("delegations", visit.path("delegation_id"), "end"), {})
    return visit.go("/delegations")


ROUTES = (
    ("GET", "/delegations", page(listed, "case.read")),
    ("POST", "/delegations", page(give, "case.act")),
    ("POST", "/delegations/{delegation_id}/end", page(end, "case.act")),
)
