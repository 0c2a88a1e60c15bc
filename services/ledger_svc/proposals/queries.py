"""Reading proposals; PostgreSQL shows those of the caller's region (台账补充)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.pages import next_cursor, read_key
from services.kit.problems import NotFound
from services.kit.pulls import Pull
from services.ledger_svc.entities.tables import EntityRow
from services.ledger_svc.proposals.schemas import (
    Proposal,
    ProposalCounts,
    ProposalPage,
    ProposalWithLedger,
)
from services.ledger_svc.proposals.tables import ProposalRow
from services.ledger_svc.rows import SCHEMA

PULL = Pull(
    "proposal",
    SCHEMA,
    """select id, json_build_object(
        'id', id, 'region', region, 'entity_id', entity_id, 'entity_name', entity_name,
        'field', field, 'old_value', old_value, 'new_value', new_value, 'source', source,
        'source_note', source_note, 'evidence_sha256', evidence_sha256, 'officer', officer,
        'officer_name', officer_name, 'device', device,
        'written_at', to_char(written_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'recorded_at', to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'state', state, 'basis', basis, 'reason', reason, 'decided_by', decided_by,
        'decided_by_name', decided_by_name,
        'decided_at', to_char(decided_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'entity_version', entity_version)::text as line
    from ledger_svc.proposal""",
)


def wire(row: ProposalRow) -> Proposal:
    """A row as it stands on the wire."""
    return Proposal.model_validate(row)


async def one(session: AsyncSession, id_: UUID) -> ProposalWithLedger:
    """A proposal, with what the ledger holds now. NotFound when there is none in sight."""
    row = await session.get(ProposalRow, id_)
    if row is None:
        raise NotFound("未找到该项台账补充，或不在您的管辖范围内")
    return (await _with_ledger(session, [row]))[0]


async def page(
    session: AsyncSession, *, state: str | None, entity: UUID | None, after: str | None, limit: int
) -> ProposalPage:
    """Proposals: those that wait in the order in which they came, else the latest first."""
    row = ProposalRow
    order = (row.recorded_at, row.id)
    waiting = state == "waiting"
    wanted = select(row).limit(limit + 1)
    wanted = wanted.order_by(*order) if waiting else wanted.order_by(*(o.desc() for o in order))
    if state:
        wanted = wanted.where(row.state == state)
    if entity:
        wanted = wanted.where(row.entity_id == entity)
    if key := read_key(after, datetime.fromisoformat, UUID):
        place, mark = tuple_(*order), tuple_(*key)
        wanted = wanted.where(place > mark if waiting else place < mark)
    rows = list(await session.scalars(wanted))
    more, rows = len(rows) > limit, rows[:limit]
    last = rows[-1] if more else None
    return ProposalPage(
        items=await _with_ledger(session, rows),
        next=last and next_cursor(last.recorded_at.isoformat(), last.id),
    )


async def counts(session: AsyncSession) -> ProposalCounts:
    """How many wait for the office."""
    told = select(func.count()).select_from(ProposalRow).where(ProposalRow.state == "waiting")
    return ProposalCounts(waiting=await session.scalar(told) or 0)


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed."""
    found = await session.scalars(select(ProposalRow).where(ProposalRow.id.in_(ids)))
    return {str(row.id): wire(row).model_dump(mode="json") for row in found}


async def _with_ledger(
    session: AsyncSession, rows: Sequence[ProposalRow]
) -> list[ProposalWithLedger]:
    ids = {row.entity_id for row in rows}
    held = {
        entity.id: entity
        for entity in await session.scalars(select(EntityRow).where(EntityRow.id.in_(ids)))
    }
    shown = []
    for row in rows:
        entity = held.get(row.entity_id)
        told = wire(row).model_dump() | {
            "held_value": entity.values.get(row.field, "") if entity else "",
            "held_version": entity.version if entity else None,
        }
        shown.append(ProposalWithLedger.model_validate(told))
    return shown
