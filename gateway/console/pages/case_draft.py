"""One document of a case: written, confirmed, issued for good, void when it must be (制作、出具文书)."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from gateway.console import case_papers, casework, draft_forms, late_entry, made_for, retelling
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import case_documents, officers
from gateway.console.showing import HERE, link
from gateway.console.visit import Visit, page

TOLD = (400, 403, 404, 409, 422)
UNFIT: Json = {
    "code": "draft-incomplete", "title": "文书还不能出具",
    "next_step": "按下面标出的各栏补充、改正，或者先办理所缺的前提",
}  # fmt: skip

SCANS = ".pdf,.jpg,.jpeg,.png,.webp"
OF_ITS_DAY = ("day-ahead", "document-before-case")
"""Refusals of the moment for which a document is issued."""


async def show(visit: Visit) -> Response:
    """A draft as a form beside its page; once issued, the document as it was frozen."""
    draft: Json = await visit.api.get(_path(visit))
    if draft["state"] != "draft":
        return await issued(visit, draft)
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
    made = made_for.read(around["case"], draft, None)
    if made.at:
        draft = await visit.api.get(_path(visit), at=made.at)
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
        fields=fields, text=draft_forms.text, made=made,
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


async def _confirm(
    visit: Visit, draft: Json, problem: ApiProblem | None = None, chosen: str | None = None
) -> Response:
    """The page that is looked at before it is issued: drawn for the moment that it will bear."""
    around = await _around(visit)
    seen = visit.form["after"]
    after = int(seen) if seen.isdecimal() else around["case"]["acts"]
    if chosen is None and "at" in visit.request.query_params:
        chosen = visit.query("at")
    return visit.page(
        "case_issue.html", problem.status if problem else 200, draft=draft,
        made=made_for.read(around["case"], draft, chosen),
        problem=problem.body if problem else None,
        lines=retelling.teller(around["case"], visit.console.settings.content),
        since=casework.since(around["case"], after), **around,
    )  # fmt: skip


async def issue(visit: Visit) -> Response:
    """Issue what was confirmed, for the moment that it was drawn for: it gets its number and is frozen."""
    form = visit.form
    revision, after, chosen = form["revision"], form["after"], form[late_entry.FIELD]
    if not (revision.isdecimal() and after.isdecimal()):
        return visit.go(link(_at(visit), confirm=1))
    at, wrong = late_entry.moment(chosen)
    if wrong:
        return await _confirm(visit, await visit.api.get(_path(visit)), chosen=chosen)
    chosen = late_entry.local(at) if chosen else ""
    body = {"revision": int(revision), "after": int(after), "at": at}
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
        if problem.code in ("case-moved-on", "draft-moved-on", *OF_ITS_DAY):
            return await _confirm(visit, draft, problem, chosen)
        return await _form(visit, draft, problem=problem, checked=True)
    return visit.go(link(_at(visit), issued=1))


async def issued(
    visit: Visit, draft: Json, problem: ApiProblem | None = None,
    given: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page of a document that was issued; given: of a signed copy that was refused, as typed."""
    around = await _around(visit)
    path = path_of("cases", visit.path("case_id"))
    told, drafts = await asyncio.gather(
        visit.api.get(f"{path}/documents"), visit.api.get(f"{path}/drafts")
    )
    document = next((one for one in told["items"] if one["id"] == draft["id"]), None)
    if document is None:
        raise ApiProblem(404, {"code": "not-found", "title": "该草稿已作废，没有出具"})
    return visit.page(
        "case_document.html", problem.status if problem else 200, draft=draft, document=document,
        wanted=case_papers.wanted(
            around["case"], list(around["forms"].values()), drafts["items"], told["items"]
        ),
        copy_id=str(uuid4()), file_id=str(uuid4()), accept=SCANS,
        copy=given or _to_sign(around["case"], draft, document),
        just=visit.query("issued"), next_acts=case_papers.next_acts(around["case"], draft["kind"]),
        reason=visit.form["reason"], problem=problem.body if problem else None, **around,
    )  # fmt: skip


def _to_sign(case: Json, draft: Json, document: Json) -> dict[str, str]:
    """Who signs as the form has it, the handlers by name; what the last page of it said, for the next."""
    if document["signed"]:
        last = document["signed"][-1]
        lines = last["signed_by"]
        return {"signed_by": "\n".join(lines), "signed_on": last["signed_on"]}
    handlers = [one["name"] for one in case["facts"]["case"].get("officers", [])]
    lines = []
    for one in draft["signatories"]:
        if not one["count"]:
            continue
        label = one["label"].replace("（签名）", "")
        ours = handlers[: one["count"]] if "执法人员" in label or "承办人" in label else []
        lines += [f"{label} {name}" for name in ours] or [label]
    on = datetime.fromisoformat(document["issued_at"]).astimezone(HERE).date()
    return {"signed_by": "\n".join(lines), "signed_on": on.isoformat()}


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
            return await issued(visit, await visit.api.get(_path(visit)), problem)
    return visit.go(_at(visit))


_AT = "/cases/{case_id}/documents/{draft_id}"
ROUTES = (
    ("GET", _AT, page(show, "case.read")),
    ("POST", _AT, page(write, "case.act")),
    ("POST", f"{_AT}/issue", page(issue, "case.act")),
    ("POST", f"{_AT}/void", page(void, "case.act")),
)
