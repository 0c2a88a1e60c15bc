"""Reading devices; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.pages import next_cursor, read_key
from services.kit.problems import NotFound
from services.ledger_svc.devices.schemas import Device, DevicePage
from services.ledger_svc.devices.tables import DeviceRow


async def known(session: AsyncSession, id_: UUID, *, for_update: bool = False) -> DeviceRow:
    """The device of this id; NotFound when there is none in sight."""
    row = await session.get(DeviceRow, id_, with_for_update=for_update)
    if row is None:
        raise NotFound("未找到该平板，或不在您的管辖范围内")
    return row


def wire(row: DeviceRow) -> Device:
    """A row as it stands on the wire."""
    return Device.model_validate(row)


async def page(
    session: AsyncSession, unit: str | None, after: str | None, limit: int
) -> DevicePage:
    """Devices by unit and name."""
    order = tuple_(DeviceRow.unit, DeviceRow.name, DeviceRow.id)
    wanted = select(DeviceRow).order_by(*order).limit(limit + 1)
    if unit:
        wanted = wanted.where(DeviceRow.unit == unit)
    if key := read_key(after, str, str, UUID):
        wanted = wanted.where(order > tuple_(*key))
    rows = list(await session.scalars(wanted))
    last = rows[limit - 1] if len(rows) > limit else None
    return DevicePage(
        items=[wire(row) for row in rows[:limit]],
        next=next_cursor(last.unit, last.name, last.id) if last else None,
    )


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed."""
    rows = await session.scalars(select(DeviceRow).where(DeviceRow.id.in_(ids)))
    return {str(row.id): wire(row).model_dump(mode="json") for row in rows}
