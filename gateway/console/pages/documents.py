"""Issued documents and captured photos, as they were frozen (执法文书、证据)."""

from starlette.responses import Response

from gateway.console.client import Json, path_of
from gateway.console.passing import Passed
from gateway.console.visit import Visit, page
from gateway.console.words import word


async def show(visit: Visit) -> Response:
    """A document: its number, who signed, and the issued PDF."""
    document = await visit.api.get(path_of("documents", visit.path("document_id")))
    return visit.page(
        "document.html", document=document, signed_papers=await _papers(visit, document)
    )


async def _papers(visit: Visit, document: Json) -> Json:
    """The photos of pages that were signed on paper, by hash: those that this account may see."""
    if not any(one["signed_paper"] for one in document["signatures"]):
        return {}
    if not visit.may("evidence.read"):
        return {}
    told: Json = await visit.part(
        visit.api.get("/v1/evidence", inspection=document["inspection_id"], limit=200)
    )
    return {one["sha256"]: one for one in told.get("items", []) if one["state"] == "received"}


async def pdf(visit: Visit) -> Response:
    """The issued bytes; `?save=1` to keep them as a file."""
    path = path_of("documents", visit.path("document_id"))
    if not visit.query("save"):
        return Passed(visit, f"{path}/pdf")
    document = await visit.api.get(path)
    kind = document.get("name") or word("document_kind", document["kind"])
    return Passed(visit, f"{path}/pdf", save_as=f"{kind}{document['number'] or ''}.pdf")


async def evidence(visit: Visit) -> Response:
    """The bytes of a photo, as captured."""
    return Passed(visit, f"{path_of('evidence', visit.path('evidence_id'))}/file")


async def stamped(visit: Visit) -> Response:
    """A photo with its stamp, as a copy."""
    return Passed(visit, f"{path_of('evidence', visit.path('evidence_id'))}/stamped")


ROUTES = (
    ("GET", "/documents/{document_id}", page(show, "document.read")),
    ("GET", "/documents/{document_id}/pdf", page(pdf, "document.read")),
    ("GET", "/evidence/{evidence_id}/file", page(evidence, "evidence.read")),
    ("GET", "/evidence/{evidence_id}/stamped", page(stamped, "evidence.read")),
)
