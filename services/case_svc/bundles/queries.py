"""Reading the handovers (移交事项); PostgreSQL shows those of the caller's region."""

from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.bundles.schemas import Handover, HandoverPage
from services.case_svc.bundles.tables import BundleRow
from services.kit.pages import next_cursor, read_key


async def handovers(
    session: AsyncSession, *, withdrawn: bool | None, after: str | None, limit: int
) -> HandoverPage:
    """Bundles that came, the latest first; only those after a withdrawal when asked."""
    row = BundleRow
    wanted = select(row).order_by(row.received_at.desc(), row.id.desc()).limit(limit + 1)
    if withdrawn is not None:
        wanted = wanted.where(row.after_withdrawal.is_(withdrawn))
    if key := read_key(after, datetime.fromisoformat, str):
        wanted = wanted.where(tuple_(row.received_at, row.id) < tuple_(*key))
    rows = list(await session.scalars(wanted))
    more, rows = len(rows) > limit, rows[:limit]
    return HandoverPage(
        items=[Handover.model_validate(one) for one in rows],
        next=next_cursor(rows[-1].received_at.isoformat(), rows[-1].id) if more else None,
    )
