"""The file of a case (卷宗): what is missing before it is sealed, the seal, reading it with a trace, verifying it."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.responses import Response

from gateway.console import case_law, case_papers, casework, late_entry
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.passing import Passed
from gateway.console.showing import link, today
from gateway.console.visit import Visit, page
from lawbook.archive.catalogue import KEPT

SHOWN_AGAIN = (400, 403, 409, 422)
CLOSING = ("propose-closing", "endorse-closing", "close", "archive")
"""Acts on the way into the archive, in their order."""
SORTS = {"document": "文书", "evidence": "证据"}
READ = {"catalogue": "查看目录", "file": "下载案卷（PDF）", "package": "下载案卷包"}
BESIDE = {"archive-number-taken": "number", "different-content": "number"}
"""Refusals of a seal that stand at a field."""


async def show(visit: Visit) -> Response:
    """The file before it is sealed, or the sealed one; its catalogue is read only for a purpose."""
    return await _page(visit)


async def _page(
    visit: Visit, problem: ApiProblem | None = None, *, verified: Json | None = None
) -> Response:
    case_id, purpose = visit.path("case_id"), visit.query("purpose")
    case, contents, documents = await asyncio.gather(
        visit.api.get(path_of("cases", case_id)),
        visit.api.get(path_of("cases", case_id, "archive", "contents")),
        visit.api.get(path_of("cases", case_id, "documents")),
    )
    sealed, told, readings = contents["sealed"], None, None
    if sealed and purpose:
        told = await visit.api.get(path_of("cases", case_id, "archive"), purpose=purpose[:200])
    if sealed and visit.may("case.archive"):
        readings = await visit.api.get(path_of("cases", case_id, "archive", "readings"))
    titles = {one["kind"]: one for one in case["offers"]}
    form, forms = visit.form, _forms(visit)
    code = problem.code if problem else ""
    faults = {BESIDE[code]: problem.body.get("detail", "")} if problem and code in BESIDE else {}
    return visit.page(
        "case_archive.html", problem.status if problem else 200, case=case, contents=contents,
        unsigned=[one for one in documents["items"] if one["to_sign"]],
        sealed=sealed, told=told, purpose=purpose, readings=readings, verified=verified,
        kept=KEPT, sorts=SORTS, read=READ, titles=titles, steps=steps(case),
        lacking=[lack(what, case, forms, contents["papers"]) for what in contents["lacking"]],
        may_seal=visit.may("case.archive") or _stands_in(titles.get("archive")), faults=faults,
        remedies_until=case_law.remedies_until(case, visit.console.settings.content, today()),
        given={"number": form["number"], "kept": form["kept"] or "permanent"},
        done_at=form[late_entry.FIELD], latest=late_entry.latest(case),
        problem=None if problem is None else problem.body,
    )  # fmt: skip


def steps(case: Json) -> list[Json]:
    """The acts on the way into the archive: which are done, which is next, and what stands against it."""
    done = {act["kind"] for act in case["timeline"]}
    titles = {one["kind"]: one for one in case["offers"]}
    found = []
    for code in CLOSING:
        kind, offer = casework.kind_of(code), titles.get(code)
        if kind is None or (offer is None and code not in done):
            continue
        refusals = [] if offer is None else [
            why for why in offer["refusals"] if why["code"] not in casework.ELSEWHERE
        ]  # fmt: skip
        reached = not any(why["code"] == "act-not-at-this-stage" for why in refusals)
        found.append(
            {
                "kind": code, "title": kind.title, "law": kind.law, "done": code in done and not reached,
                "lawful": bool(offer and offer["lawful"]), "reached": reached, "refusals": refusals,
            }
        )  # fmt: skip
    return found


def _forms(visit: Visit) -> dict[str, str]:
    """What the forms of a case are called, by code; longer names first, since some begin others."""
    name = case_papers.form_names(visit.console.settings.content)
    known = {code: name(code) for group in case_papers.GROUPS.values() for code in group}
    return dict(sorted(known.items(), key=lambda one: -len(one[1])))


def _stands_in(offer: Json | None) -> bool:
    """Whether sealing is somebody's who has the capacity from another for some days."""
    codes = {why["code"] for why in offer["refusals"]} if offer else casework.ELSEWHERE
    return not codes & casework.ELSEWHERE


