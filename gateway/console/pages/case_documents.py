"""Documents of a case: what is issued, drafted, possible, and what each still wants (案件文书)."""

import asyncio
from urllib.parse import urlencode
from uuid import uuid4

from starlette.responses import Response

from gateway.console import case_papers, draft_forms
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.pages import officers
from gateway.console.passing import Passed
from gateway.console.showing import link
from gateway.console.visit import Visit, page
from lawbook.penalty.kind import REGISTRY


async def listed(visit: Visit) -> Response:
    """Every form of the case, those that are wanted first, each with the button that does it."""
    return await _listed(visit)


async def _listed(visit: Visit, problem: ApiProblem | None = None) -> Response:
    case_id = visit.path("case_id")
    case: Json = await visit.api.get(path_of("cases", case_id))
    forms, drafts, issued, people = await asyncio.gather(
        visit.api.get(path_of("cases", case_id, "forms")),
        visit.api.get(path_of("cases", case_id, "drafts")),
        visit.api.get(path_of("cases", case_id, "documents")),
        officers.known(visit, case["unit"]),
    )
    groups = case_papers.papers(case, forms["items"], drafts["items"], issued["items"])
    return visit.page(
        "case_documents.html", problem.status if problem else 200, case=case, groups=groups,
        wanted=[one for ones in groups.values() for one in ones if one.wanted],
        open_drafts=drafts["items"], counted=sum(not one["void"] for one in issued["items"]),
        names={form["kind"]: form["name"] for form in forms["items"]},
        titles={one["kind"]: one for one in case["offers"]}, act_title=title,
        people=officers.names(people), fresh=fresh,
        problem=problem.body if problem else None,
    )  # fmt: skip


def fresh() -> str:
    """The id of a draft that a button would begin: pressed twice, it is one draft."""
    return str(uuid4())


def title(kind: str) -> str:
    """What an act is called."""
    return REGISTRY[kind].title if kind in REGISTRY else kind


async def begin(visit: Visit) -> Response:
    """Begin a draft, filled from the case; sent twice it is begun once."""
    case_id, form = visit.path("case_id"), visit.form
    draft_id = form["draft_id"] or str(uuid4())
    body: Json = {"kind": form["kind"], "said": {}, "revision": 0}
    if form["act"]:
        body["act"] = form["act"]
    to = f"/cases/{case_id}/documents/{draft_id}"
    try:
        begun: Json = await visit.api.put(path_of("cases", case_id, "drafts", draft_id), body)
        if draft_forms.complete(begun):
            # There is nothing to write: it is looked at and issued.
            return visit.go(link(to, confirm=1))
    except ApiProblem as problem:
        # The same button once more, after somebody has written: the draft is there.
        if problem.code not in ("draft-moved-on", "draft-closed"):
            return await _listed(visit, problem)
    return visit.go(to)


async def drop(visit: Visit) -> Response:
    """Drop a draft: it bore no number."""
    case_id = visit.path("case_id")
    await visit.api.delete(path_of("cases", case_id, "drafts", visit.path("draft_id")))
    return visit.go(f"/cases/{case_id}/documents")


async def picture(visit: Visit) -> Response:
    """A draft as a picture."""
    return _drawn(visit, "picture")


async def preview(visit: Visit) -> Response:
    """A draft as PDF."""
    return _drawn(visit, "preview")


def _drawn(visit: Visit, how: str) -> Response:
    """A draft drawn for the moment that is asked for."""
    path = path_of("cases", visit.path("case_id"), "drafts", visit.path("draft_id"), how)
    return Passed(visit, path, query=_moment(visit), keep=False)


def _moment(visit: Visit) -> str:
    at = visit.query("at")
    return urlencode({"at": at}) if at else ""


async def docx(visit: Visit) -> Response:
    """A draft as DOCX, to keep as a file."""
    path = path_of("cases", visit.path("case_id"), "drafts", visit.path("draft_id"))
    draft: Json = await visit.api.get(path)
    name = f"{draft['name']}（草稿）.docx"
    return Passed(visit, f"{path}/docx", save_as=name, query=_moment(visit), keep=False)


async def form_picture(visit: Visit) -> Response:
    """A form as it would look now, of the act that is asked for."""
    path = path_of("cases", visit.path("case_id"), "forms", visit.path("kind"), "picture")
    act = visit.query("act")
    return Passed(visit, path, query=urlencode({"act": act}) if act else "", keep=False)


async def document_picture(visit: Visit) -> Response:
    """An issued document as a picture."""
    return Passed(visit, path_of("documents", visit.path("document_id"), "picture"))


_AT = "/cases/{case_id}/documents/{draft_id}"
ROUTES = (
    ("GET", "/cases/{case_id}/documents", page(listed, "case.read")),
    ("POST", "/cases/{case_id}/documents", page(begin, "case.act")),
    ("POST", f"{_AT}/drop", page(drop, "case.act")),
    ("GET", f"{_AT}/picture", page(picture, "case.read")),
    ("GET", f"{_AT}/preview", page(preview, "case.read")),
    ("GET", f"{_AT}/docx", page(docx, "case.read")),
    ("GET", "/cases/{case_id}/forms/{kind}/picture", page(form_picture, "case.read")),
    ("GET", "/documents/{document_id}/picture", page(document_picture, "document.read")),
)
