"""Workbooks into the ledger (台账导入)."""

import asyncio
from collections import Counter
from uuid import uuid4

from starlette.responses import JSONResponse, Response

from gateway.console import guard
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.passing import CUT, Passed, Upload
from gateway.console.showing import link
from gateway.console.visit import Visit, page

SHOWN = 200


async def start(visit: Visit) -> Response:
    """Where a workbook is chosen."""
    dictionary, past = await asyncio.gather(
        visit.api.get("/v1/ledger-dictionary"), _past(visit, visit.query("after"))
    )
    return visit.page("import_start.html", id=str(uuid4()), dictionary=dictionary, **past)


async def _past(visit: Visit, after: str = "") -> Json:
    """Earlier imports, the latest first; one that cannot be read does not keep anybody from a new one."""
    told: Json = await visit.part(visit.api.get("/v1/entity-imports", after=after, limit=20))
    return {
        "past": told.get("items", []), "failed": told.get("problem"),
        "more": told.get("next") and link("/imports", after=told["next"]) + "#past",
        "first": "/imports#past" if after else None,
    }  # fmt: skip


async def send(visit: Visit) -> Response:
    """Pass the workbook on while it arrives, and show what was found in it."""
    upload = Upload(visit.request)
    await upload.begin()
    guard.require_token(visit.form_token, upload.fields.get("form_token"))
    id_ = upload.fields.get("id", "")
    try:
        if not upload.filename:
            raise ApiProblem(422, {"code": "no-file", "title": "还没有选择工作簿"})
        await visit.api.send(
            path_of("entity-imports", id_), upload.content(), filename=upload.filename[-200:]
        )
    except ApiProblem as problem:
        if problem.status == 401:
            raise
        if upload.cut:
            problem = ApiProblem(400, CUT)
        await upload.drain()
        dictionary = await visit.api.get("/v1/ledger-dictionary")
        return visit.page(
            "import_start.html", problem.status, id=str(uuid4()), dictionary=dictionary,
            problem=problem.body, filename=upload.filename, **await _past(visit),
        )  # fmt: skip
    return visit.go(f"/imports/{id_}")


async def show(visit: Visit) -> Response:
    """What was found in a workbook: counts, problems by kind, each with its row and reason."""
    told = await visit.api.get(path_of("entity-imports", visit.path("import_id")))
    dictionary = await visit.api.get("/v1/ledger-dictionary")
    kinds = Counter(problem["code"] for problem in told["problems"]).most_common()
    kind = visit.query("kind")
    return visit.page(
        "import_result.html", told=told, kinds=kinds, kind=kind, shown=SHOWN,
        problems=[p for p in told["problems"] if not kind or p["code"] == kind],
        labels={field["code"]: field["label"] for field in dictionary["fields"]},
        done=percent_done(told),
    )  # fmt: skip


async def apply(visit: Visit) -> Response:
    """Enter the good rows (确认入台账). Harmless to repeat."""
    id_ = visit.path("import_id")
    await visit.api.put(f"{path_of('entity-imports', id_)}/application", {})
    return visit.go(f"/imports/{id_}")


async def progress(visit: Visit) -> Response:
    """How far an import has come, for the bar that moves while it is entered."""
    told = await visit.api.get(path_of("entity-imports", visit.path("import_id")))
    return JSONResponse({"state": told["state"], "percent": percent_done(told)})


def percent_done(told: Json) -> int:
    """How much of an import has entered, of a hundred; a hundred only once it is applied."""
    if told["state"] == "applied":
        return 100
    return min(99, 100 * int(told["applied_through"]) // max(1, int(told["rows"])))


async def workbook(visit: Visit) -> Response:
    """The same workbook, bad cells painted (核对结果)."""
    path = path_of("entity-imports", visit.path("import_id"))
    told = await visit.api.get(path)
    name = told["filename"].rpartition(".")[0] or told["filename"]
    return Passed(visit, f"{path}/workbook", save_as=f"{name}（核对结果）.xlsx")


ROUTES = (
    ("GET", "/imports", page(start, "entity.import")),
    ("POST", "/imports", page(send, "entity.import", reads_form=False)),
    ("GET", "/imports/{import_id}", page(show, "entity.import")),
    ("POST", "/imports/{import_id}/application", page(apply, "entity.import")),
    ("GET", "/imports/{import_id}/progress", page(progress, "entity.import")),
    ("GET", "/imports/{import_id}/workbook", page(workbook, "entity.import")),
)
