"""Reading regulated entities; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.pages import next_cursor, read_cursor
from services.kit.problems import NotFound
from services.kit.pulls import Pull
from services.ledger_svc.entities.schemas import Entity, EntityPage
from services.ledger_svc.entities.tables import EntityRow
from services.ledger_svc.rows import SCHEMA

PULL = Pull(
    "entity",
    SCHEMA,
    """select id, concat('{"id":"', id, '","region":"', region, '","name":', to_json(name),
        ',"credit_code":', coalesce(to_json(credit_code)::text, 'null'),
        ',"division_code":', to_json(division_code), ',"trades":', array_to_json(trades),
        ',"op_status":', to_json(op_status), ',"values":', values, ',"missing":', array_to_json(missing),
        ',"complete":', case when missing = '{}' then 'true' else 'false' end,
        ',"dictionary":', to_json(dictionary), ',"version":', version, ',"changed_at":"',
        to_char(changed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '"}') as line
    from ledger_svc.entity""",
)


def wire(row: EntityRow) -> Entity:
    """A row as it stands on the wire."""
    return Entity(
        id=row.id, region=row.region, name=row.name, credit_code=row.credit_code,
        division_code=row.division_code, trades=row.trades, op_status=row.op_status,
        values=row.values, missing=row.missing, complete=not row.missing,
        dictionary=row.dictionary, version=row.version, changed_at=row.changed_at,
    )  # fmt: skip


async def one(session: AsyncSession, id_: UUID) -> EntityRow:
    """The plant of this id; NotFound when there is none in sight."""
    row = await session.get(EntityRow, id_)
    if row is None:
        raise NotFound("未找到该企业，或不在您的管辖范围内")
    return row


async def page(
    session: AsyncSession, *, q: str | None, complete: bool | None, trade: str | None,
    region: str | None, after: str | None, limit: int,
) -> EntityPage:  # fmt: skip
    """Plants by name, those that fit every filter."""
    wanted = select(EntityRow).order_by(EntityRow.name, EntityRow.id).limit(limit + 1)
    if q:
        like = f"%{q.replace('%', '').replace('_', '')}%"
        wanted = wanted.where(
            or_(EntityRow.name.like(like), EntityRow.credit_code.like(like.upper()))
        )
    if complete is not None:
        none_missing = func.cardinality(EntityRow.missing) == 0
        wanted = wanted.where(none_missing if complete else ~none_missing)
    if trade:
        wanted = wanted.where(EntityRow.trades.contains([trade]))
    if region:
        wanted = wanted.where(EntityRow.region.startswith(region, autoescape=True))
    if key := read_cursor(after, 2):
        wanted = wanted.where(
            and_(tuple_(EntityRow.name, EntityRow.id) > tuple_(key[0], _uuid(key[1])))
        )
    rows = list(await session.scalars(wanted))
    more = len(rows) > limit
    return EntityPage(
        items=[wire(row) for row in rows[:limit]],
        next=next_cursor(rows[limit - 1].name, rows[limit - 1].id) if more else None,
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed."""
    found = await session.scalars(select(EntityRow).where(EntityRow.id.in_(ids)))
    return {str(row.id): wire(row).model_dump(mode="json") for row in found}
