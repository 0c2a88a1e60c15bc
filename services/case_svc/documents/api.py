"""Doors to legal documents (执法文书)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from services.case_svc.documents import commands, queries
from services.case_svc.documents.rendering import DrawingPlaces, draw
from services.case_svc.documents.schemas import (
    Document,
    DocumentBody,
    DocumentCheck,
    DocumentPage,
)
from services.case_svc.files.queries import arrived, streamed
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires, service_itself
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.kit.problems import Malformed
from services.kit.wire import Sha256

PDF = "application/pdf"
ITSELF = service_itself("case_svc")
router = APIRouter(tags=["执法文书"])
Reader = Annotated[Claims, requires(Permission.DOCUMENT_READ)]


@router.put("/documents/{document_id}")
async def issue_document(
    document_id: UUID, body: DocumentBody,
    claims: Annotated[Claims, requires(Permission.DOCUMENT_ISSUE)],
    folder: ContentFolder, session: Transaction,
) -> Document:  # fmt: skip
    """Take a document that was issued on the spot (出具文书)."""
    if body.id != document_id:
        raise Malformed("内容中的编号与地址中的不同")
    here = await arrived(session, [body.pdf_sha256])
    return queries.wire(await commands.issue(session, claims, folder, document_id, body, here))


@router.get("/documents/{document_id}")
async def read_document(document_id: UUID, claims: Reader, session: Transaction) -> Document:
    """One document (执法文书)."""
    return await queries.read(session, document_id)


@router.get("/documents")
async def list_documents(
    claims: Reader,
    session: Transaction,
    inspection: Annotated[UUID | None, Query(description="现场检查")] = None,
    case: Annotated[UUID | None, Query(description="案件")] = None,
    kind: Annotated[str | None, Query(max_length=40, description="文书种类")] = None,
    after: After = None,
    limit: Limit = 50,
) -> DocumentPage:
    """Documents, the newest first (文书列表)."""
    return await queries.page(
        session, inspection=inspection, case=case, kind=kind, after=after, limit=limit
    )


@router.get("/document-checks/{digest}")
async def check_document(
    digest: Sha256, database: TheDatabase,
    number: Annotated[str | None, Query(max_length=200, description="文号；不编文号的不写")] = None,
    pdf: Annotated[Sha256 | None, Query(description="文件的 SHA-256")] = None,
) -> DocumentCheck:  # fmt: skip
    """Whether a document that somebody holds was issued and still stands; open to all (联网核对)."""
    async with database.transaction(ITSELF) as session:
        return await queries.check(session, digest, number, pdf)


@router.get("/documents/{document_id}/pdf", response_class=StreamingResponse)
async def read_pdf(
    document_id: UUID, request: Request, claims: Reader, session: Transaction
) -> StreamingResponse:
    """The bytes that were issued (文书原件)."""
    row = await queries.one(session, document_id)
    return streamed(
        request.app.state.files, row.pdf_sha256, row.pdf_size, PDF,
        name=f"{row.id}.pdf", here=row.pdf_received_at is not None,
    )  # fmt: skip


@router.get("/documents/{document_id}/rendering", response_class=Response)
async def draw_document(
    document_id: UUID, claims: Reader, database: TheDatabase, folder: ContentFolder,
    places: DrawingPlaces,
) -> Response:  # fmt: skip
    """The document drawn now from the same data (重新排版，可与原件核对)."""
    # No connection is held while it is drawn.
    async with database.transaction(claims) as session:
        row = await queries.one(session, document_id)
    return Response(await draw(places, folder, row), media_type=PDF)
