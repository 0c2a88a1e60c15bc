"""What was sealed or registered at the visit behind a case: still held there, or taken over by the case."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.owing import HELD
from lawbook.penalty.act import Act
from lawbook.penalty.acts.take_over_measure import limit_of
from lawbook.penalty.kind import World
from services.case_svc.cases.tables import CaseRow
from services.case_svc.site_duties import holding
from services.kit.claims import Claims

TAKE_OVER = "take-over-measure"


async def with_held(session: AsyncSession, row: CaseRow, world: World) -> World:
    """The world with what is still held at the site in it."""
    found = await holding.held(session, row.inspection_id)
    return replace(world, held=frozenset(HELD[one.name] for one in found)) if found else world


async def follow_here(session: AsyncSession, claims: Claims, row: CaseRow, act: Act) -> None:
    """What the act takes over is followed in the case from here on, and no longer at the site."""
    if act.kind == TAKE_OVER and row.inspection_id is not None:
        document = str(act.said.get("document") or "")
        await holding.carry(session, claims, row.inspection_id, limit_of(act), document, row.name)
