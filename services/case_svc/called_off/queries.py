"""Reading visits called off; PostgreSQL shows those of the caller's region (未能检查)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.calling_off import REASONS, Why
from services.case_svc.called_off.schemas import CalledOff, CalledOffPage
from services.case_svc.called_off.tables import CalledOffRow
from services.kit.pages import next_cursor, read_cursor
from services.kit.problems import Malformed, NotFound


def wire(row: CalledOffRow) -> CalledOff:
    """A row as it stands on the wire, with what the law says to it."""
    reason = REASONS[Why(row.why)]
    said = {"reason": reason.name, "law": reason.law, "consequence": reason.consequence}
    stored = {name: getattr(row, name) for name in CalledOff.model_fields if name not in said}
    return CalledOff.model_validate(stored | said)


async def one(session: AsyncSession, id_: UUID) -> CalledOffRow:
    """The calling off of a visit; NotFound when there is none in sight."""
    row = await session.get(CalledOffRow, id_)
    if row is None:
        raise NotFound("未找到该次未能检查的登记，或不在您的管辖范围内")
    return row


async def page(
    session: AsyncSession, *, region: str | None, after: str | None, limit: int
) -> CalledOffPage:
    """Those of a region, the newest first."""
    row = CalledOffRow
    wanted = select(row).order_by(row.called_off_at.desc(), row.id.desc()).limit(limit + 1)
    if region:
        wanted = wanted.where(row.region.startswith(region, autoescape=True))
    if key := read_cursor(after, 2):
        try:
            last = datetime.fromisoformat(key[0]), UUID(key[1])
        except ValueError as error:
            raise Malformed("after 不是本系统给出的游标") from error
        wanted = wanted.where(tuple_(row.called_off_at, row.id) < tuple_(*last))
    rows = list(await session.scalars(wanted))
    more = rows[limit - 1] if len(rows) > limit else None
    return CalledOffPage(
        items=[wire(one) for one in rows[:limit]],
        next=next_cursor(more.called_off_at.isoformat(), more.id) if more else None,
    )
