"""What stands around an inspection (检查的相关办理): its documents, its re-inspections, its colleagues.

Looked up for all the inspections of a delivery with one statement, and kept up while the letters
are done. Whoever undoes anything calls `forget`.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

LOOK = text("""
select asked.id,
  array(select distinct kind from case_svc.document where inspection_id = asked.id),
  array(select distinct unnest(officers)
        from case_svc.reinspection where inspection_id = asked.id),
  exists(select from case_svc.visit_opening where visit_id = asked.id)
from unnest(cast(:ids as uuid[])) as asked(id)""")


@dataclass
class Around:
    """Of one inspection: kinds of documents issued, who re-inspected it, whether several made it."""

    issued: set[str] = field(default_factory=set)
    reinspectors: set[str] = field(default_factory=set)
    shared: bool = False


def _known(session: AsyncSession) -> dict[UUID, Around]:
    held: dict[UUID, Around] = session.info.setdefault("around", {})
    return held


async def look(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Look up what is not known yet, of all of them at once."""
    known = _known(session)
    if new := [one for one in ids if one not in known]:
        for id_, issued, reinspectors, shared in await session.execute(LOOK, {"ids": new}):
            known[id_] = Around(set(issued), set(reinspectors), shared)


async def around(session: AsyncSession, id_: UUID) -> Around:
    """What stands around this inspection; who adds to it in this transaction adds to it here."""
    await look(session, [id_])
    return _known(session)[id_]


def forget(session: AsyncSession) -> None:
    """Something was undone: what is told here may be too much."""
    _known(session).clear()
