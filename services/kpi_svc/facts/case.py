"""Facts of proceedings: planned inspections, as feeds/case tells them."""

from typing import TypedDict
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services.kpi_svc.facts.tables import PlannedInspectionRow
from services.kpi_svc.facts.writing import applying, put, remove


class PlannedInspectionState(TypedDict):
    """What is read of a planned inspection (计划内检查)."""

    region: str
    unit: str
    entity_name: str
    office: str
    year: int
    month: int
    times: int
    done: int
    approved: bool


async def _planned_inspection(
    session: AsyncSession, subject: str, state: PlannedInspectionState | None
) -> None:
    if state is None:
        return await remove(session, PlannedInspectionRow, UUID(subject))
    read = PlannedInspectionState.__annotations__
    await put(
        session,
        PlannedInspectionRow,
        {"id": UUID(subject)} | {name: value for name, value in state.items() if name in read},
    )


apply = applying({"planned_inspection": _planned_inspection})


async def reset(session: AsyncSession) -> None:
    """Forget what case_svc told: its feed is read again from the beginning."""
    await session.execute(delete(PlannedInspectionRow))
