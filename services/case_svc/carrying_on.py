"""For whom a unit carries on (职责承接): whose cases it may act in, in whose name papers are made."""

from datetime import date
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.succession import Succession, Successions
from services.case_svc.ledger_mirror.tables import UnitRow
from services.case_svc.rows import SuccessionRow
from services.kit.claims import Claims
from services.kit.problems import Forbidden
from services.kit.successions import successions, today

OTHER_UNIT = "该案件由其他执法单位承办"


async def known(session: AsyncSession) -> Successions:
    """Every succession that the owner has declared."""
    return await successions(session, SuccessionRow)


async def units_of(session: AsyncSession, claims: Claims) -> tuple[str, ...]:
    """The caller's unit and those for which it carries on today."""
    return (await known(session)).units(claims.unit, today())


async def succeeding(session: AsyncSession, claims: Claims, unit: str) -> Succession | None:
    """By which succession the caller acts in what is `unit`'s; None in one's own, and a stranger's."""
    if claims.unit in ("", unit):
        return None
    return (await known(session)).between(claims.unit, unit, today())


async def require_unit(session: AsyncSession, claims: Claims, unit: str) -> None:
    """The case is the caller's unit's, or of one for whom it carries on. Forbidden."""
    if claims.unit != unit and await succeeding(session, claims, unit) is None:
        raise Forbidden(OTHER_UNIT)


async def in_whose_name(session: AsyncSession, unit: str) -> tuple[str, Succession | None]:
    """The unit in whose name something of `unit` is made today, and by which succession.

    The caller's, where it is one of those that carry on; else the one that is counted.
    """
    asked: Claims = session.info["claims"]
    every, on = await known(session), today()
    if asked.unit != unit and (own := every.between(asked.unit, unit, on)):
        return asked.unit, own
    found = every.successor(unit, on)
    return (found.to_unit, found) if found else (unit, None)


async def unit_then(session: AsyncSession, claims: Claims, region: str, on: date) -> str:
    """Whose work it was that the caller did in a region on a day: told later, it stays that unit's."""
    if region.startswith(claims.region):
        return claims.unit
    return (await known(session)).at_the_time(claims.unit, region, on)


async def note_of(session: AsyncSession, former: str, succession: Succession | None) -> str:
    """The words by which papers say for whom their unit carries on (承接说明); empty of none."""
    if succession is None:
        return ""
    names = {}
    for code in (former, succession.to_unit):
        row = await session.get(UnitRow, code)
        names[code] = row.name if row else code
    return f"原{names[former]}的职责由{names[succession.to_unit]}{succession.notice}。"


def number_of(case: UUID, unit: str) -> UUID:
    """Under which id the sequence is kept that a case has in the series of its successor."""
    return uuid5(case, f"succession/{unit}")
