"""Saying who is to be entered (核定应录名单)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.claims import Claims
from services.kit.problems import Malformed, NotFound
from services.kit.successions import require_reach
from services.ledger_svc.rosters.schemas import Roster, RosterPerson, RosterPersonState
from services.ledger_svc.rosters.tables import RosterPersonRow
from services.ledger_svc.rows import SuccessionRow, announce
from services.ledger_svc.units.tables import UnitRow

PEOPLE = UUID("5d0c36ab-9d7b-4c37-8f8f-3c6a1a2e9a10")


async def put(session: AsyncSession, claims: Claims, unit: str, year: int, roster: Roster) -> None:
    """Replace a unit's list of a year; people already on it are left as they are."""
    numbers = [person.certificate_number for person in roster.people]
    if len(set(numbers)) != len(numbers):
        raise Malformed("应录名单中有重复的执法证号")
    home = await session.get(UnitRow, unit)
    if home is None:
        raise NotFound("未找到该单位，或不在您的管辖范围内")
    await require_reach(session, SuccessionRow, claims, home.region)
    known = {row.certificate_number: row for row in await _rows(session, unit, year)}
    for number, gone in known.items():
        if number not in numbers:
            await session.delete(gone)
            announce(session, claims, "roster_person.removed", gone.id, gone.region)
    for person in roster.people:
        row = known.get(person.certificate_number)
        if row and (row.name, row.work_type) == (person.name, person.work_type):
            continue
        if row is None:
            row = RosterPersonRow(
                id=id_of(unit, year, person.certificate_number), unit=unit, year=year,
                region=home.region, certificate_number=person.certificate_number,
            )  # fmt: skip
            session.add(row)
        row.name, row.work_type = person.name, person.work_type
        announce(session, claims, "roster_person.listed", row.id, row.region)
    await session.flush()


def id_of(unit: str, year: int, certificate_number: str) -> UUID:
    """The id of a person on a unit's list of a year."""
    return uuid5(PEOPLE, f"{unit}/{year}/{certificate_number}")


async def _rows(session: AsyncSession, unit: str, year: int) -> list[RosterPersonRow]:
    wanted = (
        select(RosterPersonRow)
        .where(RosterPersonRow.unit == unit, RosterPersonRow.year == year)
        .order_by(RosterPersonRow.certificate_number)
    )
    return list(await session.scalars(wanted))


async def read(session: AsyncSession, unit: str, year: int) -> Roster:
    """A unit's list of a year."""
    return Roster(
        people=[
            RosterPerson(
                certificate_number=r.certificate_number, name=r.name, work_type=r.work_type
            )
            for r in await _rows(session, unit, year)
        ]
    )


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed."""
    rows = await session.scalars(select(RosterPersonRow).where(RosterPersonRow.id.in_(ids)))
    return {str(r.id): RosterPersonState.model_validate(r).model_dump(mode="json") for r in rows}
