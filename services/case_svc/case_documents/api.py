"""Doors to the documents of a case (案件文书): forms, drafts, issue."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from paper.docx import MEDIA_TYPE
from services.case_svc.case_documents import commands, queries
from services.case_svc.case_documents.schemas import (
    Draft,
    DraftBody,
    DraftList,
    FormList,
    IssueBody,
)
from services.case_svc.documents.queries import wire
from services.case_svc.documents.schemas import Document
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction

router = APIRouter(tags=["案件文书"])
Reader = Annotated[Claims, requires(Permission.CASE_READ)]
Actor = Annotated[Claims, requires(Permission.CASE_ACT)]


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
    case_id: UUID, draft_id: UUID, claims: Reader, folder: ContentFolder, session: Transaction
) -> Draft:
    """A draft as it stands (草稿)."""
    row = await commands.draft_of(session, case_id, draft_id)
    return await queries.draft(session, folder, row)


@router.delete("/cases/{case_id}/drafts/{draft_id}", status_code=204)
async def drop_case_draft(
    case_id: UUID, draft_id: UUID, claims: Actor, session: Transaction
) -> None:
    """Drop a draft; it bore no number (作废草稿)."""
    await commands.drop(session, claims, case_id, draft_id)


@router.get("/cases/{case_id}/drafts/{draft_id}/docx", response_class=Response)
async def read_case_draft_as_docx(
    case_id: UUID, draft_id: UUID, claims: Reader, folder: ContentFolder, session: Transaction
) -> Response:
    """A draft as DOCX (草稿，供编辑)."""
    made = await queries.draft_as_docx(session, folder, case_id, draft_id)
    return Response(made, media_type=MEDIA_TYPE)


@router.put("/cases/{case_id}/documents/{document_id}")
async def issue_case_document(
    case_id: UUID, document_id: UUID, body: IssueBody, claims: Actor, folder: ContentFolder,
    request: Request, session: Transaction,
) -> Document:  # fmt: skip
    """Issue a draft: its number, its bytes, for good (出具案件文书)."""
    files = request.app.state.files
    return wire(await commands.issue(session, claims, folder, files, case_id, document_id, body))
