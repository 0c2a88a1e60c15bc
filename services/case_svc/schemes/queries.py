"""Reading inspection schemes; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.rows import SCHEMA
from services.case_svc.schemes.schemas import InspectionScheme, SchemePage
from services.case_svc.schemes.tables import InspectionSchemeRow
from services.kit.pages import next_cursor, read_key
from services.kit.problems import NotFound
from services.kit.pulls import Pull

PULL = Pull(
    "inspection_scheme",
    SCHEMA,
    """select id, json_build_object('id', id, 'region', region, 'unit', unit,
        'stage', stage, 'number', number, 'document_id', document_id,
        'planned_inspection_id', planned_inspection_id, 'ground', ground,
        'inspection_id', inspection_id, 'entity_id', entity_id,
        'entity_name', entity_name, 'officers', officers, 'inspect_on', inspect_on,
        'checklist', checklist, 'contents', contents, 'method', method,
        'drafted_by', drafted_by, 'drafted_by_name', drafted_by_name, 'drafted_at',
        to_char(drafted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'reviewed_by', reviewed_by, 'reviewed_by_name', reviewed_by_name,
        'reviewed_on', reviewed_on, 'review_opinion', review_opinion,
        'approved_by', approved_by, 'approved_by_name', approved_by_name,
        'approved_on', approved_on, 'approval_opinion', approval_opinion)::text as line
    from case_svc.inspection_scheme""",
)


def wire(row: InspectionSchemeRow) -> InspectionScheme:
    """A scheme as it stands on the wire."""
    return InspectionScheme.model_validate(row)


async def one(session: AsyncSession, id_: UUID, *, lock: bool = False) -> InspectionSchemeRow:
    """One scheme, locked until the transaction ends when asked; NotFound when none is in sight."""
    row = await session.get(
        InspectionSchemeRow, id_, with_for_update=lock or None, populate_existing=lock
    )
    if row is None:
        raise NotFound("未找到该现场检查方案，或不在您的管辖范围内")
    return row


async def page(
    session: AsyncSession, *, stage: str | None, after: str | None, limit: int
) -> SchemePage:
    """Schemes at one stage or at all, the newest first."""
    row = InspectionSchemeRow
    wanted = select(row).order_by(row.drafted_at.desc(), row.id.desc()).limit(limit + 1)
    if stage:
        wanted = wanted.where(row.stage == stage)
    if key := read_key(after, datetime.fromisoformat, UUID):
        wanted = wanted.where(tuple_(row.drafted_at, row.id) < tuple_(*key))
    rows = list(await session.scalars(wanted))
    more, rows = len(rows) > limit, rows[:limit]
    return SchemePage(
        items=[wire(found) for found in rows],
        next=next_cursor(rows[-1].drafted_at.isoformat(), rows[-1].id) if more else None,
    )


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed."""
    found = await session.scalars(
        select(InspectionSchemeRow).where(InspectionSchemeRow.id.in_(ids))
    )
    return {str(row.id): wire(row).model_dump(mode="json") for row in found}
