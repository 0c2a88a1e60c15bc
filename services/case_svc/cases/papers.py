"""How many documents of each form a case has (已出具的文书): what closing and sealing ask for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.kind import World
from services.case_svc.case_documents.knowing import documents_of
from services.case_svc.cases.tables import CaseRow

CLOSING = frozenset(("propose-closing", "close"))
"""Acts before which everything is on paper."""


async def issued(session: AsyncSession, row: CaseRow) -> Mapping[str, int]:
    """How many of each form were issued in the case and in its inspection, void ones apart."""
    return Counter(one.kind for one in await documents_of(session, row))


async def with_papers(session: AsyncSession, row: CaseRow, world: World) -> World:
    """The world with the documents of this case in it."""
    return replace(world, papers=await issued(session, row))
