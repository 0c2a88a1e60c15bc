"""Reading annual plans and planned inspections; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.documents.tables import DocumentRow
from services.case_svc.evidence.proof import unproven
from services.case_svc.inspections.tables import HazardRow, InspectionRow
from services.case_svc.plans.schemas import (
    Plan,
    PlannedInspection,
    PlannedInspectionPage,
    PlanPage,
)
from services.case_svc.plans.tables import PlannedInspectionRow, PlanRow
from services.case_svc.rows import SCHEMA
from services.kit.pages import next_cursor, read_key
from services.kit.problems import NotFound
from services.kit.pulls import Pull

PULL = Pull(
    "planned_inspection",
    SCHEMA,
    """select id, json_build_object('plan_id', plan_id, 'entity_id', entity_id,
        'month', month, 'office', office, 'trade', trade, 'kind', kind, 'times', times, 'id', id,
        'entity_name', entity_name, 'region', region, 'unit', unit, 'year', year,
        'done', (select count(distinct inspection.id) from case_svc.inspection
            join case_svc.document on document.inspection_id = inspection.id
            where inspection.planned_inspection_id = planned_inspection.id
            and document.kind = 'inspection-record'
            and not exists (select from case_svc.hazard
                where hazard.inspection_id = inspection.id and hazard.major
                and not exists (select from case_svc.evidence
                    where evidence.inspection_id = hazard.inspection_id
                    and evidence.hazard_id = hazard.id and evidence.received_at is not null
                    and evidence.media_type ~ '^(image|video)/'))),
        'approved', approved)::text as line
    from case_svc.planned_inspection""",
)


def _done() -> ScalarSelect[int]:
    """How often a planned inspection was carried out: inspections whose 现场检查记录 was issued,
    and whose mandatory evidence is here.

    Always counted, never kept: two records issued at once cannot lose one another.
    """
    return (
        select(func.count(func.distinct(InspectionRow.id)))
        .join(DocumentRow, DocumentRow.inspection_id == InspectionRow.id)
        .where(
            InspectionRow.planned_inspection_id == PlannedInspectionRow.id,
            DocumentRow.kind == "inspection-record",
            ~exists().where(HazardRow.inspection_id == InspectionRow.id, unproven()),
        )
        .correlate(PlannedInspectionRow)
        .scalar_subquery()
    )


async def plan(session: AsyncSession, id_: UUID, *, lock: bool = False) -> PlanRow:
    """One plan, locked until the transaction ends when asked; NotFound when none is in sight."""
    row = await session.get(PlanRow, id_, with_for_update=lock or None, populate_existing=lock)
    if row is None:
        raise NotFound("未找到该计划，或不在您的管辖范围内")
    return row


async def planned_inspection(
    session: AsyncSession, id_: UUID, *, lock: bool = False
) -> PlannedInspectionRow:
    """One planned inspection, locked when asked; NotFound when none is in sight."""
    row = await session.get(
        PlannedInspectionRow, id_, with_for_update=lock or None, populate_existing=lock
    )
    if row is None:
        raise NotFound("未找到该计划内检查，或不在您的管辖范围内")
    return row


async def wire_plans(session: AsyncSession, rows: Sequence[PlanRow]) -> list[Plan]:
    """Plans as they stand on the wire, each with what is planned in it and done."""
    planned = PlannedInspectionRow
    counted = await session.execute(
        select(
            planned.plan_id,
            func.sum(planned.times),
            # More inspections of one plant do not make up for none of another.
            func.sum(func.least(_done(), planned.times)),
        )
        .where(planned.plan_id.in_([row.id for row in rows]))
        .group_by(planned.plan_id)
    )
    counts = {plan_id: (times, done) for plan_id, times, done in counted}
    return [
        Plan(
            id=row.id, region=row.region, unit=row.unit, year=row.year, title=row.title,
            approval_number=row.approval_number, approved_on=row.approved_on,
            stage="approved" if row.stage == "approved" else "draft",
            approved_by=row.approved_by, drafted_by=row.drafted_by,
            planned=counts.get(row.id, (0, 0))[0], done=counts.get(row.id, (0, 0))[1],
        )
        for row in rows
    ]  # fmt: skip


async def wire_plan(session: AsyncSession, row: PlanRow) -> Plan:
    """One plan as it stands on the wire."""
    return (await wire_plans(session, [row]))[0]


def wire(row: PlannedInspectionRow, done: int) -> PlannedInspection:
    """A planned inspection as it stands on the wire."""
    return PlannedInspection(
        id=row.id, plan_id=row.plan_id, entity_id=row.entity_id, entity_name=row.entity_name,
        region=row.region, unit=row.unit, year=row.year, month=row.month, office=row.office,
        trade=row.trade, kind="key" if row.kind == "key" else "general", times=row.times,
        done=done, approved=row.approved,
    )  # fmt: skip


async def wire_one(session: AsyncSession, row: PlannedInspectionRow) -> PlannedInspection:
    """One planned inspection as it stands on the wire."""
    done = await session.scalar(select(_done()).where(PlannedInspectionRow.id == row.id))
    return wire(row, done or 0)


async def plans(
    session: AsyncSession, *, year: int | None, region: str | None, after: str | None, limit: int
) -> PlanPage:
    """Plans that fit every filter, the latest year first."""
    wanted = select(PlanRow).order_by(PlanRow.year.desc(), PlanRow.id.desc()).limit(limit + 1)
    if year is not None:
        wanted = wanted.where(PlanRow.year == year)
    if region:
        wanted = wanted.where(PlanRow.region.startswith(region, autoescape=True))
    if key := read_key(after, int, UUID):
        wanted = wanted.where(tuple_(PlanRow.year, PlanRow.id) < tuple_(*key))
    rows = list(await session.scalars(wanted))
    more, rows = len(rows) > limit, rows[:limit]
    return PlanPage(
        items=await wire_plans(session, rows),
        next=next_cursor(rows[-1].year, rows[-1].id) if more else None,
    )


async def planned_inspections(
    session: AsyncSession, *, plan_id: UUID | None, entity_id: UUID | None, month: int | None,
    after: str | None, limit: int,
) -> PlannedInspectionPage:  # fmt: skip
    """Planned inspections that fit every filter, by month and plant."""
    row = PlannedInspectionRow
    wanted = select(row, _done()).order_by(row.month, row.entity_name, row.id).limit(limit + 1)
    if plan_id is not None:
        wanted = wanted.where(row.plan_id == plan_id)
    if entity_id is not None:
        wanted = wanted.where(row.entity_id == entity_id)
    if month is not None:
        wanted = wanted.where(row.month == month)
    if key := read_key(after, int, str, UUID):
        wanted = wanted.where(tuple_(row.month, row.entity_name, row.id) > tuple_(*key))
    found = (await session.execute(wanted)).all()
    items = [wire(row_, done) for row_, done in found[:limit]]
    last = items[-1] if len(found) > limit else None
    return PlannedInspectionPage(
        items=items, next=next_cursor(last.month, last.entity_name, last.id) if last else None
    )


async def plan_states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state of plans by id, for the feed."""
    rows = list(await session.scalars(select(PlanRow).where(PlanRow.id.in_(ids))))
    return {str(p.id): p.model_dump(mode="json") for p in await wire_plans(session, rows)}


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state of planned inspections by id, for the feed."""
    found = await session.execute(
        select(PlannedInspectionRow, _done()).where(PlannedInspectionRow.id.in_(ids))
    )
    return {str(row.id): wire(row, done).model_dump(mode="json") for row, done in found}
