"""Facts of the ledger: plants, units, officers, rosters, as feeds/ledger tells them."""

from datetime import date
from typing import TypedDict
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kpi_svc.facts import matters
from services.kpi_svc.facts.tables import (
    EntityRow,
    EntityTallyRow,
    OfficerRow,
    RosterPersonRow,
    UnitRow,
)
from services.kpi_svc.facts.writing import applying, put, remove


class EntityState(TypedDict):
    """What is read of a plant (企业)."""

    region: str
    name: str
    trades: list[str]
    op_status: str
    missing: list[str]


class UnitState(TypedDict):
    """What is read of a unit (执法单位)."""

    region: str
    name: str


class CertificateState(TypedDict):
    """What is read of an officer's certificate (执法证)."""

    number: str
    state: str
    valid_until: str


class OfficerState(TypedDict):
    """What is read of an officer (执法人员)."""

    region: str
    unit: str
    name: str
    certificate: CertificateState
    account_active: bool
    trained_on: list[str]


class RosterPersonState(TypedDict):
    """What is read of somebody on a roster."""

    region: str
    unit: str
    year: int
    certificate_number: str
    name: str


# The plant and its place in the tally in one statement: it leaves the row it was counted in and
# enters the one it belongs to; nothing moves when neither changes.
_TALLY = """
    insert into kpi_svc.entity_tally as tally (region, op_status, complete, plants)
    select region, op_status, complete, sum(moved) from moving
    group by region, op_status, complete having sum(moved) <> 0
    on conflict (region, op_status, complete) do update set plants = tally.plants + excluded.plants"""
_KEEP_ENTITY = text(f"""
    with was as (
        select region, op_status, complete from kpi_svc.entity where id = :id
    ), now_is as (
        insert into kpi_svc.entity (id, region, name, trades, op_status, missing, complete)
        values (:id, :region, :name, :trades, :op_status, :missing, :complete)
        on conflict (id) do update set region = excluded.region, name = excluded.name,
            trades = excluded.trades, op_status = excluded.op_status, missing = excluded.missing,
            complete = excluded.complete
        returning region, op_status, complete
    ), moving as (
        select *, -1 as moved from was union all select *, 1 from now_is
    ) {_TALLY}""")
_REMOVE_ENTITY = text(f"""
    with gone as (
        delete from kpi_svc.entity where id = :id returning region, op_status, complete
    ), moving as (select *, -1 as moved from gone) {_TALLY}""")


async def _entity(session: AsyncSession, subject: str, state: EntityState | None) -> None:
    if state is None:
        await session.execute(_REMOVE_ENTITY, {"id": UUID(subject)})
        return
    values = {
        "id": UUID(subject), "region": state["region"], "name": state["name"],
        "trades": state["trades"], "op_status": state["op_status"], "missing": state["missing"],
        "complete": not state["missing"],
    }  # fmt: skip
    await session.execute(_KEEP_ENTITY, values)
    await matters.plant(session, subject, state["trades"])


async def _unit(session: AsyncSession, subject: str, state: UnitState | None) -> None:
    if state is None:
        return await remove(session, UnitRow, subject)
    await put(session, UnitRow, {"code": subject, "region": state["region"], "name": state["name"]})


async def _officer(session: AsyncSession, subject: str, state: OfficerState | None) -> None:
    if state is None:
        return await remove(session, OfficerRow, UUID(subject))
    certificate = state["certificate"]
    values = {
        "id": UUID(subject), "region": state["region"], "unit": state["unit"],
        "name": state["name"], "certificate_number": certificate["number"],
        "certificate_state": certificate["state"],
        "valid_until": date.fromisoformat(certificate["valid_until"]),
        "account_active": state["account_active"],
        "trained_on": [date.fromisoformat(day) for day in state["trained_on"]],
    }  # fmt: skip
    await put(session, OfficerRow, values)


async def _roster_person(
    session: AsyncSession, subject: str, state: RosterPersonState | None
) -> None:
    if state is None:
        return await remove(session, RosterPersonRow, UUID(subject))
    values = {
        "id": UUID(subject), "region": state["region"], "unit": state["unit"],
        "year": state["year"], "certificate_number": state["certificate_number"],
        "name": state["name"],
    }  # fmt: skip
    await put(session, RosterPersonRow, values)


apply = applying(
    {"entity": _entity, "unit": _unit, "officer": _officer, "roster_person": _roster_person}
)


async def reset(session: AsyncSession) -> None:
    """Forget what the ledger told: its feed is read again from the beginning."""
    for kind in (EntityRow, EntityTallyRow, UnitRow, OfficerRow, RosterPersonRow):
        await session.execute(delete(kind))
