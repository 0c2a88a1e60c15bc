"""Attestations: the office's word on a device's key, so that paper can be proved anywhere (平板证书)."""

import base64
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.journal import key_id
from lawbook.proof import Attestation, attest, day_of, told_name
from services.kit.receipts import text_of
from services.ledger_svc.devices.schemas import AttestationBody
from services.ledger_svc.devices.tables import DeviceRow
from services.ledger_svc.settings import LedgerSettings
from services.ledger_svc.units.tables import UnitRow


async def attestation(
    session: AsyncSession, settings: LedgerSettings, row: DeviceRow, now: datetime
) -> AttestationBody:
    """The attestation of a device in use, for attestation_days from today."""
    unit = await session.get(UnitRow, row.unit)
    key = _key(settings.claims_private_key)
    made = attest(
        Attestation(
            device=row.id, public_key=base64.urlsafe_b64decode(row.public_key + "="), unit=row.unit,
            unit_name=told_name(unit.name if unit else row.unit),
            since=day_of(row.enrolled_at),
            until=day_of(now) + timedelta(settings.attestation_days),
            key=key_id(key.public_key().public_bytes_raw()),
        ),
        key.sign,
    )  # fmt: skip
    return AttestationBody(
        unit=made.unit, unit_name=made.unit_name, since=made.since, until=made.until, key=made.key,
        signature=text_of(made.signature),
    )  # fmt: skip


@lru_cache(maxsize=2)
def _key(pem: str) -> Ed25519PrivateKey:
    key: Any = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("the claims key must be an Ed25519 key")
    return key
