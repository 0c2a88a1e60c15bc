"""What a device reports of itself, and what it is told (平板上报).

A report carries the nonce of the last answer and a number that is never used twice. An answer may
be lost and a request may come twice or late, so of the last two nonces either will do, and the
same report gets the same answer. What fits neither is a second installation that goes on from the
same point: a clone, or a backup that was restored.
"""

import base64
import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.claims import Claims
from services.ledger_svc.devices.attestations import attestation
from services.ledger_svc.devices.commands import ACTIVE, WIPE_REQUESTED, WIPED
from services.ledger_svc.devices.grants import grant
from services.ledger_svc.devices.problems import SignatureWrong
from services.ledger_svc.devices.queries import known
from services.ledger_svc.devices.schemas import ReportAnswer, ReportBody, Told
from services.ledger_svc.devices.tables import DeviceRow
from services.ledger_svc.rows import announce
from services.ledger_svc.settings import LedgerSettings

REMEMBERED = 16
"""Reports whose answers can be given again."""
MOST_OFFICERS = 40


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _require_signature(row: DeviceRow, sent: dict[str, Any], signature: str) -> None:
    said = {key: value for key, value in sent.items() if key != "signature"}
    key = Ed25519PublicKey.from_public_bytes(_bytes(row.public_key))
    try:
        key.verify(_bytes(signature), _canonical(said | {"device": str(row.id)}))
    except (InvalidSignature, ValueError) as error:
        raise SignatureWrong() from error


async def hear(
    session: AsyncSession, settings: LedgerSettings, claims: Claims, id_: UUID,
    body: ReportBody, sent: dict[str, Any],
) -> ReportAnswer:  # fmt: skip
    """Take a report; what the device is told. `sent`: the body as it came, which was signed.

    A clone is marked and announced, and heard all the same: nothing that it holds may be lost.
    Refuses SignatureWrong.
    """
    row = await known(session, id_, for_update=True)
    _require_signature(row, sent, body.signature)
    now = datetime.now(UTC)
    mark = hashlib.sha256(body.signature.encode()).hexdigest()
    before = next((one for one in row.answered if one["mark"] == mark), None)
    if before:
        return await _answer(session, settings, claims, row, before["nonce"], now)
    nonce = _next_nonce(session, claims, row, body, now)
    if body.number >= max((one["number"] for one in row.answered), default=0):
        told = body.model_dump(mode="json", include=set(Told.model_fields))
        row.report, row.contacted_at = told, now
        row.skew = round((body.clock.wall - now).total_seconds())
        if all(one["account"] != claims.account for one in row.officers):
            # Who works on it is told: a signature given there is compared with it.
            announce(session, claims, "device.used", id_, row.region, unit=row.unit)
        row.officers = _seen(row.officers, claims, now)
    if body.wiped and row.state == WIPE_REQUESTED:
        row.state, row.state_at, row.state_by = WIPED, now, claims.who
        announce(session, claims, "device.wiped", id_, row.region, unit=row.unit)
    latest = {"mark": mark, "number": body.number, "nonce": nonce}
    row.answered = [*row.answered[1 - REMEMBERED :], latest]
    await session.flush()
    return await _answer(session, settings, claims, row, nonce, now)


def _next_nonce(
    session: AsyncSession, claims: Claims, row: DeviceRow, body: ReportBody, now: datetime
) -> str:
    """The nonce that the answer gives; a device that must be a second one is marked."""
    twice = any(one["number"] == body.number for one in row.answered)
    if (twice or body.nonce not in (row.nonce, row.nonce_before)) and row.cloned_at is None:
        row.cloned_at = now
        announce(session, claims, "device.cloned", row.id, row.region, unit=row.unit)
    if row.nonce is not None and body.nonce == row.nonce_before:
        # Our last answer was lost, or this has overtaken it: the same nonce again.
        return row.nonce
    row.nonce_before, row.nonce = row.nonce, secrets.token_urlsafe(18)
    return row.nonce


def _seen(officers: list[dict[str, Any]], claims: Claims, now: datetime) -> list[dict[str, Any]]:
    """Who has signed in here, the latest first."""
    at = now.isoformat()
    before = next((one for one in officers if one["account"] == claims.account), None)
    this = {
        "account": claims.account, "officer": claims.officer, "name": claims.name,
        "first_at": before["first_at"] if before else at, "last_at": at,
    }  # fmt: skip
    others = [one for one in officers if one["account"] != claims.account]
    return [this, *others][:MOST_OFFICERS]


async def _answer(
    session: AsyncSession, settings: LedgerSettings, claims: Claims, row: DeviceRow, nonce: str,
    now: datetime,
) -> ReportAnswer:  # fmt: skip
    active = row.state == ACTIVE
    return ReportAnswer(
        state=row.state, reason=row.reason, cloned=row.cloned_at is not None, server_time=now,
        nonce=nonce, offline_days=settings.offline_days,
        grant=grant(settings, claims, str(row.id), row.public_key, now) if active else None,
        attestation=await attestation(session, settings, row, now) if active else None,
    )  # fmt: skip
