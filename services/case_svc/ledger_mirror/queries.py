"""Asking the mirror of the ledger: a plant, officers by certificate number, a unit."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.inspection import PresentOfficer
from services.case_svc.ledger_mirror.tables import EntityRow, OfficerRow, UnitRow
from services.case_svc.rows import SuccessionRow
from services.kit.claims import Claims
from services.kit.database import among
from services.kit.letters import NotKnownYet
from services.kit.problems import Malformed, NotFound
from services.kit.successions import require_reach

VALID = "valid"


async def entity(session: AsyncSession, id_: UUID) -> EntityRow:
    """The plant of this id; NotFound when none is in sight, or the mirror is not yet so far."""
    row = await session.get(EntityRow, id_)
    if row is None:
        raise NotFound("未找到该企业，或不在您的管辖范围内；刚登记的企业请稍候片刻再试")
    return row


async def entity_visited(
    session: AsyncSession, claims: Claims, id_: UUID, region: str
) -> EntityRow:
    """The plant that a tablet visited, said to be of this region.

    Forbidden, Malformed where it is not; NotKnownYet when none is in sight, or not yet.
    """
    await require_reach(session, SuccessionRow, claims, region)
    row = await session.get(EntityRow, id_)
    if row is None:
        raise NotKnownYet("服务器上尚无该企业的台账，或不在您的管辖范围内")
    if row.region != region:
        raise Malformed(f"{row.name}由 {row.region} 监管，检查登记的区划为 {region}")
    return row


async def officers_by_number(
    session: AsyncSession, numbers: Sequence[str], *, left_too: bool = False
) -> list[PresentOfficer]:
    """Officers by certificate number (执法证号), in the order asked.

    Only a certificate in state valid counts; an officer who is not known has none. `left_too`: who
    has left since then is known as when in office, since what was done before arrives later.
    """
    # Looked up once in a transaction: the letters of a tablet name the same few officers.
    known: dict[str, tuple[PresentOfficer, bool]] = session.info.setdefault("officers", {})
    if new := set(numbers).difference(known):
        rows = await session.scalars(
            select(OfficerRow)
            .where(among(OfficerRow.certificate_number, new))
            .order_by(OfficerRow.left_at.nulls_last())
        )
        known.update({one: (PresentOfficer(one, "", None), False) for one in new})
        known.update(
            {row.certificate_number: (_present(row), row.left_at is not None) for row in rows}
        )
    return [
        PresentOfficer(one, "", None) if known[one][1] and not left_too else known[one][0]
        for one in numbers
    ]


def _present(row: OfficerRow) -> PresentOfficer:
    valid = row.certificate_state == VALID
    return PresentOfficer(row.certificate_number, row.name, row.valid_until if valid else None)


async def unit(session: AsyncSession, code: str) -> UnitRow:
    """The unit of this code; NotFound when none is in sight, or the mirror is not yet so far."""
    row = await session.get(UnitRow, code)
    if row is None:
        raise NotFound("未找到该执法单位，或不在您的管辖范围内；刚登记的单位请稍候片刻再试")
    return row
