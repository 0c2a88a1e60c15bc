"""Doors to the documents of a case (案件文书): forms, drafts, issue."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from paper.docx import MEDIA_TYPE
from paper.drafts import drafted
from services.case_svc.case_documents import commands, queries, signed, signing, voids
from services.case_svc.case_documents.pictures import pdf_of, picture_of
from services.case_svc.case_documents.schemas import (
    CaseDocument,
    CaseDocumentList,
    Draft,
    DraftBody,
    DraftList,
    FormList,
    IssueBody,
    Kind,
    SignedCopy,
    SignedCopyBody,
    VoidBody,
)
from services.case_svc.documents.queries import one, wire
from services.case_svc.documents.rendering import DrawingPlaces, composed
from services.case_svc.documents.schemas import Document
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.wire import Instant

PDF, PNG = "application/pdf", "image/png"
FRESH = {"Cache-Control": "no-store"}
"""A draft is another one after every word."""
router = APIRouter(tags=["案件文书"])
Reader = Annotated[Claims, requires(Permission.CASE_READ)]
Actor = Annotated[Claims, requires(Permission.CASE_ACT)]
MadeFor = Annotated[
    Instant | None, Query(alias="at", description="拟在何时出具，页面上的日期以此为准；空即现在")
]
"""For which moment a draft is drawn: what is entered afterwards bears the day of its act."""


@router.get("/cases/{case_id}/forms")
async def list_case_forms(
    case_id: UUID, claims: Reader, folder: ContentFolder, session: Transaction
) -> FormList:
    """Every form of the case, with the preconditions it still wants (文书目录)."""
    return await queries.forms(session, folder, case_id)


@router.get("/cases/{case_id}/drafts")
async def list_case_drafts(
    case_id: UUID, claims: Reader, folder: ContentFolder, session: Transaction
) -> DraftList:
    """The open drafts of the case (草稿)."""
    return await queries.drafts(session, folder, case_id)


@router.put("/cases/{case_id}/drafts/{draft_id}")
async def write_case_draft(
    case_id: UUID, draft_id: UUID, body: DraftBody, claims: Actor, folder: ContentFolder,
    session: Transaction,
) -> Draft:  # fmt: skip
    """Keep what is written in a draft, filled from the case (保存草稿)."""
    row = await commands.write(session, claims, folder, case_id, draft_id, body)
    return await queries.draft(session, folder, row)


@router.get("/cases/{case_id}/drafts/{draft_id}")
async def read_case_draft(
    case_id: UUID, draft_id: UUID, claims: Reader, folder: ContentFolder, session: Transaction,
    at: MadeFor = None,
) -> Draft:  # fmt: skip
    """A draft as it stands (草稿)."""
    row = await commands.draft_of(session, case_id, draft_id)
    return await queries.draft(session, folder, row, at)


@router.delete("/cases/{case_id}/drafts/{draft_id}", status_code=204)
async def drop_case_draft(
    case_id: UUID, draft_id: UUID, claims: Actor, session: Transaction
) -> None:
    """Drop a draft; it bore no number (作废草稿)."""
    await commands.drop(session, claims, case_id, draft_id)


@router.get("/cases/{case_id}/drafts/{draft_id}/docx", response_class=Response)
async def read_case_draft_as_docx(
    case_id: UUID, draft_id: UUID, claims: Reader, folder: ContentFolder, session: Transaction,
    at: MadeFor = None,
) -> Response:  # fmt: skip
    """A draft as DOCX (草稿，供编辑)."""
    made = await queries.draft_as_docx(session, folder, case_id, draft_id, at)
    return Response(made, media_type=MEDIA_TYPE)


@router.get("/cases/{case_id}/drafts/{draft_id}/preview", response_class=Response)
async def preview_case_draft(
    case_id: UUID, draft_id: UUID, claims: Reader, folder: ContentFolder, database: TheDatabase,
    places: DrawingPlaces, at: MadeFor = None,
) -> Response:  # fmt: skip
    """A draft as PDF, marked 草稿 on every page (预览)."""
    # No connection is held while it is drawn.
    async with database.transaction(claims) as session:
        form, data = await queries.drafted_draft(session, folder, case_id, draft_id, at)
    made = await pdf_of(places, drafted(form, data), at or datetime.now(UTC))
    return Response(made, media_type=PDF, headers=FRESH)


@router.get("/cases/{case_id}/drafts/{draft_id}/picture", response_class=Response)
async def draw_case_draft(
    case_id: UUID, draft_id: UUID, claims: Reader, folder: ContentFolder, database: TheDatabase,
    places: DrawingPlaces, at: MadeFor = None,
) -> Response:  # fmt: skip
    """A draft as one picture of all its pages (草稿的页面图)."""
    async with database.transaction(claims) as session:
        form, data = await queries.drafted_draft(session, folder, case_id, draft_id, at)
    made = await picture_of(places, drafted(form, data))
    return Response(made, media_type=PNG, headers=FRESH)


@router.get("/cases/{case_id}/forms/{kind}/picture", response_class=Response)
async def draw_case_form(
    case_id: UUID, kind: Kind, claims: Reader, folder: ContentFolder, database: TheDatabase,
    places: DrawingPlaces,
    act: Annotated[UUID | None, Query(description="所记载的办案行为，如待批的报批；空即最近一稿")] = None,
) -> Response:  # fmt: skip
    """A form as it stands now: its latest draft, or what the case alone fills in (样张)."""
    async with database.transaction(claims) as session:
        form, data = await queries.drafted_form(session, folder, case_id, kind, act)
    made = await picture_of(places, drafted(form, data))
    return Response(made, media_type=PNG, headers=FRESH)


@router.get("/documents/{document_id}/picture", response_class=Response)
async def draw_document_picture(
    document_id: UUID, claims: Annotated[Claims, requires(Permission.DOCUMENT_READ)],
    folder: ContentFolder, database: TheDatabase, places: DrawingPlaces,
) -> Response:  # fmt: skip
    """An issued document drawn as one picture; the PDF is what was issued (文书页面图)."""
    async with database.transaction(claims) as session:
        row = await one(session, document_id)
    return Response(await picture_of(places, composed(folder, row)), media_type=PNG)


@router.get("/cases/{case_id}/documents")
async def list_case_documents(
    case_id: UUID, claims: Reader, session: Transaction
) -> CaseDocumentList:
    """What was issued in the case and in its inspection, and what of it is void (已出具文书)."""
    return await voids.listed(session, case_id)


@router.put("/cases/{case_id}/documents/{document_id}/void")
async def void_case_document(
    case_id: UUID, document_id: UUID, body: VoidBody, claims: Actor, session: Transaction
) -> CaseDocument:
    """Void a document that was issued in the case; its number stays taken (作废)."""
    return await voids.void(session, claims, case_id, document_id, body)


@router.put("/cases/{case_id}/documents/{document_id}/signed-copies/{copy_id}")
async def put_signed_copy(
    case_id: UUID, document_id: UUID, copy_id: UUID, body: SignedCopyBody, claims: Actor,
    session: Transaction,
) -> SignedCopy:  # fmt: skip
    """Put the scan of a document that was printed and signed beside it (签名件)."""
    return await signing.put(session, claims, case_id, document_id, copy_id, body)


@router.get(
    "/cases/{case_id}/documents/{document_id}/signed-copies/{copy_id}", response_class=Response
)
async def read_signed_copy(
    case_id: UUID, document_id: UUID, copy_id: UUID,
    claims: Annotated[Claims, requires(Permission.DOCUMENT_READ)], request: Request,
    session: Transaction,
) -> Response:  # fmt: skip
    """The bytes of a signed copy (签名件原件)."""
    files = request.app.state.files
    return await signed.content(session, files, case_id, document_id, copy_id)


@router.put("/cases/{case_id}/documents/{document_id}")
async def issue_case_document(
    case_id: UUID, document_id: UUID, body: IssueBody, claims: Actor, folder: ContentFolder,
    request: Request, session: Transaction,
) -> Document:  # fmt: skip
    """Issue a draft: its number, its bytes, for good (出具案件文书)."""
    files = request.app.state.files
    return wire(await commands.issue(session, claims, folder, files, case_id, document_id, body))
