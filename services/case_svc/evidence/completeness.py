"""Whether the evidence of an inspection is all here (证据是否齐全), and what its arrival tells.

Mandatory is a picture or a video of each major hazard (docs/decisions/0010): without it the
inspection is kept and seen, but no plan counts it as carried out.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.evidence.proof import unproven
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.inspections.tables import HazardRow, InspectionRow
from services.case_svc.plans.commands import count_done
from services.case_svc.rows import announce
from services.kit.claims import Claims


async def received(session: AsyncSession, claims: Claims, inspections: Collection[UUID]) -> None:
    """Tell what the evidence that has just been received completes, in the same transaction."""
    await session.flush()
    found = await session.scalars(
        select(InspectionRow).where(
            InspectionRow.id.in_(inspections),
            ~exists().where(
                EvidenceRow.inspection_id == InspectionRow.id, EvidenceRow.received_at.is_(None)
            ),
            ~exists().where(HazardRow.inspection_id == InspectionRow.id, unproven()),
        )
    )
    for inspection in found:
        announce(session, claims, "inspection.evidenced", inspection.id, inspection.region)
    await _count(session, claims, inspections)


async def _count(session: AsyncSession, claims: Claims, inspections: Collection[UUID]) -> None:
    """Announce anew the planned inspections that may count now."""
    planned = await session.scalars(
        select(InspectionRow.planned_inspection_id)
        .where(
            InspectionRow.id.in_(inspections),
            InspectionRow.planned_inspection_id.is_not(None),
            exists().where(HazardRow.inspection_id == InspectionRow.id, HazardRow.major),
            ~exists().where(HazardRow.inspection_id == InspectionRow.id, unproven()),
        )
        .distinct()
    )
    for id_ in planned:
        if id_ is not None:
            await count_done(session, claims, id_)
