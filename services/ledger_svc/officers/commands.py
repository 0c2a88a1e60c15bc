"""Entering officers (录入执法人员)."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.claims import Claims
from services.kit.successions import require_reach
from services.ledger_svc.officers.schemas import OfficerRecord
from services.ledger_svc.officers.tables import OfficerRow
from services.ledger_svc.rows import SuccessionRow, announce


async def enter(session: AsyncSession, claims: Claims, id_: UUID, record: OfficerRecord) -> None:
    """Enter an officer, or change what is known of them; the same again changes nothing."""
    await require_reach(session, SuccessionRow, claims, record.region)
    certificate = record.certificate
    wanted = record.model_dump(exclude={"certificate"}) | {
        "certificate_number": certificate.number, "issuer": certificate.issuer,
        "issued_on": certificate.issued_on, "valid_until": certificate.valid_until,
        "certificate_state": certificate.state,
    }  # fmt: skip
    row = await session.get(OfficerRow, id_, with_for_update=True)
    if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
        return
    if row is None:
        row = OfficerRow(id=id_)
        session.add(row)
    elif row.region != record.region:
        # Told to those who lose sight of the officer: what they hold of it must go.
        announce(session, claims, "officer.left", id_, row.region)
    for name, value in wanted.items():
        setattr(row, name, value)
    announce(session, claims, "officer.changed", id_, record.region)
    await session.flush()
