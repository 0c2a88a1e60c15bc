"""Earlier imports (以前的导入); PostgreSQL shows those of the caller's region."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from services.kit.pages import next_cursor, read_key
from services.ledger_svc.imports.schemas import PastImport, PastImportPage
from services.ledger_svc.imports.tables import EntityImportRow


async def page(session: AsyncSession, *, after: str | None, limit: int) -> PastImportPage:
    """Imports, the latest first. Their problems, which may be many, are counted and not read."""
    row = EntityImportRow
    order = (row.checked_at, row.id)
    wanted = (
        select(row, func.jsonb_array_length(row.problems))
        .options(defer(row.problems), defer(row.columns))
        .order_by(*(one.desc() for one in order))
        .limit(limit + 1)
    )
    if key := read_key(after, datetime.fromisoformat, UUID):
        wanted = wanted.where(tuple_(*order) < tuple_(*key))
    found = list(await session.execute(wanted))
    more, found = len(found) > limit, found[:limit]
    last = found[-1][0] if more else None
    return PastImportPage(
        items=[_past(one, count) for one, count in found],
        next=last and next_cursor(last.checked_at.isoformat(), last.id),
    )


def _past(row: EntityImportRow, problems: int) -> PastImport:
    return PastImport(
        id=row.id, region=row.region, filename=row.filename, sha256=row.sha256, size=row.size,
        state=row.state, officer=row.officer, officer_name=row.officer_name,
        rows=row.rows, good=row.rows - row.bad, bad=row.bad, new=row.new, changed=row.changed,
        unchanged=row.unchanged, problem_count=problems, checked_at=row.checked_at,
        applied_at=row.applied_at,
    )  # fmt: skip
