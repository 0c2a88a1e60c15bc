"""Doors to evidence (证据)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from services.case_svc.evidence import commands, of_case, queries, stamping
from services.case_svc.evidence.schemas import Evidence, EvidenceBody, EvidenceList
from services.case_svc.files.queries import arrived, streamed
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.kit.problems import Malformed
from services.kit.wire import Sha256

router = APIRouter(tags=["证据"])
Reader = Annotated[Claims, requires(Permission.EVIDENCE_READ)]


@router.put("/evidence/{evidence_id}")
async def declare_evidence(
    evidence_id: UUID, body: EvidenceBody,
    claims: Annotated[Claims, requires(Permission.EVIDENCE_WRITE)],
    folder: ContentFolder, session: Transaction,
) -> Evidence:  # fmt: skip
    """Declare what was captured on the spot (登记证据); its bytes may come before or after."""
    if body.id != evidence_id:
        raise Malformed("内容中的编号与地址中的不同")
    here = await arrived(session, [body.sha256])
    return queries.wire(await commands.declare(session, claims, folder, evidence_id, body, here))


@router.get("/evidence/{evidence_id}")
async def read_evidence(evidence_id: UUID, claims: Reader, session: Transaction) -> Evidence:
    """One piece of evidence (证据)."""
    return queries.wire(await queries.one(session, evidence_id))


@router.get("/evidence")
async def list_evidence(
    claims: Reader,
    session: Transaction,
    inspection: Annotated[UUID, Query(description="现场检查")],
) -> EvidenceList:
    """The evidence of an inspection (一次检查的证据)."""
    return await queries.of_inspection(session, inspection)


@router.get(
    "/evidence/{evidence_id}/stamped", response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}},
)  # fmt: skip
async def read_stamped(
    evidence_id: UUID, request: Request, claims: Reader, session: Transaction
) -> Response:
    """A photo with time, place, number and officers written below it (加水印的副本)."""
    row = await queries.one(session, evidence_id)
    stamp = await stamping.stamp_of(session, row)
    content = await stamping.copy_of(request.app.state.files, row, stamp)
    return Response(
        content, media_type="image/jpeg",
        headers={
            "Content-Disposition": f'inline; filename="{row.id}-stamped.jpg"',
            "Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff",
        },
    )  # fmt: skip


@router.get("/cases/{case_id}/evidence")
async def list_case_evidence(
    case_id: UUID, claims: Reader, session: Transaction
) -> of_case.CaseEvidenceList:
    """The files of evidence that the case names, and which of them are here (案件证据)."""
    return await of_case.listed(session, case_id)


@router.get("/cases/{case_id}/evidence/{sha256}", response_class=StreamingResponse)
async def read_case_evidence(
    case_id: UUID, sha256: Sha256, request: Request, claims: Reader, session: Transaction
) -> StreamingResponse:
    """The bytes of a piece of evidence that the case names by its hash (案件证据原件)."""
    file = await of_case.original(session, case_id, sha256)
    return streamed(
        request.app.state.files, sha256, file.size, file.media_type, name=sha256[:16], here=True
    )


@router.get(
    "/cases/{case_id}/evidence/{sha256}/small", response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}},
)  # fmt: skip
async def read_case_evidence_small(
    case_id: UUID, sha256: Sha256, request: Request, claims: Reader, session: Transaction
) -> Response:
    """A small copy of a photo of the case (证据缩略图)."""
    file = await of_case.original(session, case_id, sha256)
    made = await of_case.small(request.app.state.files, file)
    return Response(
        made, media_type="image/jpeg",
        headers={"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"},
    )  # fmt: skip


@router.get("/evidence/{evidence_id}/file", response_class=StreamingResponse)
async def read_file(
    evidence_id: UUID, request: Request, claims: Reader, session: Transaction
) -> StreamingResponse:
    """The bytes as they were captured (证据原件)."""
    row = await queries.one(session, evidence_id)
    return streamed(
        request.app.state.files, row.sha256, row.size, row.media_type,
        name=str(row.id), here=row.received_at is not None,
    )  # fmt: skip
