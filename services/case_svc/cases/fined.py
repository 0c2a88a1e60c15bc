"""What the same party was fined for in other cases of one inspection (一事不二罚, 行政处罚法 §29)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.choice_of_law import FineBefore
from lawbook.penalty.once import fines_of
from services.case_svc.cases import reading
from services.case_svc.cases.tables import CaseRow
from services.case_svc.cases.world import Law


async def with_fines(
    session: AsyncSession, rules: Law, id_: UUID, inspection: UUID | None, party: Mapping[str, Any]
) -> Law:
    """The law with the fines in force that other cases of the inspection gave this party.

    The hazards of an inspection are its own: without one no other case can be about the same act.
    """
    if inspection is None:
        return rules
    code = party.get("code")
    same = (CaseRow.party_code == code) if code else (CaseRow.party_name == party.get("name"))
    rows = await session.scalars(
        select(CaseRow)
        .where(CaseRow.inspection_id == inspection, CaseRow.id != id_, CaseRow.fine > 0, same)
        .order_by(CaseRow.opened_at, CaseRow.id)
    )
    found: list[FineBefore] = []
    for row in rows:
        case = reading.folded(await reading.act_rows(session, row.id))
        found += fines_of(row.number or row.name, case)
    return replace(rules, world=replace(rules.world, fined=tuple(found))) if found else rules
