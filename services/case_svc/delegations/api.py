"""Doors to delegations of a unit (单位的代行职权)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.case_svc.delegations import commands
from services.case_svc.delegations.schemas import Delegation, DelegationBody, DelegationList
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction

router = APIRouter(tags=["案件"])
Giver = Annotated[Claims, requires(Permission.CASE_ACT)]


@router.put("/delegations/{delegation_id}")
async def give_delegation(
    delegation_id: UUID, body: DelegationBody, claims: Giver, session: Transaction
) -> Delegation:
    """Let somebody stand in for oneself for some days, in every case of the unit (委托代行职权)."""
    return Delegation.model_validate(await commands.give(session, claims, delegation_id, body))


@router.put("/delegations/{delegation_id}/end")
async def end_delegation(delegation_id: UUID, claims: Giver, session: Transaction) -> Delegation:
    """End a delegation before its day (提前终止代行)."""
    return Delegation.model_validate(await commands.end(session, claims, delegation_id))


@router.get("/delegations")
async def list_delegations(
    claims: Annotated[Claims, requires(Permission.CASE_READ)], session: Transaction
) -> DelegationList:
    """Who stands in for whom in the caller's unit, the latest first (代行职权)."""
    rows = await commands.of_unit(session, claims.unit)
    return DelegationList(items=[Delegation.model_validate(row) for row in rows])
