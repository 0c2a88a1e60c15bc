"""Reading inspections and hazards; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.evidence.progress import progress
from services.case_svc.inspections.schemas import (
    Hazard,
    HazardPage,
    Inspection,
    InspectionPage,
    InspectionSeen,
    InspectionWithHazards,
)
from services.case_svc.inspections.tables import HazardRow, InspectionRow
from services.case_svc.rows import SCHEMA
from services.kit.pages import next_cursor, read_cursor
from services.kit.problems import Malformed, NotFound
from services.kit.pulls import Pull

UTC_TEXT = "to_char({} at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
"""A moment as the wire spells it, made by PostgreSQL."""

PULL = Pull(
    "inspection",
    SCHEMA,
    f"""select id, (jsonb_build_object('id', id, 'scheme_id', scheme_id,
        'planned_inspection_id', planned_inspection_id, 'entity_id', entity_id, 'region', region,
        'checklist', checklist, 'also_checklists', also_checklists,
        'officers', officers, 'answers', answers, 'place', place,
        'started_at', {UTC_TEXT.format("started_at")}, 'ended_at', {UTC_TEXT.format("ended_at")})
        || jsonb_build_object('present', present, 'findings', findings, 'device', device,
        'location', location, 'ground_kind', ground_kind, 'ground', ground,
        'certificate_shown_at', {UTC_TEXT.format("certificate_shown_at")},
        'also_present', also_present, 'clock', clock, 'begun_clock', begun_clock, 'doubts', doubts,
        'present_at', to_char(present_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'present_clock', present_clock, 'present_location', present_location,
        'shown_clock', shown_clock, 'shown_location', shown_location, 'ended_location', ended_location,
        'unit', unit, 'entity_name', entity_name, 'outcome', outcome,
        'recorded_at', {UTC_TEXT.format("recorded_at")}, 'recorded_by', recorded_by))::text as line
    from {SCHEMA}.inspection""",
)

HAZARD_PULL = Pull(
    "hazard",
    SCHEMA,
    f"""select id, json_build_object('id', id, 'inspection_id', inspection_id,
        'region', region, 'entity_id', entity_id, 'entity_name', entity_name,
        'check_item', check_item, 'checklist', checklist, 'description', description,
        'basis', basis, 'penalty_basis', penalty_basis, 'correct_by', correct_by, 'major', major,
        'criterion', criterion, 'state', state,
        'closed_at', {UTC_TEXT.format("closed_at")}, 'closed_by', closed_by)::text as line
    from {SCHEMA}.hazard""",
)


def wire(row: InspectionRow) -> Inspection:
    """A row as it stands on the wire."""
    return Inspection.model_validate(row)


async def seen(session: AsyncSession, rows: Sequence[InspectionRow]) -> list[InspectionSeen]:
    """Inspections, and how the evidence of each stands."""
    stands = await progress(session, [row.id for row in rows])
    return [InspectionSeen(**wire(row).model_dump(), evidence=stands[row.id]) for row in rows]


def hazard_wire(row: HazardRow) -> Hazard:
    """A hazard as it stands on the wire."""
    return Hazard.model_validate(row)


async def one(session: AsyncSession, id_: UUID) -> InspectionRow:
    """The inspection of this id; NotFound when there is none in sight."""
    row = await session.get(InspectionRow, id_)
    if row is None:
        raise NotFound("未找到该现场检查，或不在您的管辖范围内")
    return row


async def with_hazards(session: AsyncSession, id_: UUID) -> InspectionWithHazards:
    """An inspection, and how its hazards stand."""
    row = await one(session, id_)
    hazards = await hazards_of(session, row.id)
    return InspectionWithHazards(
        **(await seen(session, [row]))[0].model_dump(),
        hazards=[hazard_wire(hazard) for hazard in hazards],
    )


async def hazards_of(
    session: AsyncSession, inspection_id: UUID, *, locked: bool = False
) -> Sequence[HazardRow]:
    """The hazards of an inspection, by check item, then what no item says; locked when they are about to be closed."""
    wanted = (
        select(HazardRow)
        .where(HazardRow.inspection_id == inspection_id)
        .order_by(HazardRow.check_item == "", HazardRow.check_item, HazardRow.id)
    )
    if locked:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(wanted)).all()


async def page(
    session: AsyncSession, *, q: str | None, region: str | None, entity: UUID | None,
    after: str | None, limit: int,
) -> InspectionPage:  # fmt: skip
    """Inspections, the newest first, those that fit every filter."""
    wanted = (
        select(InspectionRow)
        .order_by(InspectionRow.started_at.desc(), InspectionRow.id.desc())
        .limit(limit + 1)
    )
    if q:
        wanted = wanted.where(
            or_(
                InspectionRow.entity_name.contains(q, autoescape=True),
                InspectionRow.officers.contains([q]),
            )
        )
    if region:
        wanted = wanted.where(InspectionRow.region.startswith(region, autoescape=True))
    if entity:
        wanted = wanted.where(InspectionRow.entity_id == entity)
    if key := read_cursor(after, 2):
        wanted = wanted.where(
            tuple_(InspectionRow.started_at, InspectionRow.id)
            < tuple_(_read(datetime.fromisoformat, key[0]), _read(UUID, key[1]))
        )
    rows = list(await session.scalars(wanted))
    last = rows[limit - 1] if len(rows) > limit else None
    return InspectionPage(
        items=await seen(session, rows[:limit]),
        next=next_cursor(last.started_at.isoformat(), last.id) if last else None,
    )


async def hazards(
    session: AsyncSession, *, state: str | None, inspection: UUID | None, entity: UUID | None,
    after: str | None, limit: int,
) -> HazardPage:  # fmt: skip
    """Hazards, those to be corrected soonest first."""
    wanted = select(HazardRow).order_by(HazardRow.correct_by, HazardRow.id).limit(limit + 1)
    if state:
        wanted = wanted.where(HazardRow.state == state)
    if inspection:
        wanted = wanted.where(HazardRow.inspection_id == inspection)
    if entity:
        wanted = wanted.where(HazardRow.entity_id == entity)
    if key := read_cursor(after, 2):
        wanted = wanted.where(
            tuple_(HazardRow.correct_by, HazardRow.id)
            > tuple_(_read(date.fromisoformat, key[0]), _read(UUID, key[1]))
        )
    rows = list(await session.scalars(wanted))
    last = rows[limit - 1] if len(rows) > limit else None
    return HazardPage(
        items=[hazard_wire(row) for row in rows[:limit]],
        next=next_cursor(last.correct_by, last.id) if last else None,
    )


def _read(reader: Any, text: str) -> Any:  # noqa: ANN401 - each part of a key has its own type
    try:
        return reader(text)
    except ValueError as error:
        raise Malformed("after 不是本系统给出的游标") from error


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state of inspections by id, for the feed."""
    found = await session.scalars(select(InspectionRow).where(InspectionRow.id.in_(ids)))
    return {str(row.id): wire(row).model_dump(mode="json") for row in found}


async def hazard_states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state of hazards by id, for the feed."""
    found = await session.scalars(select(HazardRow).where(HazardRow.id.in_(ids)))
    return {str(row.id): hazard_wire(row).model_dump(mode="json") for row in found}
