"""Signed copies (签名件): the scan of a document that was printed and signed, put beside it on its page."""

from datetime import UTC, datetime
from uuid import uuid4

from starlette.responses import Response

from gateway.console import guard
from gateway.console.client import ApiProblem, path_of
from gateway.console.pages import case_draft
from gateway.console.pages.case_evidence import broken_off, taken
from gateway.console.passing import Passed, Upload
from gateway.console.showing import link
from gateway.console.visit import Visit, page


async def add(visit: Visit) -> Response:
    """Pass the scan on while it arrives, then bind it to its document; what fails loses nothing."""
    upload = Upload(visit.request)
    await upload.begin()
    guard.require_token(visit.form_token, upload.fields.get("form_token"))
    given = {name: value.strip() for name, value in upload.fields.items()}
    base = path_of("cases", visit.path("case_id"))
    document = visit.path("draft_id")
    try:
        await taken(visit, upload, given)
        body = {
            "sha256": given["sha256"], "note": given.get("note", ""),
            "signed_by": [one.strip() for one in given["signed_by"].splitlines() if one.strip()],
            "signed_on": given["signed_on"], "at": given.get("at") or datetime.now(UTC).isoformat(),
        }  # fmt: skip
        copy = given.get("copy_id") or str(uuid4())
        await visit.api.put(f"{base}/documents/{document}/signed-copies/{copy}", body)
    except ApiProblem as problem:
        told = await broken_off(upload, problem)
        draft = await visit.api.get(f"{base}/drafts/{document}")
        return await case_draft.issued(visit, draft, told, given)
    to = f"/cases/{visit.path('case_id')}/documents/{document}"
    return visit.go(link(to, signed=1) + "#signed")


async def original(visit: Visit) -> Response:
    """The bytes as they came."""
    path = path_of(
        "cases", visit.path("case_id"), "documents", visit.path("draft_id"), "signed-copies",
        visit.path("copy_id"),
    )  # fmt: skip
    return Passed(visit, path)


_AT = "/cases/{case_id}/documents/{draft_id}/signed"
ROUTES = (
    ("POST", _AT, page(add, "case.act", reads_form=False)),
    ("GET", f"{_AT}/{{copy_id}}", page(original, "document.read")),
)