def lack(what: str, case: Json, forms: Mapping[str, str], papers: list[Json]) -> Json:
    """One thing that is lacking, and where it is put right; a document by the button that makes it."""
    for paper in papers:
        if paper["title"] == what:
            return {"what": what, "make": paper["mends"], "label": paper["next_step"]}
    for duty in case["duties"]:
        if what.startswith(duty["title"]) and duty["act"]:
            return {
                "what": what,
                "to": f"/cases/{case['id']}/acts/{duty['act']}",
                "label": "去办理",
            }
    for code, name in forms.items():
        if what.startswith(f"尚未出具{name}"):
            to = f"/cases/{case['id']}/documents#form-{code}"
            return {"what": what, "to": to, "label": "去制作"}
    if what.startswith("证据"):
        return {"what": what, "to": f"/cases/{case['id']}", "label": "查看证据"}
    return {"what": what, "to": f"/cases/{case['id']}/documents", "label": "查看文书"}


async def seal(visit: Visit) -> Response:
    """Archive the case and seal its file; what refuses it stands on the page again."""
    form, case_id = visit.form, visit.path("case_id")
    case: Json = await visit.api.get(path_of("cases", case_id))
    at, wrong = late_entry.read(form, case)
    if wrong or not form["number"]:
        why = wrong or "请填写档号"
        told = {"code": "act-incomplete", "title": why, "next_step": "按提示补充后重新提交"}
        return await _page(visit, ApiProblem(422, told))
    after = form["after"]
    body = {
        "at": at, "after": int(after) if after.isdecimal() else case["acts"],
        "number": form["number"], "kept": form["kept"] if form["kept"] in KEPT else "permanent",
    }  # fmt: skip
    try:
        await visit.api.put(path_of("cases", case_id, "archive"), body)
    except ApiProblem as problem:
        if problem.status not in SHOWN_AGAIN:
            raise
        return await _page(visit, problem)
    return visit.go(link(f"/cases/{case_id}/archive", told="sealed"))


async def package(visit: Visit) -> Response:
    """The sealed package as it lies in the store; the reading is recorded, and nothing is kept on the way."""
    return await _passed(visit, "package", ".zip")


async def bound(visit: Visit) -> Response:
    """The file as one PDF to read and print (案卷合订本); the reading is recorded too."""
    return await _passed(visit, "file", ".pdf")


async def _passed(visit: Visit, what: str, suffix: str) -> Response:
    case_id, purpose = visit.path("case_id"), visit.query("purpose")
    if not purpose:
        raise ApiProblem(422, {
            "code": "purpose-missing", "title": "没有写明查阅事由", "next_step": "返回卷宗页，写明事由后下载",
        })  # fmt: skip
    case = await visit.api.get(path_of("cases", case_id))
    path = path_of("cases", case_id, "archive", what)
    name = f"{case['number'] or case_id}案卷{suffix}"
    query = urlencode({"purpose": purpose[:200]})
    return Passed(visit, path, save_as=name, query=query, keep=False)


async def verify(visit: Visit) -> Response:
    """Package, rows and files compared with one another and with the seal (核验案卷)."""
    case_id = visit.path("case_id")
    found = await visit.api.get(path_of("cases", case_id, "archive", "verification"))
    return await _page(visit, verified=found)


ROUTES = (
    ("GET", "/cases/{case_id}/archive", page(show, "case.read")),
    ("POST", "/cases/{case_id}/archive", page(seal, "case.act")),
    ("GET", "/cases/{case_id}/archive/package", page(package, "case.read")),
    ("GET", "/cases/{case_id}/archive/file", page(bound, "case.read")),
    ("GET", "/cases/{case_id}/archive/verification", page(verify, "case.archive")),
)
