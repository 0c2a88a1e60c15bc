"""Doors to enforcement officers (执法人员)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.ledger_svc.officers import commands, queries
from services.ledger_svc.officers.schemas import Officer, OfficerPage, OfficerRecord
from services.ledger_svc.permissions import Permission

router = APIRouter(tags=["执法人员"])


@router.put("/officers/{officer_id}")
async def enter_officer(
    officer_id: UUID, record: OfficerRecord,
    claims: Annotated[Claims, requires(Permission.OFFICER_WRITE)], session: Transaction,
) -> Officer:  # fmt: skip
    """Enter an officer or change what is known of them (录入执法人员)."""
    await commands.enter(session, claims, officer_id, record)
    return await queries.one(session, officer_id)


@router.get("/officers/{officer_id}")
async def read_officer(
    officer_id: UUID,
    claims: Annotated[Claims, requires(Permission.OFFICER_READ)],
    session: Transaction,
) -> Officer:
    """One officer (执法人员)."""
    return await queries.one(session, officer_id)


@router.get("/officers")
async def list_officers(
    claims: Annotated[Claims, requires(Permission.OFFICER_READ)],
    session: Transaction,
    unit: Annotated[str | None, Query(max_length=12)] = None,
    after: After = None,
    limit: Limit = 50,
) -> OfficerPage:
    """Officers by certificate number (执法人员名册)."""
    return await queries.page(session, unit, after, limit)


@router.get("/pulls/officers", response_class=pulls.PullResponse)
async def pull_officers(
    claims: Annotated[Claims, requires(Permission.ENTITY_PULL)],
    database: TheDatabase,
    after: After = None,
) -> pulls.PullResponse:
    """Officers changed since a cursor (执法人员数据拉取)."""
    return await pulls.respond(database, claims, queries.PULL, after)
