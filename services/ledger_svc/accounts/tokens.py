"""Giving tokens (RFC 6749): password, refresh token and client credentials."""

import hashlib
import secrets
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import jwt
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.claims import ALGORITHM, AUDIENCE
from services.ledger_svc.accounts.commands import hash_password, password_fits
from services.ledger_svc.accounts.schemas import Token
from services.ledger_svc.accounts.tables import AccountRow, RefreshTokenRow
from services.ledger_svc.officers.tables import OfficerRow
from services.ledger_svc.settings import LedgerSettings

# A refresh token that has been replaced is good for another minute: the answer that brought the
# new one may have been lost on the way to a tablet.
GRACE = timedelta(seconds=60)


class OAuthError(Exception):
    """An error of RFC 6749 §5.2: its code, and a description in Chinese."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


WRONG = OAuthError("invalid_grant", "帐号或口令不正确")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def by_password(
    session: AsyncSession, settings: LedgerSettings, username: str, password: str, kind: str
) -> AccountRow | OAuthError:
    """The account that this name and password open, or why not.

    A failure is returned, not raised: the count of failures must be committed with the refusal.
    """
    row = await session.scalar(
        select(AccountRow).where(AccountRow.username == username).with_for_update()
    )
    if row is None or row.kind != kind:
        # As slow as a wrong password, so that names cannot be told from their absence.
        await hash_password(password)
        return WRONG
    now = datetime.now(UTC)
    if row.rests_until and row.rests_until > now:
        minutes = int((row.rests_until - now).total_seconds() // 60) + 1
        return OAuthError("invalid_grant", f"连续输错口令，帐号已锁定，请约 {minutes} 分钟后再试")
    if not await password_fits(password, row.password_hash):
        row.failures += 1
        if row.failures >= settings.failures_allowed:
            row.failures, row.rests_until = 0, now + timedelta(seconds=settings.rest_seconds)
        return WRONG
    if not row.active:
        return OAuthError("invalid_grant", "帐号已停用，请联系本单位系统管理员")
    row.failures, row.rests_until = 0, None
    return row


async def by_refresh_token(
    session: AsyncSession, token: str
) -> tuple[AccountRow, UUID] | OAuthError:
    """The account of a refresh token, and the family that the next one joins."""
    row = await session.get(RefreshTokenRow, _hash(token), with_for_update=True)
    now = datetime.now(UTC)
    if row is None or row.expires_at <= now:
        return OAuthError("invalid_grant", "登录已过期，请重新登录")
    if row.replaced_at and row.replaced_at + GRACE < now:
        # Used long after it was replaced: somebody else may hold it. End the whole family.
        await session.execute(delete(RefreshTokenRow).where(RefreshTokenRow.family == row.family))
        return OAuthError("invalid_grant", "登录凭据已在别处使用，请重新登录")
    account = await session.get(AccountRow, row.account_id)
    if account is None or not account.active:
        return OAuthError("invalid_grant", "帐号已停用，请联系本单位系统管理员")
    row.replaced_at = row.replaced_at or now
    return account, row.family


async def give(
    session: AsyncSession, settings: LedgerSettings, account: AccountRow, family: UUID | None
) -> Token:
    """An access token, and for people a refresh token."""
    officer = await session.get(OfficerRow, account.officer_id) if account.officer_id else None
    now = int(time.time())
    access = jwt.encode(
        {
            "iss": AUDIENCE, "aud": AUDIENCE, "sub": str(account.id), "iat": now,
            "exp": now + settings.token_seconds, "jti": uuid4().hex, "kind": account.kind,
            "officer": officer.certificate_number if officer else "", "name": account.name,
            "unit": account.unit, "region": account.region, "roles": account.roles,
        },
        settings.claims_private_key, algorithm=ALGORITHM,
    )  # fmt: skip
    refresh = None
    if account.kind == "officer":
        refresh = secrets.token_urlsafe(32)
        session.add(
            RefreshTokenRow(
                hash=_hash(refresh), account_id=account.id, family=family or uuid4(),
                region=account.region,
                expires_at=datetime.now(UTC) + timedelta(days=settings.refresh_days),
            )
        )  # fmt: skip
    return Token(
        access_token=access, token_type="Bearer", expires_in=settings.token_seconds,
        refresh_token=refresh, scope=" ".join(account.roles),
    )  # fmt: skip


async def revoke(session: AsyncSession, token: str) -> None:
    """End the sign-in that a refresh token belongs to (RFC 7009); an unknown one is no error."""
    row = await session.get(RefreshTokenRow, _hash(token))
    if row is not None:
        await session.execute(delete(RefreshTokenRow).where(RefreshTokenRow.family == row.family))
