"""The day by which hazards are to be corrected, put off as the head has approved (延期整改)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.inspections.tables import HazardRow
from services.case_svc.rows import announce
from services.kit.claims import Claims

OPEN = "open"


async def open_hazards(
    session: AsyncSession, inspection: UUID, ids: Collection[UUID]
) -> list[HazardRow]:
    """Those of these hazards of an inspection that no re-inspection has closed, locked."""
    rows = await session.scalars(
        select(HazardRow)
        .where(
            HazardRow.inspection_id == inspection, HazardRow.id.in_(ids), HazardRow.state == OPEN
        )
        .order_by(HazardRow.id)
        .with_for_update()
    )
    return list(rows)


async def correct_later(
    session: AsyncSession, claims: Claims, inspection: UUID, ids: Collection[UUID], until: date
) -> int:
    """Move the day of these hazards on; how many moved. Never back, and none that is closed.

    Whoever reads hazards reads the new day: re-inspection, tablets, the office. What the inspection
    and its order said on their day stands as it was written.
    """
    moved = [one for one in await open_hazards(session, inspection, ids) if one.correct_by < until]
    for one in moved:
        was, one.correct_by = one.correct_by, until
        announce(
            session, claims, "hazard.put_off", one.id, one.region,
            inspection_id=str(inspection), was=was.isoformat(), now=until.isoformat(),
        )  # fmt: skip
    return len(moved)
