"""One document of a case: written, confirmed, issued for good, void when it must be (制作、出具文书)."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from gateway.console import case_papers, casework, draft_forms, retelling
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import case_documents, officers
from gateway.console.showing import link
from gateway.console.visit import Visit, page

TOLD = (400, 403, 404, 409, 422)
UNFIT: Json = {
    "code": "draft-incomplete", "title": "文书还不能出具",
    "next_step": "按下面标出的各栏补充、改正，或者先办理所缺的前提",
}  # fmt: skip


async def show(visit: Visit) -> Response:
    """A draft as a form beside its page; once issued, the document as it was frozen."""
    draft: Json = await visit.api.get(_path(visit))
    if draft["state"] != "draft":
        return await _issued(visit, draft)
    if visit.query("confirm"):
        return await _confirm(visit, draft)
    return await _form(visit, draft, checked=bool(visit.query("checked")))


def _path(visit: Visit) -> str:
    return path_of("cases", visit.path("case_id"), "drafts", visit.path("draft_id"))


async def _around(visit: Visit) -> Json:
    """What the pages of a draft ask beside it."""
    case_id = visit.path("case_id")
    case: Json = await visit.api.get(path_of("cases", case_id))
    forms, people = await asyncio.gather(
        visit.api.get(path_of("cases", case_id, "forms")), officers.known(visit, case["unit"])
    )
    kinds = {one["kind"]: one for one in forms["items"]}
    return {
        "case": case, "forms": kinds, "names": {code: one["name"] for code, one in kinds.items()},
        "titles": {one["kind"]: one for one in case["offers"]}, "people": people,
        "who": officers.names(people), "act_title": case_documents.title, "fresh": case_documents.fresh,
    }  # fmt: skip


async def _form(
    visit: Visit, draft: Json, typed: Mapping[str, Any] | None = None,
    problem: ApiProblem | None = None, *, checked: bool = False, more: str = "",
) -> Response:  # fmt: skip
    around = await _around(visit)
    theirs: list[tuple[str, str]] = []
    if problem is not None and problem.code == "draft-moved-on":
        theirs = draft_forms.changed(typed or {}, draft)
    if not checked:
        # A blank is no fault before somebody has tried.
        draft = draft | {
            "faults": {c: why for c, why in draft["faults"].items() if c in draft["data"]}
        }
    fields = draft_forms.shown(draft, typed or {}, around["names"])
    return visit.page(
        "case_draft.html", problem.status if problem else 200, draft=draft, more=more,
        fields=fields, text=draft_forms.text,
        more_in_optional=more in {f"said.{one['code']}" for one in fields.optional},
        saved=visit.query("saved"), theirs=theirs, problem=problem.body if problem else None,
        moved=problem is not None and problem.code == "draft-moved-on", **around,
    )  # fmt: skip


async def write(visit: Visit) -> Response:
    """Keep what was written, and go on to what the button said: look at it, or issue it."""
    draft: Json = await visit.api.get(_path(visit))
    if draft["state"] != "draft":
        return visit.go(_at(visit))
    form = visit.form
    said = draft_forms.read(draft, form)
    if form["more"]:
        return await _form(visit, draft, said, more=form["more"])
    revision = form["revision"]
    body = {
        "kind": draft["kind"], "said": said,
        "revision": int(revision) if revision.isdecimal() else draft["revision"],
    }  # fmt: skip
    try:
        kept: Json = await visit.api.put(_path(visit), body)
    except ApiProblem as problem:
        if problem.status not in TOLD:
            raise
        return await _form(visit, await visit.api.get(_path(visit)), said, problem)
    if form["do"] != "issue":
        return visit.go(link(_at(visit), saved=1, checked=1 if _wrong(kept) else None))
    if kept["faults"] or kept["wanting"] or await _unnumbered(visit, kept):
        return await _form(visit, kept, problem=ApiProblem(422, UNFIT), checked=True)
    return visit.go(link(_at(visit), confirm=1))


async def _unnumbered(visit: Visit, draft: Json) -> bool:
    """Whether it would bear the number of a case that has none."""
    case_id = visit.path("case_id")
    case, forms = await asyncio.gather(
        visit.api.get(path_of("cases", case_id)), visit.api.get(path_of("cases", case_id, "forms"))
    )
    numbered = {one["kind"]: one["numbered"] for one in forms["items"]}
    return not case["number"] and numbered.get(draft["kind"]) == "case"


def _wrong(draft: Json) -> bool:
    """Whether something was written that cannot be printed so."""
    return any(code in draft["data"] for code in draft["faults"])


def _at(visit: Visit) -> str:
    return f"/cases/{visit.path('case_id')}/documents/{visit.path('draft_id')}"


async def _confirm(visit: Visit, draft: Json, problem: ApiProblem | None = None) -> Response:
    around = await _around(visit)
    seen = visit.form["after"]
    after = int(seen) if seen.isdecimal() else around["case"]["acts"]
    return visit.page(
        "case_issue.html", problem.status if problem else 200, draft=draft,
        problem=problem.body if problem else None,
        lines=retelling.teller(around["case"], visit.console.settings.content),
        since=casework.since(around["case"], after), **around,
    )  # fmt: skip


async def issue(visit: Visit) -> Response:
    """Issue what was confirmed: it gets its number and is frozen."""
    form = visit.form
    revision, after = form["revision"], form["after"]
    if not (revision.isdecimal() and after.isdecimal()):
        return visit.go(link(_at(visit), confirm=1))
    body = {"revision": int(revision), "after": int(after), "at": datetime.now(UTC).isoformat()}
    path = path_of("cases", visit.path("case_id"), "documents", visit.path("draft_id"))
    try:
        await visit.api.put(path, body)
    except ApiProblem as problem:
        if problem.status not in TOLD:
            raise
        draft: Json = await visit.api.get(_path(visit))
        if draft["state"] == "issued":
            # The same button twice: it is issued once.
            return visit.go(_at(visit))
        if problem.code in ("case-moved-on", "draft-moved-on"):
            return await _confirm(visit, draft, problem)
        return await _form(visit, draft, problem=problem, checked=True)
    return visit.go(link(_at(visit), issued=1))


async def _issued(visit: Visit, draft: Json, problem: ApiProblem | None = None) -> Response:
    around = await _around(visit)
    told: Json = await visit.api.get(path_of("cases", visit.path("case_id"), "documents"))
    document = next((one for one in told["items"] if one["id"] == draft["id"]), None)
    if document is None:
        raise ApiProblem(404, {"code": "not-found", "title": "该草稿已作废，没有出具"})
    return visit.page(
        "case_document.html", problem.status if problem else 200, draft=draft, document=document,
        just=visit.query("issued"), next_acts=case_papers.next_acts(around["case"], draft["kind"]),
        reason=visit.form["reason"], problem=problem.body if problem else None, **around,
    )  # fmt: skip


async def void(visit: Visit) -> Response:
    """Make an issued document void, with a reason."""
    path = path_of("cases", visit.path("case_id"), "documents", visit.path("draft_id"), "void")
    body = {"reason": visit.form["reason"], "at": datetime.now(UTC).isoformat()}
    try:
        if not body["reason"]:
            raise ApiProblem(422, {"code": "no-reason", "title": "请写明作废的理由"})
        await visit.api.put(path, body)
    except ApiProblem as problem:
        if problem.status not in TOLD:
            raise
        if problem.code != "different-content":
            return await _issued(visit, await visit.api.get(_path(visit)), problem)
    return visit.go(_at(visit))


_AT = "/cases/{case_id}/documents/{draft_id}"
ROUTES = (
    ("GET", _AT, page(show, "case.read")),
    ("POST", _AT, page(write, "case.act")),
    ("POST", f"{_AT}/issue", page(issue, "case.act")),
    ("POST", f"{_AT}/void", page(void, "case.act")),
)
