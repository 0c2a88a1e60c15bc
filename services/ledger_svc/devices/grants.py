"""Grants: under which authority letters are captured on a device (授权)."""

from datetime import datetime, timedelta

import jwt

from services.kit.claims import ALGORITHM, AUDIENCE, Claims
from services.kit.grants import GRANT
from services.ledger_svc.settings import LedgerSettings


def grant(
    settings: LedgerSettings, claims: Claims, device: str, device_key: str, now: datetime
) -> str:
    """A grant (JWT, EdDSA by the claims key) to this officer on this device, for offline_days.

    It names the device's key (Ed25519, base64url), so that whoever reads a grant can tell what
    that device signed without asking the ledger.
    """
    until = now + timedelta(days=settings.offline_days)
    return jwt.encode(
        {
            "iss": AUDIENCE, "aud": GRANT, "sub": claims.account, "device": device,
            "device_key": device_key,
            "officer": claims.officer, "name": claims.name, "unit": claims.unit,
            "region": claims.region, "roles": list(claims.roles),
            "iat": int(now.timestamp()), "exp": int(until.timestamp()),
        },
        settings.claims_private_key, algorithm=ALGORITHM,
    )  # fmt: skip
