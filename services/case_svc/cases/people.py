"""Who acts in a case, as they stand on that day (办案人员): from the claims and the ledger's mirror."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.act import POWERS, Person
from services.case_svc.delegations.commands import standing_in
from services.case_svc.ledger_mirror.queries import officers_by_number
from services.kit.claims import Claims


async def who_asks(session: AsyncSession, claims: Claims, on: date) -> Person:
    """The caller, with the certificate and the capacities that they have now.

    on: the day on which they act: for it others may have let them stand in (`delegations`).
    """
    until: date | None = None
    if claims.officer:
        (known,) = await officers_by_number(session, [claims.officer])
        until = known.certificate_valid_until
    powers = frozenset(str(power) for power in POWERS if power in claims.permissions)
    powers |= (await standing_in(session, claims, on)).keys()
    return Person(claims.who, claims.name, claims.unit, until, powers)


async def handlers(session: AsyncSession, numbers: Sequence[str], unit: str) -> tuple[Person, ...]:
    """Officers by certificate number, as the ledger last told."""
    if not numbers:
        return ()
    known = await officers_by_number(session, list(dict.fromkeys(numbers)))
    return tuple(Person(one.number, one.name, unit, one.certificate_valid_until) for one in known)
