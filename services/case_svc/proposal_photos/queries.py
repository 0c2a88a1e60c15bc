"""Reading the photos of proposals; PostgreSQL shows those of the caller's region (台账补充的照片)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.evidence.of_case import Original
from services.case_svc.files.queries import NotArrived
from services.case_svc.files.tables import UploadRow
from services.case_svc.proposal_photos.schemas import ProposalPhoto, ProposalPhotoList
from services.case_svc.proposal_photos.tables import ProposalPhotoRow
from services.kit.problems import NotFound


async def listed(session: AsyncSession, proposals: Sequence[UUID]) -> ProposalPhotoList:
    """Of each proposal with a photo: its hash, and whether the bytes are here."""
    rows = list(
        await session.scalars(
            select(ProposalPhotoRow)
            .where(ProposalPhotoRow.id.in_(proposals))
            .order_by(ProposalPhotoRow.id)
        )
    )
    here = set(
        await session.scalars(
            select(UploadRow.sha256).where(
                UploadRow.sha256.in_({row.sha256 for row in rows}),
                UploadRow.completed_at.is_not(None),
            )
        )
    )
    return ProposalPhotoList(
        items=[
            ProposalPhoto(proposal=row.id, sha256=row.sha256, here=row.sha256 in here)
            for row in rows
        ]
    )


async def original(session: AsyncSession, proposal: UUID) -> Original:
    """The photo of a proposal. NotFound when it names none in sight, NotArrived when it is not here."""
    row = await session.get(ProposalPhotoRow, proposal)
    if row is None:
        raise NotFound("这项台账补充没有照片，或不在您的管辖范围内")
    upload = await session.scalar(
        select(UploadRow)
        .where(UploadRow.sha256 == row.sha256, UploadRow.completed_at.is_not(None))
        .limit(1)
    )
    if upload is None:
        raise NotArrived()
    return Original(row.sha256, upload.size, upload.media_type)
