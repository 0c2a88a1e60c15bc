"""Handing over the people of a bureau that is no more to the one that carries on (人员移交)."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.regions import covers
from services.kit.claims import Claims
from services.kit.database import among
from services.kit.problems import Conflict, NotFound
from services.kit.successions import require_reach, today
from services.ledger_svc.accounts.tables import AccountRow, RefreshTokenRow
from services.ledger_svc.devices.tables import DeviceRow
from services.ledger_svc.officers.tables import OfficerRow
from services.ledger_svc.rosters.commands import id_of
from services.ledger_svc.rosters.tables import RosterPersonRow
from services.ledger_svc.rows import SuccessionRow, announce
from services.ledger_svc.successions.schemas import (
    Relocation,
    RelocationBody,
    SuccessionList,
    SuccessionTold,
)
from services.ledger_svc.units.tables import UnitRow


class NotYetInForce(Conflict):
    """People are handed over from the day of the succession on."""

    code, title = "succession-not-in-force", "尚未到承接之日，不能移交人员"
    next_step = "在批准文件确定的承接之日起办理移交"


async def every(session: AsyncSession, claims: Claims) -> SuccessionList:
    """Those of which a unit lies in the caller's region, the latest first."""
    rows = await session.scalars(
        select(SuccessionRow).order_by(SuccessionRow.since.desc(), SuccessionRow.from_unit)
    )
    wanted = [
        row for row in rows
        if covers(claims.region, row.from_region) or covers(claims.region, row.to_region)
    ]  # fmt: skip
    names = {row.code: row.name for row in await session.scalars(select(UnitRow))}
    counts = {kind: await _by_unit(session, kind) for kind in (OfficerRow, AccountRow, DeviceRow)}
    return SuccessionList(
        items=[
            SuccessionTold(
                id=row.id, from_unit=row.from_unit, from_region=row.from_region,
                from_name=names.get(row.from_unit, row.from_unit), to_unit=row.to_unit,
                to_name=names.get(row.to_unit, row.to_unit), to_region=row.to_region,
                since=row.since, order_number=row.order_number, counted=row.counted,
                in_force=row.since <= today(), officers=counts[OfficerRow].get(row.from_unit, 0),
                accounts=counts[AccountRow].get(row.from_unit, 0),
                devices=counts[DeviceRow].get(row.from_unit, 0),
            )
            for row in wanted
        ]
    )  # fmt: skip


async def _by_unit(session: AsyncSession, kind: type[Any]) -> dict[str, int]:
    found = await session.execute(select(kind.unit, func.count()).group_by(kind.unit))
    return {unit: count for unit, count in found}


async def relocate(
    session: AsyncSession, claims: Claims, id_: UUID, body: RelocationBody
) -> Relocation:
    """Move officers, accounts and their sign-ins, tablets, and the lists of the year (人员移交).

    What was done before stays the old unit's. Again: whoever is left. Refuses NotYetInForce.
    """
    succession = await session.get(SuccessionRow, id_)
    if succession is None:
        raise NotFound("未找到该职责承接")
    await require_reach(session, SuccessionRow, claims, succession.from_region)
    await require_reach(session, SuccessionRow, claims, succession.to_region)
    if succession.since > today():
        raise NotYetInForce(f"自 {succession.since} 起承接")
    home = {"unit": succession.to_unit, "region": succession.to_region}
    wanted = select(AccountRow).where(AccountRow.unit == succession.from_unit).with_for_update()
    if body.accounts is not None:
        wanted = wanted.where(among(AccountRow.id, body.accounts))
    accounts = list(await session.scalars(wanted.order_by(AccountRow.id)))
    people = select(OfficerRow).where(OfficerRow.unit == succession.from_unit).with_for_update()
    if body.accounts is not None:
        ids = [one.officer_id for one in accounts if one.officer_id]
        people = people.where(among(OfficerRow.id, ids))
    officers = list(await session.scalars(people.order_by(OfficerRow.id)))
    for account in accounts:
        account.unit, account.region = succession.to_unit, succession.to_region
    await session.execute(
        update(RefreshTokenRow)
        .where(among(RefreshTokenRow.account_id, [one.id for one in accounts]))
        .values(region=succession.to_region)
    )
    for officer in officers:
        if officer.region != succession.to_region:
            announce(session, claims, "officer.left", officer.id, officer.region)
        officer.unit, officer.region = succession.to_unit, succession.to_region
        announce(session, claims, "officer.changed", officer.id, officer.region)
    devices: list[DeviceRow] = []
    if body.accounts is None:
        tablets = select(DeviceRow).where(DeviceRow.unit == succession.from_unit)
        devices = list(await session.scalars(tablets.order_by(DeviceRow.id).with_for_update()))
        for device in devices:
            device.unit, device.region = succession.to_unit, succession.to_region
            announce(session, claims, "device.moved", device.id, device.region, unit=device.unit)
    roster = await _roster(
        session, claims, succession, home,
        None if body.accounts is None else [one.certificate_number for one in officers],
    )  # fmt: skip
    await session.flush()
    return Relocation(
        officers=len(officers), accounts=len(accounts), devices=len(devices), roster=roster
    )


async def _roster(
    session: AsyncSession, claims: Claims, succession: SuccessionRow, home: dict[str, str],
    numbers: list[str] | None,
) -> int:  # fmt: skip
    """The lists of the year of the succession and later: of each person one entry, in the new unit."""
    row = RosterPersonRow
    wanted = select(row).where(
        or_(row.unit == succession.from_unit, row.unit == succession.to_unit),
        row.year >= succession.since.year,
    )
    if numbers is not None:
        wanted = wanted.where(among(row.certificate_number, numbers))
    found = list(await session.scalars(wanted))
    there = {(one.year, one.certificate_number) for one in found if one.unit == succession.to_unit}
    leaving = [one for one in found if one.unit == succession.from_unit]
    for one in leaving:
        await session.delete(one)
        announce(session, claims, "roster_person.removed", one.id, one.region)
        if (one.year, one.certificate_number) in there:
            continue
        id_ = id_of(succession.to_unit, one.year, one.certificate_number)
        session.add(
            RosterPersonRow(
                id=id_, year=one.year, certificate_number=one.certificate_number, name=one.name,
                work_type=one.work_type, **home,
            )
        )  # fmt: skip
        announce(session, claims, "roster_person.listed", id_, succession.to_region)
    return len(leaving)
