"""Doors to document numbers: leases (文号段), what became of numbers (文号去向), gaps (缺口报告)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.case_svc.numbers import commands, ending, freezing, queries
from services.case_svc.numbers.schemas import (
    DocumentKind,
    NumberEnd,
    NumberFreeze,
    NumberFreezeBody,
    NumberGaps,
    NumberLease,
    NumberLeaseRequest,
    NumberReturnBody,
    NumberSeriesList,
    NumberVoidBody,
    Year,
)
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.kit.problems import Malformed

router = APIRouter(tags=["文号"])
Reader = Annotated[Claims, requires(Permission.NUMBER_READ)]
Manager = Annotated[Claims, requires(Permission.NUMBER_MANAGE)]


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


@router.post("/number-leases/{lease_id}/freezes")
async def freeze_lease(
    lease_id: UUID, body: NumberFreezeBody, claims: Manager, session: Transaction
) -> NumberFreeze:
    """Freeze a lease: its tablet is lost or cloned (冻结文号段). What was issued still counts."""
    return NumberFreeze.model_validate(await freezing.freeze(session, claims, lease_id, body))


@router.put("/number-voids/{void_id}")
async def void_number(
    void_id: UUID, body: NumberVoidBody, claims: Manager, session: Transaction
) -> NumberEnd:
    """Void a number that no document bears (作废文号)."""
    if body.id != void_id:
        raise Malformed("内容中的编号与地址中的不同")
    return NumberEnd.model_validate(await ending.void(session, claims, body))


@router.put("/number-returns/{return_id}")
async def return_numbers(
    return_id: UUID, body: NumberReturnBody,
    claims: Annotated[Claims, requires(Permission.NUMBER_LEASE)], session: Transaction,
) -> NumberEnd:  # fmt: skip
    """Give numbers back that the tablet will not use (退回文号)."""
    if body.id != return_id:
        raise Malformed("内容中的编号与地址中的不同")
    if body.last < body.first:
        raise Malformed("末号小于首号")
    return NumberEnd.model_validate(await ending.give_back(session, claims, body))


@router.get("/number-series")
async def list_number_series(
    claims: Reader, session: Transaction, year: Annotated[Year, Query()]
) -> NumberSeriesList:
    """Series of numbers of a year, and how far each has been given (文号序列)."""
    return await queries.series(session, year)


@router.get("/number-gaps")
async def account_for_numbers(
    claims: Reader, session: Transaction,
    unit: Annotated[str, Query(min_length=1, max_length=40, description="单位代码")],
    document: Annotated[DocumentKind, Query()], year: Annotated[Year, Query()],
) -> NumberGaps:  # fmt: skip
    """Where every number of a series is, and why no document bears it (文号缺口报告)."""
    return await queries.gaps(session, unit, document, year)
