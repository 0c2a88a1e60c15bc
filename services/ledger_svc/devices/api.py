"""Doors to enrolments, devices and their reports (平板)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request

from services.kit.claims import Claims, requires, service_itself
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.ledger_svc.devices import commands, queries, reports
from services.ledger_svc.devices.schemas import (
    Device,
    DevicePage,
    DeviceRecord,
    Enrolled,
    Enrolment,
    EnrolmentRecord,
    ReportAnswer,
    ReportBody,
    StateRecord,
)
from services.ledger_svc.permissions import Permission

router = APIRouter(tags=["平板"])
ITSELF = service_itself("ledger_svc")


@router.put("/device-enrolments/{enrolment_id}")
async def give_code(
    enrolment_id: UUID, record: EnrolmentRecord, request: Request,
    claims: Annotated[Claims, requires(Permission.DEVICE_WRITE)], session: Transaction,
) -> Enrolment:  # fmt: skip
    """Give out a one-time code by which a device enters a unit (发放注册码)."""
    settings = request.app.state.settings
    return await commands.give_code(session, settings, claims, enrolment_id, record)


@router.get("/device-enrolments/{enrolment_id}")
async def read_enrolment(
    enrolment_id: UUID, request: Request,
    claims: Annotated[Claims, requires(Permission.DEVICE_WRITE)], session: Transaction,
) -> Enrolment:  # fmt: skip
    """An enrolment, and whether a device has used it (注册码)."""
    return await commands.code(session, request.app.state.settings, enrolment_id)


@router.put("/devices/{device_id}")
async def enrol(
    device_id: UUID, record: DeviceRecord, request: Request, database: TheDatabase
) -> Enrolled:
    """Enrol a device by its code; nobody needs to have signed in (注册平板)."""
    async with database.transaction(ITSELF) as session:
        settings = request.app.state.settings
        return await commands.enrol(session, settings, ITSELF, device_id, record)


@router.get("/devices")
async def list_devices(
    claims: Annotated[Claims, requires(Permission.DEVICE_READ)], session: Transaction,
    unit: str | None = None, after: After = None, limit: Limit = 50,
) -> DevicePage:  # fmt: skip
    """Devices by unit and name (平板)."""
    return await queries.page(session, unit, after, limit)


@router.get("/devices/{device_id}")
async def read_device(
    device_id: UUID, claims: Annotated[Claims, requires(Permission.DEVICE_READ)],
    session: Transaction,
) -> Device:  # fmt: skip
    """One device (平板)."""
    return queries.wire(await queries.known(session, device_id))


@router.put("/devices/{device_id}/state")
async def decide(
    device_id: UUID, record: StateRecord,
    claims: Annotated[Claims, requires(Permission.DEVICE_WRITE)], session: Transaction,
) -> Device:  # fmt: skip
    """Freeze a device, bring it back into use, or ask it to wipe itself (冻结、解冻、要求擦除)."""
    return queries.wire(await commands.decide(session, claims, device_id, record))


@router.post("/devices/{device_id}/reports")
async def report(
    device_id: UUID, body: ReportBody, request: Request,
    claims: Annotated[Claims, requires(Permission.DEVICE_REPORT)], session: Transaction,
) -> ReportAnswer:  # fmt: skip
    """Take a device's report and tell it its state, the time and its grant (平板上报)."""
    sent = await request.json()
    return await reports.hear(session, request.app.state.settings, claims, device_id, body, sent)
