"""Doors to successions (职责承接). They are declared by the house's owner: `make succession`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.ledger_svc.permissions import Permission
from services.ledger_svc.successions import commands
from services.ledger_svc.successions.schemas import Relocation, RelocationBody, SuccessionList

router = APIRouter(tags=["职责承接"])


@router.get("/successions")
async def list_successions(
    claims: Annotated[Claims, requires(Permission.UNIT_READ)], session: Transaction
) -> SuccessionList:
    """Who carries on for whom, since when and by which order (职责承接)."""
    return await commands.every(session, claims)


@router.put("/successions/{succession_id}/relocation")
async def relocate(
    succession_id: UUID, body: RelocationBody,
    claims: Annotated[Claims, requires(Permission.ACCOUNT_WRITE)], session: Transaction,
) -> Relocation:  # fmt: skip
    """Move people, accounts and tablets of the old unit to the one that carries on (人员移交)."""
    return await commands.relocate(session, claims, succession_id, body)
