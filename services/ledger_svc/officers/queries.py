"""Reading officers, with what accounts and trainings say of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.pages import next_cursor, read_cursor
from services.kit.problems import NotFound
from services.kit.pulls import Pull
from services.ledger_svc.accounts.tables import AccountRow
from services.ledger_svc.officers.schemas import Certificate, Officer, OfficerPage
from services.ledger_svc.officers.tables import OfficerRow
from services.ledger_svc.rows import SCHEMA
from services.ledger_svc.trainings.tables import AttendanceRow, TrainingRow

PULL = Pull(
    "officer",
    SCHEMA,
    """select id, json_build_object('id', id, 'name', name, 'unit', unit, 'region', region,
        'office', office, 'work_types', work_types, 'certificate', json_build_object(
            'number', certificate_number, 'issuer', issuer, 'issued_on', issued_on,
            'valid_until', valid_until, 'state', certificate_state))::text as line
    from ledger_svc.officer""",
)


async def wire(session: AsyncSession, rows: Sequence[OfficerRow]) -> list[Officer]:
    """Rows as they stand on the wire."""
    ids = [row.id for row in rows]
    active = set(
        await session.scalars(
            select(AccountRow.officer_id).where(AccountRow.officer_id.in_(ids), AccountRow.active)
        )
    )
    trained: dict[UUID, list[date]] = defaultdict(list)
    attended = await session.execute(
        select(AttendanceRow.officer_id, TrainingRow.held_on)
        .join(TrainingRow, TrainingRow.id == AttendanceRow.training_id)
        .where(AttendanceRow.officer_id.in_(ids), TrainingRow.kind == "system")
        .order_by(TrainingRow.held_on)
    )
    for officer, held_on in attended:
        trained[officer].append(held_on)
    return [
        Officer(
            id=row.id, name=row.name, unit=row.unit, region=row.region, office=row.office,
            work_types=row.work_types, account_active=row.id in active, trained_on=trained[row.id],
            certificate=Certificate(
                number=row.certificate_number, issuer=row.issuer, issued_on=row.issued_on,
                valid_until=row.valid_until, state=row.certificate_state,
            ),
        )
        for row in rows
    ]  # fmt: skip


async def one(session: AsyncSession, id_: UUID) -> Officer:
    """One officer; NotFound when there is none in sight."""
    row = await session.get(OfficerRow, id_)
    if row is None:
        raise NotFound("未找到该执法人员，或不在您的管辖范围内")
    return (await wire(session, [row]))[0]


async def page(
    session: AsyncSession, unit: str | None, after: str | None, limit: int
) -> OfficerPage:
    """Officers by certificate number."""
    wanted = select(OfficerRow).order_by(OfficerRow.certificate_number).limit(limit + 1)
    if unit:
        wanted = wanted.where(OfficerRow.unit == unit)
    if key := read_cursor(after, 1):
        wanted = wanted.where(tuple_(OfficerRow.certificate_number) > tuple_(key[0]))
    rows = list(await session.scalars(wanted))
    more = len(rows) > limit
    items = await wire(session, rows[:limit])
    return OfficerPage(
        items=items, next=next_cursor(rows[limit - 1].certificate_number) if more else None
    )


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed."""
    rows = list(await session.scalars(select(OfficerRow).where(OfficerRow.id.in_(ids))))
    return {str(o.id): o.model_dump(mode="json") for o in await wire(session, rows)}
