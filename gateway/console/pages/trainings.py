"""Trainings (培训): what was held, who attended."""

import asyncio
from uuid import uuid4

from starlette.responses import Response

from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import officers
from gateway.console.showing import today
from gateway.console.visit import Visit, page

KINDS = {"system": "系统应用", "law": "法律法规", "business": "业务", "induction": "初任"}
"""Kinds of training; attendance of 系统应用 is what an indicator counts."""


async def listed(visit: Visit) -> Response:
    """Trainings in sight, the newest first, each with who attended."""
    told, people = await asyncio.gather(visit.api.get("/v1/trainings"), officers.known(visit))
    names = {one["id"]: one["name"] for one in people}
    untrained = [one for one in people if not one["trained_on"]]
    return visit.page(
        "trainings.html", trainings=told["items"], names=names, kinds=KINDS,
        untrained=untrained, count=len(people),
    )  # fmt: skip


async def new(visit: Visit) -> Response:
    """The form of a training that was held."""
    given: Json = {
        "title": "", "kind": "system", "held_on": today().isoformat(), "hours": "", "attended": [],
    }  # fmt: skip
    return await _form(visit, given, str(uuid4()))


async def _form(visit: Visit, given: Json, id_: str, problem: ApiProblem | None = None) -> Response:
    people = await officers.known(visit)
    units: dict[str, list[Json]] = {}
    for one in people:
        units.setdefault(one["unit"], []).append(one)
    return visit.page(
        "training_form.html", problem.status if problem else 200, given=given, id=id_, units=units,
        kinds=KINDS, last=today().isoformat(), problem=problem.body if problem else None,
    )  # fmt: skip


async def hold(visit: Visit) -> Response:
    """Record it; the same button twice records it once."""
    form = visit.form
    given: Json = {name: form[name] for name in ("title", "kind", "held_on", "hours")}
    given["attended"] = form.all("attended")
    try:
        try:
            hours = float(given["hours"])
        except ValueError:
            raise ApiProblem(
                422, {"code": "no-hours", "title": "学时应为数字，如 4 或 4.5"}
            ) from None
        body = given | {"hours": hours, "region": visit.who.region}
        await visit.api.put(path_of("trainings", form["id"]), body)
    except ApiProblem as problem:
        if problem.status not in (400, 403, 409, 422):
            raise
        return await _form(visit, given, form["id"], problem)
    return visit.go("/trainings")


ROUTES = (
    ("GET", "/trainings", page(listed, "training.read")),
    ("GET", "/trainings/new", page(new, "training.write")),
    ("POST", "/trainings", page(hold, "training.write")),
)
