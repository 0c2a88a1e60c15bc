"""Freezing leases (冻结文号段): the tablet is lost, wiped or cloned, and its numbers are explained.

A document that was issued before and comes late is still taken: it is not the officer's fault.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.numbers.schemas import NumberFreezeBody
from services.case_svc.numbers.tables import FencedDeviceRow, NumberFreezeRow, NumberLeaseRow
from services.kit.claims import Claims
from services.kit.once import enter_once, entered
from services.kit.problems import DifferentContent, NotFound

LEDGER = "台账"
"""Who froze it, where the ledger's word did."""
WHY = {"frozen": "平板已冻结", "wiped": "平板已清除", "cloned": "平板疑被复制"}


async def freeze(
    session: AsyncSession, claims: Claims, lease_id: UUID, body: NumberFreezeBody
) -> NumberFreezeRow:
    """Freeze a lease (冻结文号段); one that is frozen stays as it was frozen."""
    said = {**body.model_dump(mode="json"), "lease": str(lease_id)}
    known = await entered(session, NumberFreezeRow, body.id, said)
    if known is not None:
        return known
    lease = await session.get(NumberLeaseRow, lease_id)
    if lease is None:
        raise NotFound("未找到该文号段，或不在您的管辖范围内")
    try:
        row, _ = await enter_once(
            session, NumberFreezeRow, body.id, said,
            region=lease.region, lease_id=lease.id, reason=body.reason, frozen_by=claims.who,
        )  # fmt: skip
    except DifferentContent:
        standing = await session.scalar(select(NumberFreezeRow).filter_by(lease_id=lease_id))
        if standing is None:
            raise
        return standing
    return row


async def freeze_leases_of_device(
    session: AsyncSession, device: str, reason: str, by: str = LEDGER
) -> int:
    """Freeze every lease of a device that is not frozen yet; how many there were."""
    leases = await session.scalars(
        select(NumberLeaseRow)
        .outerjoin(NumberFreezeRow, NumberFreezeRow.lease_id == NumberLeaseRow.id)
        .where(NumberLeaseRow.device == device, NumberFreezeRow.id.is_(None))
    )
    rows = [
        {
            "id": uuid4(), "fingerprint": "", "region": lease.region, "lease_id": lease.id,
            "reason": reason, "frozen_by": by,
        }
        for lease in leases
    ]  # fmt: skip
    if rows:
        await session.execute(insert(NumberFreezeRow).values(rows).on_conflict_do_nothing())
    return len(rows)


async def device_changed(session: AsyncSession, state: Mapping[str, Any]) -> None:
    """What the ledger says of a device: a lost, wiped or cloned one gets no more numbers.

    `state`: the device as feeds/ledger tells it; read are `id`, `state` and `cloned_at`.
    """
    device = str(state["id"])
    why = "cloned" if state.get("cloned_at") else str(state.get("state"))
    if why not in WHY:
        await session.execute(delete(FencedDeviceRow).where(FencedDeviceRow.device == device))
        return
    reason = WHY[why]
    await session.execute(
        insert(FencedDeviceRow).values(device=device, reason=reason)
        .on_conflict_do_update(index_elements=["device"], set_={"reason": reason})
    )  # fmt: skip
    await freeze_leases_of_device(session, device, reason)
