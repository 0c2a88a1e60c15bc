"""Doors to the photos of proposals (台账补充的照片)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from services.case_svc.evidence.of_case import small
from services.case_svc.files.queries import streamed
from services.case_svc.permissions import Permission
from services.case_svc.proposal_photos import queries
from services.case_svc.proposal_photos.schemas import ProposalPhotoList
from services.kit.claims import Claims, requires
from services.kit.database import Transaction

router = APIRouter(tags=["台账补充"])
Reader = Annotated[Claims, requires(Permission.PROPOSAL_READ)]


@router.get("/proposal-photos")
async def list_proposal_photos(
    claims: Reader, session: Transaction,
    proposal: Annotated[list[UUID], Query(description="台账补充", max_length=200)],
) -> ProposalPhotoList:  # fmt: skip
    """Which of these proposals have a photo, and whether it is here (台账补充的照片)."""
    return await queries.listed(session, proposal)


@router.get("/proposal-photos/{proposal_id}/file", response_class=StreamingResponse)
async def read_proposal_photo(
    proposal_id: UUID, request: Request, claims: Reader, session: Transaction
) -> StreamingResponse:
    """The photo as it was taken (照片原件)."""
    file = await queries.original(session, proposal_id)
    return streamed(
        request.app.state.files, file.sha256, file.size, file.media_type, name=file.sha256[:16],
        here=True,
    )  # fmt: skip


@router.get(
    "/proposal-photos/{proposal_id}/small", response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}},
)  # fmt: skip
async def read_proposal_photo_small(
    proposal_id: UUID, request: Request, claims: Reader, session: Transaction
) -> Response:
    """A small copy of the photo (照片缩略图)."""
    made = await small(request.app.state.files, await queries.original(session, proposal_id))
    return Response(
        made, media_type="image/jpeg",
        headers={"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"},
    )  # fmt: skip
