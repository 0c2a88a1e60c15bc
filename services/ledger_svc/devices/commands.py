"""Enrolling devices and deciding about them (注册、冻结、解冻、要求擦除)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.claims import Claims
from services.kit.once import enter_once
from services.kit.problems import Forbidden, NotFound
from services.ledger_svc.devices import codes, problems
from services.ledger_svc.devices.attestations import attestation
from services.ledger_svc.devices.queries import known
from services.ledger_svc.devices.schemas import (
    DeviceRecord,
    Enrolled,
    Enrolment,
    EnrolmentRecord,
    StateRecord,
)
from services.ledger_svc.devices.tables import DeviceRow, EnrolmentRow
from services.ledger_svc.rows import announce
from services.ledger_svc.settings import LedgerSettings
from services.ledger_svc.units.tables import UnitRow

VALID = timedelta(hours=24)
ACTIVE, FROZEN, WIPE_REQUESTED, WIPED = "active", "frozen", "wipe_requested", "wiped"
DECIDED = {ACTIVE: "unfrozen", FROZEN: "frozen", WIPE_REQUESTED: "wipe_requested"}
"""What is announced when an administrator brings a device into a state."""


async def give_code(
    session: AsyncSession, settings: LedgerSettings, claims: Claims, id_: UUID,
    record: EnrolmentRecord,
) -> Enrolment:  # fmt: skip
    """Give out a code for one device of a unit (发放注册码). Again: the same code."""
    unit = await session.get(UnitRow, record.unit)
    if unit is None:
        raise Forbidden(f"单位 {record.unit} 不在您的管辖范围内")
    code = codes.code_of(settings.claims_private_key, id_)
    row, _ = await enter_once(
        session, EnrolmentRow, id_, record,
        unit=unit.code, region=unit.region, gateway=record.gateway,
        code_hash=codes.code_hash(code), made_by=claims.who, expires_at=datetime.now(UTC) + VALID,
    )  # fmt: skip
    return _wire(settings, row)


async def code(session: AsyncSession, settings: LedgerSettings, id_: UUID) -> Enrolment:
    """An enrolment in sight; whether a device has used it."""
    row = await session.get(EnrolmentRow, id_)
    if row is None:
        raise NotFound("未找到该注册码，或不在您的管辖范围内")
    return _wire(settings, row)


def _wire(settings: LedgerSettings, row: EnrolmentRow) -> Enrolment:
    code = codes.code_of(settings.claims_private_key, row.id)
    return Enrolment(
        id=row.id, unit=row.unit, region=row.region, gateway=row.gateway, code=code,
        qr=codes.qr_text(row.gateway, code), expires_at=row.expires_at, device=row.device_id,
        used_at=row.used_at,
    )  # fmt: skip


async def enrol(
    session: AsyncSession, settings: LedgerSettings, claims: Claims, id_: UUID,
    record: DeviceRecord,
) -> Enrolled:  # fmt: skip
    """Enrol a device by its code (注册平板). The same device with the same code: the same answer.

    `claims` are the service's own: the device has nobody yet in whose name it could ask. Refuses
    CodeUnknown, CodeUsed, CodeExpired, DeviceEnrolled.
    """
    now = datetime.now(UTC)
    given = codes.code_hash(record.code)
    # Locked: of two devices that come with one code at once, one is refused.
    enrolment = await session.scalar(
        select(EnrolmentRow).where(EnrolmentRow.code_hash == given).with_for_update()
    )
    if enrolment is None:
        raise problems.CodeUnknown()
    row = await session.get(DeviceRow, id_)
    if enrolment.device_id not in (None, id_):
        raise problems.CodeUsed()
    if row is not None:
        if row.enrolment_id != enrolment.id or row.public_key != record.public_key:
            raise problems.DeviceEnrolled()
    elif enrolment.expires_at <= now:
        raise problems.CodeExpired()
    else:
        row = DeviceRow(
            id=id_, unit=enrolment.unit, region=enrolment.region, enrolment_id=enrolment.id,
            enrolled_at=now, state=ACTIVE, state_at=now, state_by=enrolment.made_by, reason="",
            **record.model_dump(exclude={"code"}),
        )  # fmt: skip
        session.add(row)
        enrolment.device_id, enrolment.used_at = id_, now
        announce(session, claims, "device.enrolled", id_, row.region, unit=row.unit)
        await session.flush()
    unit = await session.get(UnitRow, row.unit)
    return Enrolled(
        id=id_, unit=row.unit, unit_name=unit.name if unit else row.unit, region=row.region,
        state=row.state, server_time=now,
        attestation=(
            await attestation(session, settings, row, now) if row.state == ACTIVE else None
        ),
    )  # fmt: skip


async def decide(
    session: AsyncSession, claims: Claims, id_: UUID, record: StateRecord
) -> DeviceRow:
    """Freeze, unfreeze, or ask for a wipe (冻结、解冻、要求擦除). Again: nothing changes.

    Bringing a device back into use also ends the alarm that it was cloned: the administrator has
    looked at it. Refuses DeviceWiped.
    """
    row = await known(session, id_, for_update=True)
    if row.state == WIPED:
        raise problems.DeviceWiped()
    cleared = record.state == ACTIVE and row.cloned_at is not None
    if row.state != record.state:
        row.state, row.state_at = record.state, datetime.now(UTC)
        row.state_by, row.reason = claims.who, record.reason
        kind = f"device.{DECIDED[record.state]}"
        announce(session, claims, kind, id_, row.region, unit=row.unit, reason=record.reason)
    if cleared:
        row.cloned_at = None
        announce(session, claims, "device.clone_cleared", id_, row.region, unit=row.unit)
    await session.flush()
    return row
