"""The visit behind a case: who inspected, and what was sealed or registered and is held there still."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.owing import HELD
from lawbook.penalty.act import Act
from lawbook.penalty.kind import World
from lawbook.penalty.taking_over import TAKE_OVER, limit_of
from services.case_svc.cases.tables import CaseRow
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.ledger_mirror.queries import officers_by_number
from services.case_svc.site_duties import holding
from services.kit.claims import Claims


async def with_visit(session: AsyncSession, row: CaseRow, world: World) -> World:
    """The world with who inspected at the site, and what is still held there, in it."""
    if row.inspection_id is None:
        return world
    visit = await session.get(InspectionRow, row.inspection_id)
    known = await officers_by_number(session, visit.officers, left_too=True) if visit else []
    found = await holding.held(session, row.inspection_id)
    return replace(
        world, held=frozenset(HELD[one.name] for one in found),
        inspectors={one.number: one.name for one in known},
    )  # fmt: skip


async def follow_here(session: AsyncSession, claims: Claims, row: CaseRow, act: Act) -> None:
    """What the act takes over is followed in the case from here on, and no longer at the site."""
    if act.kind == TAKE_OVER and row.inspection_id is not None:
        document = str(act.said.get("document") or "")
        await holding.carry(
            session, claims, row.inspection_id, limit_of(act.said), document, row.name
        )
