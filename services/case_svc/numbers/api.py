"""Doors to leases of document numbers (文号段)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.case_svc.numbers import commands
from services.case_svc.numbers.schemas import NumberLease, NumberLeaseRequest
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction

router = APIRouter(tags=["文号"])


@router.put("/number-leases/{lease_id}")
async def lease_numbers(
    lease_id: UUID, asked: NumberLeaseRequest,
    claims: Annotated[Claims, requires(Permission.NUMBER_LEASE)],
    folder: ContentFolder, session: Transaction,
) -> NumberLease:  # fmt: skip
    """Lease a run of numbers for use without a network (领用文号段)."""
    row = await commands.lease(session, claims, folder, lease_id, asked)
    return NumberLease(
        id=row.id, unit=row.unit, document=row.document, year=row.year, device=row.device,
        first=row.first, last=row.last, pattern=row.pattern, leased_at=row.leased_at,
    )  # fmt: skip
