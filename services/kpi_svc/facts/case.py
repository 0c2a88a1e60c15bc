"""Facts of proceedings: plans, inspections, documents and cases, as feeds/case tells them."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.change_feed import noun
from services.kit.settings import ROOT
from services.kpi_svc.facts import matters
from services.kpi_svc.facts.tables import PenaltyCaseRow, PlannedInspectionRow
from services.kpi_svc.facts.writing import applying, put, remove


class PlannedInspectionState(TypedDict):
    """What is read of a planned inspection (计划内检查)."""

    region: str
    unit: str
    entity_name: str
    office: str
    year: int
    month: int
    trade: str
    times: int
    done: int
    approved: bool


async def _planned_inspection(
    session: AsyncSession, subject: str, state: PlannedInspectionState | None
) -> None:
    if state is None:
        return await remove(session, PlannedInspectionRow, UUID(subject))
    read = PlannedInspectionRow.__table__.columns.keys()
    await put(
        session,
        PlannedInspectionRow,
        {"id": UUID(subject)} | {name: value for name, value in state.items() if name in read},
    )


class CaseState(TypedDict):
    """What is read of a penalty case (案件): nothing of money, by which nobody may be measured."""

    region: str
    unit: str
    procedure: str
    source: str
    stage: str
    name: str
    entity_id: str | None
    inspection_id: str | None
    filed_on: str | None
    decided_on: str | None


async def _penalty_case(session: AsyncSession, subject: str, state: CaseState | None) -> None:
    if state is None:
        return await remove(session, PenaltyCaseRow, UUID(subject))
    inspection = state["inspection_id"]
    await put(
        session,
        PenaltyCaseRow,
        {
            "id": UUID(subject), "region": state["region"], "unit": state["unit"],
            "procedure": state["procedure"], "source": state["source"], "stage": state["stage"],
            "inspection_id": UUID(inspection) if inspection else None,
            "filed_on": _day(state["filed_on"]), "decided_on": _day(state["decided_on"]),
        },
    )  # fmt: skip


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


_keep = applying({"planned_inspection": _planned_inspection, "case": _penalty_case})


def apply_with(content: Path) -> Callable[[AsyncSession, dict[str, Any]], Awaitable[None]]:
    """What the follower calls for each change. content: where check lists say their module."""

    async def apply(session: AsyncSession, change: dict[str, Any]) -> None:
        await _keep(session, change)
        subject, state = change["subject"], change["state"]
        match noun(change["kind"]):
            case "inspection":
                await matters.inspection(session, content, subject, state)
            case "document":
                await matters.document(session, change)
            case "planned_inspection":
                await matters.planned(session, subject, state)
            case "case":
                await matters.case(session, change)

    return apply


apply = apply_with(ROOT / "content")


async def reset(session: AsyncSession) -> None:
    """Forget what case_svc told: its feed is read again from the beginning."""
    for kind in (PlannedInspectionRow, PenaltyCaseRow):
        await session.execute(delete(kind))
    await matters.reset(session)
