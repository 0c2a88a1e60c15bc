"""Tablets as the ledger tells them (平板), and whether one may vouch for a signature given on it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.devices import MOST_SKEW
from services.case_svc.ledger_mirror.tables import KnownDeviceRow

VOUCHING = text(
    "select id, public_key, enrolled_at, officers, states "
    "from case_svc.vouching_devices(cast(:ids as text[]))"
)
ACTIVE = "active"


class DeviceOfficerState(TypedDict):
    """Part of DeviceState (使用人)."""

    officer: str


class DeviceState(TypedDict):
    """What is read of a `device` on feeds/ledger (平板)."""

    id: str
    region: str
    public_key: str
    enrolled_at: str
    state: str
    state_at: str
    officers: list[DeviceOfficerState]


class Vouching(NamedTuple):
    """What is known of a tablet that vouches for a signature."""

    public_key: str
    enrolled_at: datetime
    officers: list[str]
    states: list[dict[str, Any]]


async def learn(session: AsyncSession, state: DeviceState) -> None:
    """Keep what the ledger says of a device; each state beside those before it."""
    known = await session.get(KnownDeviceRow, state["id"], with_for_update=True)
    states = list(known.states) if known else []
    latest = {"state": state["state"], "at": state["state_at"]}
    if latest not in states:
        states.append(latest)
    values = {
        "id": state["id"], "region": state["region"], "public_key": state["public_key"],
        "enrolled_at": datetime.fromisoformat(state["enrolled_at"]),
        "officers": sorted({one["officer"] for one in state["officers"] if one["officer"]}),
        "states": states,
    }  # fmt: skip
    await session.execute(
        insert(KnownDeviceRow).values(**values)
        .on_conflict_do_update(
            index_elements=["id"], set_={one: values[one] for one in values if one != "id"}
        )
    )  # fmt: skip


async def vouching(session: AsyncSession, ids: Collection[str]) -> Mapping[str, Vouching]:
    """What is known of these tablets, of whatever region: one signs beside colleagues from elsewhere."""
    if not ids:
        return {}
    rows = await session.execute(VOUCHING, {"ids": sorted(ids)})
    return {row.id: Vouching(*row[1:]) for row in rows}


def doubt(known: Vouching | None, key: str, officer: str | None, at: datetime) -> str | None:
    """Why a signature given on a tablet then is to be looked into; None when nothing speaks against it."""
    if known is None:
        return "签名所用的平板没有注册"
    if known.public_key != key:
        return "签名所用的公钥不是该平板注册时登记的"
    if at < known.enrolled_at - MOST_SKEW:
        return "签名时该平板尚未注册"
    then = [one for one in known.states if datetime.fromisoformat(one["at"]) <= at]
    if then and then[-1]["state"] != ACTIVE:
        return "签名时该平板已冻结或者要求擦除"
    if officer not in known.officers:
        return "签名人没有在该平板上登录过"
    return None
