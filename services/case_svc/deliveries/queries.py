"""Reading what the office should know of letters; PostgreSQL shows that of the caller's region."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.deliveries.schemas import (
    HeldLetter,
    HeldLetterPage,
    JournalFork,
    JournalForkPage,
)
from services.case_svc.deliveries.tables import HeldLetterRow, JournalForkRow
from services.case_svc.ledger_mirror.tables import EntityRow
from services.case_svc.letter_reviews import authority
from services.case_svc.letter_reviews import commands as reviews
from services.case_svc.letter_reviews.schemas import LetterReview
from services.kit.pages import next_cursor, read_key


async def held_letters(
    session: AsyncSession, *, hours: int, after: str | None, limit: int
) -> HeldLetterPage:
    """Letters that have waited for `hours` or more, or for a person to decide, the longest first."""
    row = HeldLetterRow
    wanted = (
        select(row, EntityRow.name)
        .outerjoin(EntityRow, EntityRow.id == row.entity_id)
        .where(
            or_(
                row.held_since <= func.now() - timedelta(hours=hours),
                row.code == authority.IN_DOUBT,
            )
        )
        .order_by(row.held_since, row.id)
        .limit(limit + 1)
    )
    if key := read_key(after, datetime.fromisoformat, UUID):
        wanted = wanted.where(tuple_(row.held_since, row.id) > tuple_(*key))
    rows = list(await session.execute(wanted))
    more, rows = len(rows) > limit, rows[:limit]
    last = rows[-1][0] if more else None
    doubted = {one.subject for one, _ in rows if one.code == authority.IN_DOUBT}
    found = await reviews.latest(session, authority.AUTHORITY, doubted) if doubted else {}
    return HeldLetterPage(
        items=[
            HeldLetter.model_validate(one).model_copy(
                update={"entity_name": plant, "reviewed": _of_this(one, found.get(one.subject))}
            )
            for one, plant in rows
        ],
        next=last and next_cursor(last.held_since.isoformat(), last.id),
    )


def _of_this(row: HeldLetterRow, reviewed: LetterReview | None) -> LetterReview | None:
    """A finding about a letter that had come by then; of one that came later it says nothing."""
    return reviewed if reviewed and reviewed.reviewed_at >= row.held_since else None


async def journal_forks(session: AsyncSession, *, after: str | None, limit: int) -> JournalForkPage:
    """Forked journals, the latest noticed first."""
    row = JournalForkRow
    order = (row.noticed_at, row.device, row.journal)
    wanted = select(row).order_by(*(one.desc() for one in order)).limit(limit + 1)
    if key := read_key(after, datetime.fromisoformat, str, str):
        wanted = wanted.where(tuple_(*order) < tuple_(*key))
    rows = list(await session.scalars(wanted))
    more, rows = len(rows) > limit, rows[:limit]
    last = rows[-1] if more else None
    found = await reviews.latest(session, "fork", [f"{one.device}/{one.journal}" for one in rows])
    return JournalForkPage(
        items=[_fork(one, found.get(f"{one.device}/{one.journal}")) for one in rows],
        next=last and next_cursor(last.noticed_at.isoformat(), last.device, last.journal),
    )


def _fork(row: JournalForkRow, reviewed: LetterReview | None) -> JournalFork:
    """A fork, and what was found out; what was noticed after that is to be looked into anew."""
    told = reviewed if reviewed and reviewed.reviewed_at >= row.last_noticed_at else None
    return JournalFork.model_validate(row).model_copy(update={"reviewed": told})
