"""A case folded from its rows (案件由办案行为得出)."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.act import START, Act, link_of
from lawbook.penalty.case import Case
from services.case_svc.cases.tables import CaseActRow, CaseRow
from services.kit.problems import NotFound


async def one(session: AsyncSession, id_: UUID, *, lock: bool = False) -> CaseRow:
    """The row of a case, locked until the transaction ends when asked; NotFound when out of sight."""
    row = await session.get(CaseRow, id_, with_for_update=lock or None, populate_existing=lock)
    if row is None:
        raise NotFound("未找到该案件，或不在您的管辖范围内")
    return row


async def act_rows(session: AsyncSession, id_: UUID) -> list[CaseActRow]:
    """The acts of a case, in their order."""
    found = await session.scalars(
        select(CaseActRow).where(CaseActRow.case_id == id_).order_by(CaseActRow.seq)
    )
    return list(found)


def folded(rows: list[CaseActRow]) -> Case:
    """The case that these acts make."""
    return Case.of(Act.of(row.body) for row in rows)


def faults(case: UUID, rows: list[CaseActRow]) -> list[str]:
    """Where the chain of acts does not hold, in words; empty when it does."""
    found, prev = [], START
    for n, row in enumerate(rows, 1):
        if row.seq != n or row.prev != prev:
            found.append(f"第 {n} 个办案行为与前一个不相连")
        if link_of(str(case), row.prev, Act.of(row.body)) != row.link:
            found.append(f"第 {row.seq} 个办案行为的内容与链值不符")
        prev = row.link
    return found
