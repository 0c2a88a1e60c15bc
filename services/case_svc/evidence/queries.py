"""Reading evidence; PostgreSQL shows that of the caller's region."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.evidence.schemas import Evidence, EvidenceList
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.inspections.schemas import Location
from services.kit.problems import NotFound
from services.kit.wire import ClockBody


def wire(row: EvidenceRow) -> Evidence:
    """A row as it stands on the wire."""
    return Evidence(
        id=row.id, inspection_id=row.inspection_id, hazard_id=row.hazard_id, sha256=row.sha256,
        size=row.size, media_type=row.media_type, captured_at=row.captured_at,
        caption=row.caption, device=row.device, region=row.region,
        location=Location(**row.location) if row.location else None,
        clock=ClockBody(**row.clock) if row.clock else None, doubts=row.doubts,
        state="received" if row.received_at else "pending", declared_at=row.declared_at,
        declared_by=row.declared_by, received_at=row.received_at,
    )  # fmt: skip


async def one(session: AsyncSession, id_: UUID) -> EvidenceRow:
    """The evidence of this id; NotFound when there is none in sight."""
    row = await session.get(EvidenceRow, id_)
    if row is None:
        raise NotFound("未找到该证据，或不在您的管辖范围内")
    return row


async def of_inspection(session: AsyncSession, inspection_id: UUID) -> EvidenceList:
    """The evidence of an inspection, in the order in which it was captured."""
    rows = await session.scalars(
        select(EvidenceRow)
        .where(EvidenceRow.inspection_id == inspection_id)
        .order_by(EvidenceRow.captured_at, EvidenceRow.id)
    )
    return EvidenceList(items=[wire(row) for row in rows])
