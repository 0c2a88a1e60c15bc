"""Opening accounts (开设帐号)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from uuid import UUID

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.roles import Roles
from services.kit.claims import Claims
from services.kit.pages import next_cursor, read_cursor
from services.kit.problems import Conflict, Malformed, Problem
from services.kit.successions import require_reach
from services.ledger_svc.accounts.schemas import Account, AccountPage, AccountRecord
from services.ledger_svc.accounts.tables import AccountRow, RefreshTokenRow
from services.ledger_svc.officers.tables import OfficerRow
from services.ledger_svc.rows import SuccessionRow, announce

hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
# argon2 is made to be slow and takes 19 MB each: two at once leave the rest of the house alive.
# Threads, not a semaphore of asyncio's, which belongs to the first event loop that waits on it.
ADMINISTRATOR = "administrator"
_hashing = ThreadPoolExecutor(2, thread_name_prefix="argon2")


class UsernameTaken(Conflict):
    """Another account has this name."""

    code, title = "username-taken", "该帐号名已被使用"
    next_step = "换一个帐号名"


class PasswordMissing(Problem):
    """An account is opened with a password, which its holder then keeps to themselves."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "password-missing",
        "开设帐号要给出初始口令",
    )
    next_step = "填写初始口令，当面或者另行告知使用人"


class OwnAccount(Conflict):
    """Who keeps accounts cannot shut themselves out: nobody might be left who lets them in."""

    code, title = "own-account", "不能停用自己的帐号，也不能取消自己的系统管理员角色"
    next_step = "由另一名系统管理员办理"


async def hash_password(password: str) -> str:
    """argon2id, off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_hashing, hasher.hash, password)


async def password_fits(password: str, hashed: str) -> bool:
    """Whether a password is the one that was hashed; off the event loop."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_hashing, hasher.verify, password, hashed)


async def put(
    session: AsyncSession, claims: Claims, roles: Roles, id_: UUID, record: AccountRecord
) -> AccountRow:
    """Open an account or change it (开设帐号). The same again changes nothing.

    A password that is not sent stays. With a new one, or when the account is closed, whoever is
    signed in with it has to sign in again. Refuses PasswordMissing, OwnAccount, UsernameTaken.
    """
    await require_reach(session, SuccessionRow, claims, record.region)
    if unknown := [role for role in record.roles if not roles.known(role)]:
        raise Malformed(f"没有这样的角色：{'、'.join(unknown)}")
    if record.officer_id and await session.get(OfficerRow, record.officer_id) is None:
        raise Malformed("未录入的执法人员不能开设帐号")
    row = await session.get(AccountRow, id_, with_for_update=True)
    holder = await session.scalar(
        select(AccountRow.id).where(AccountRow.username == record.username)
    )
    if holder is not None and holder != id_:
        raise UsernameTaken(f"帐号名 {record.username} 已被使用")
    if row is None and record.password is None:
        raise PasswordMissing
    if row is not None and str(row.id) == claims.account and _shuts_out(row, record):
        raise OwnAccount
    wanted = record.model_dump(exclude={"password"})
    same = row is not None and all(getattr(row, name) == value for name, value in wanted.items())
    told = record.password
    fresh = told is not None and not (row and await password_fits(told, row.password_hash))
    if row is not None and same and not fresh:
        return row
    if row is None:
        row = AccountRow(id=id_)
        session.add(row)
    before = row.officer_id
    for name, value in wanted.items():
        setattr(row, name, value)
    if told is not None and fresh:
        row.password_hash = await hash_password(told)
        row.failures, row.rests_until = 0, None
    if fresh or not record.active:
        await session.execute(delete(RefreshTokenRow).where(RefreshTokenRow.account_id == id_))
    # Whether an officer has an account that works is part of that officer's state: of the one who
    # has it now, and of the one who had it before.
    for officer_id in {before, record.officer_id} - {None}:
        officer = await session.get(OfficerRow, officer_id)
        if officer is not None:
            announce(session, claims, "officer.changed", officer_id, officer.region)
    await session.flush()
    return row


def _shuts_out(row: AccountRow, record: AccountRecord) -> bool:
    """Whether what keeps accounts is taken from an account that has it."""
    return not record.active or (ADMINISTRATOR in row.roles and ADMINISTRATOR not in record.roles)


async def page(session: AsyncSession, after: str | None, limit: int) -> AccountPage:
    """Accounts by name."""
    wanted = select(AccountRow).order_by(AccountRow.username).limit(limit + 1)
    if key := read_cursor(after, 1):
        wanted = wanted.where(tuple_(AccountRow.username) > tuple_(key[0]))
    rows = list(await session.scalars(wanted))
    more = len(rows) > limit
    return AccountPage(
        items=[wire(row) for row in rows[:limit]],
        next=next_cursor(rows[limit - 1].username) if more else None,
    )


def wire(row: AccountRow) -> Account:
    """A row as it stands on the wire."""
    return Account(
        id=row.id, username=row.username, name=row.name, officer_id=row.officer_id, roles=row.roles,
        region=row.region, unit=row.unit, kind=row.kind, active=row.active,
    )  # fmt: skip
