"""Reading re-inspections; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.reinspections.schemas import Reinspection, ReinspectionList
from services.case_svc.reinspections.tables import ReinspectionRow


def wire(row: ReinspectionRow) -> Reinspection:
    """A row as it stands on the wire."""
    return Reinspection.model_validate(row)


async def of_inspection(session: AsyncSession, inspection_id: UUID) -> ReinspectionList:
    """The re-inspections of an inspection, the first one first."""
    rows = await session.scalars(
        select(ReinspectionRow)
        .where(ReinspectionRow.inspection_id == inspection_id)
        .order_by(ReinspectionRow.reinspected_at, ReinspectionRow.id)
    )
    return ReinspectionList(items=[wire(row) for row in rows])


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed."""
    found = await session.scalars(select(ReinspectionRow).where(ReinspectionRow.id.in_(ids)))
    return {str(row.id): wire(row).model_dump(mode="json") for row in found}
