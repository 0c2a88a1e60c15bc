"""Entering and changing units (维护机构)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.claims import Claims
from services.ledger_svc.rows import announce
from services.ledger_svc.units.schemas import Unit, UnitRecord
from services.ledger_svc.units.tables import UnitRow


async def put(session: AsyncSession, claims: Claims, code: str, record: UnitRecord) -> UnitRow:
    """Enter a unit, or change one; the same again changes nothing."""
    row = await session.get(UnitRow, code, with_for_update=True)
    wanted = record.model_dump()
    if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
        return row
    if row is None:
        row = UnitRow(code=code)
        session.add(row)
    for name, value in wanted.items():
        setattr(row, name, value)
    announce(session, claims, "unit.changed", code, record.region)
    await session.flush()
    return row


async def states(session: AsyncSession, codes: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by code, for the feed."""
    found = await session.scalars(select(UnitRow).where(UnitRow.code.in_(codes)))
    return {row.code: Unit.model_validate(row).model_dump(mode="json") for row in found}
