"""What is still held at the site (现场尚未处理的措施), and how what holds it is answered."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.owing import HELD, Answer
from services.case_svc.rows import announce
from services.case_svc.site_duties.tables import SiteDutyRow
from services.kit.claims import Claims


def answered(row: SiteDutyRow, claims: Claims, answer: str, opinion: str) -> None:
    """Write down what was answered, by whom and when."""
    row.answer, row.opinion = answer, opinion
    row.answered_by, row.answered_at = claims.who, datetime.now(UTC)


async def held(session: AsyncSession, inspection: UUID | None) -> list[SiteDutyRow]:
    """What is still held of what was sealed or registered in an inspection (现场尚未处理的措施)."""
    if inspection is None:
        return []
    rows = await session.scalars(
        select(SiteDutyRow)
        .where(
            SiteDutyRow.inspection_id == inspection, SiteDutyRow.name.in_(HELD),
            SiteDutyRow.answer.is_(None),
        )
        .order_by(SiteDutyRow.due_on, SiteDutyRow.id)
    )  # fmt: skip
    return list(rows)


async def carry(
    session: AsyncSession, claims: Claims, inspection: UUID, limit: str, document: str, case: str
) -> None:
    """A case has taken over what was held at the site: it is followed there, and no longer here."""
    for row in await held(session, inspection):
        if HELD[row.name] == limit and document in ("", str(row.document_id)):
            answered(row, claims, Answer.CARRIED.value, f"见案件“{case}”")
            announce(session, claims, "site_duty.answered", row.id, row.region, answer=row.answer)
