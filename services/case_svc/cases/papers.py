"""The documents of a case as the lawbook matches them with its acts (已出具的文书): asked by closing and sealing."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.paper_matching import Issued
from lawbook.penalty.act import BEIJING
from lawbook.penalty.kind import World
from services.case_svc.case_documents.knowing import documents_of
from services.case_svc.cases.tables import CaseRow
from services.case_svc.documents.tables import DocumentRow

CLOSING = frozenset(("propose-closing", "close"))
"""Acts before which everything is on paper."""


def matched(documents: Sequence[DocumentRow], row: CaseRow) -> list[Issued]:
    """Documents as the lawbook asks of them. The site names a plant, not a party: those say no party."""
    return [
        Issued(
            one.kind, one.issued_at.astimezone(BEIJING).date(),
            str(one.data.get("party_name") or "") if one.case_id == row.id else "",
            one.act_id or "",
        )
        for one in documents
    ]  # fmt: skip


async def issued(session: AsyncSession, row: CaseRow) -> list[Issued]:
    """What was issued in the case and in its inspection, void ones apart."""
    return matched(await documents_of(session, row), row)


async def with_papers(session: AsyncSession, row: CaseRow, world: World) -> World:
    """The world with the documents of this case in it."""
    return replace(world, papers=await issued(session, row))
