"""The first units, the first administrator and the systems' accounts: what no API call can make."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.content import load
from services.kit.claims import Claims, service_itself
from services.kit.database import Database
from services.ledger_svc.accounts.commands import hash_password, password_fits
from services.ledger_svc.accounts.tables import AccountRow
from services.ledger_svc.settings import LedgerSettings
from services.ledger_svc.units.commands import put as put_unit
from services.ledger_svc.units.schemas import UnitRecord

ACCOUNTS = UUID("0a4f0f4e-58f1-4a35-9d4e-7f2b3c2f7a01")
PROVINCE, PREFECTURE = "14", "1408"


@dataclass(frozen=True)
class SystemAccount:
    """A system that signs in by client credentials (系统帐号)."""

    name: str
    secret: str
    roles: tuple[str, ...]


async def bootstrap(
    settings: LedgerSettings, *, administrator_password: str, systems: Sequence[SystemAccount]
) -> None:
    """Make what is absent, renew a secret or roles of a system that changed. Harmless to repeat."""
    database = Database(settings)
    itself = service_itself("ledger_svc", PROVINCE)
    try:
        async with database.transaction(itself) as session:
            for unit in load(settings.content / "units" / "1408.toml")["unit"]:
                record = UnitRecord(**{name: unit[name] for name in UnitRecord.model_fields})
                await put_unit(session, itself, unit["code"], record)
            await _account(
                session,
                "administrator",
                administrator_password,
                "officer",
                ("administrator",),
                itself,
            )
            for system in systems:
                await _account(session, system.name, system.secret, "system", system.roles, itself)
    finally:
        await database.close()


async def _account(
    session: AsyncSession, name: str, secret: str, kind: str, roles: tuple[str, ...], itself: Claims
) -> None:
    id_ = uuid5(ACCOUNTS, name)
    row = await session.get(AccountRow, id_)
    if row is not None and kind == "officer":
        # An administrator who has changed the first password keeps the new one.
        return
    if (
        row is not None
        and row.roles == list(roles)
        and await password_fits(secret, row.password_hash)
    ):
        return
    if row is None:
        row = AccountRow(
            id=id_, username=name, kind=kind, name="系统管理员" if kind == "officer" else name
        )
        session.add(row)
    row.roles = list(roles)
    row.region = PREFECTURE if kind == "officer" else itself.region
    row.unit = PREFECTURE if kind == "officer" else ""
    row.password_hash = await hash_password(secret)
    row.active = True
