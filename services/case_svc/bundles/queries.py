"""Reading the handovers (移交事项); PostgreSQL shows those of the caller's region."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.bundles.schemas import Handover, HandoverPage, HandoverPlant
from services.case_svc.bundles.tables import BundleRow
from services.case_svc.deliveries.speaking import ids_in
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.ledger_mirror.tables import EntityRow
from services.case_svc.letter_reviews import commands as reviews
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
        items=await _with_plants(session, rows),
        next=next_cursor(rows[-1].received_at.isoformat(), rows[-1].id) if more else None,
    )


async def _with_plants(session: AsyncSession, rows: Sequence[BundleRow]) -> list[Handover]:
    recorded = {row.id: _inspections(row) for row in rows}
    begun = {row.id: _begun(row) for row in rows}
    kind, wanted = InspectionRow, set().union(*recorded.values())
    found = await session.execute(
        select(kind.id, kind.entity_id, kind.entity_name).where(kind.id.in_(wanted))
    )
    known = {id_: (plant, name) for id_, plant, name in found}
    ids = {plant for plants in begun.values() for plant in plants.values()}
    told = await session.execute(select(EntityRow.id, EntityRow.name).where(EntityRow.id.in_(ids)))
    names = {id_: name for id_, name in told}
    reviewed = await reviews.latest(session, "handover", [row.id for row in rows])
    shown = []
    for row in rows:
        plants = {
            id_: (plant, names[plant]) for id_, plant in begun[row.id].items() if plant in names
        }
        plants |= {id_: known[id_] for id_ in recorded[row.id] if id_ in known}
        about = [
            HandoverPlant(inspection_id=id_, entity_id=plant, entity_name=name)
            for id_, (plant, name) in sorted(plants.items())
        ]
        shown.append(
            Handover.model_validate(row).model_copy(
                update={"plants": about, "reviewed": reviewed.get(row.id)}
            )
        )
    return shown


def _inspections(row: BundleRow) -> set[UUID]:
    """The inspections that a bundle's letters and unfinished things name."""
    told = [re.split("[:/]", subject)[-1] for subject in row.subjects]
    return ids_in([*told, *(one["about"].get("inspection_id") for one in row.drafts)])


def _begun(row: BundleRow) -> dict[UUID, UUID]:
    """Inspections that were begun and not ended, and their plants: the office has no record."""
    found = {}
    for one in row.drafts:
        ids, plants = ids_in([one["id"]]), ids_in([one["about"].get("entity_id")])
        if one["kind"] == "inspection" and ids and plants:
            found[ids.pop()] = plants.pop()
    return found
