"""How the evidence of inspections stands (证据送达情况)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.evidence.proof import unproven
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.inspections.schemas import EvidenceProgress
from services.case_svc.inspections.tables import HazardRow


async def progress(
    session: AsyncSession, inspections: Collection[UUID]
) -> Mapping[UUID, EvidenceProgress]:
    """How the evidence of each inspection stands."""
    counted = await session.execute(
        select(EvidenceRow.inspection_id, func.count(), func.count(EvidenceRow.received_at))
        .where(EvidenceRow.inspection_id.in_(inspections))
        .group_by(EvidenceRow.inspection_id)
    )
    counts = {id_: (declared, received) for id_, declared, received in counted}
    missing = await session.execute(
        select(HazardRow.inspection_id, func.array_agg(HazardRow.id))
        .where(HazardRow.inspection_id.in_(inspections), unproven())
        .group_by(HazardRow.inspection_id)
    )
    lacking = {id_: list(ids) for id_, ids in missing}
    return {
        id_: EvidenceProgress(
            declared=counts.get(id_, (0, 0))[0], received=counts.get(id_, (0, 0))[1],
            unproven=sorted(lacking.get(id_, [])),
        )
        for id_ in inspections
    }  # fmt: skip
