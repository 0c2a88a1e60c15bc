"""Doors to visits called off (未能检查). They come as a rule by letters."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.case_svc.called_off import commands, queries
from services.case_svc.called_off.schemas import CalledOff, CalledOffPage, CallOffBody
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.kit.pages import After, Limit
from services.kit.problems import Malformed

router = APIRouter(tags=["现场检查"])
Reader = Annotated[Claims, requires(Permission.INSPECTION_READ)]


@router.put("/called-off-visits/{visit_id}")
async def call_off_visit(
    visit_id: UUID, body: CallOffBody,
    claims: Annotated[Claims, requires(Permission.INSPECTION_RECORD)],
    folder: ContentFolder, session: Transaction,
) -> CalledOff:  # fmt: skip
    """Tell that a visit could not be carried out (报送未能检查)."""
    if body.id != visit_id:
        raise Malformed("内容中的编号与地址中的不同")
    return queries.wire(await commands.call_off(session, claims, folder, body))


@router.get("/called-off-visits/{visit_id}")
async def read_called_off_visit(visit_id: UUID, claims: Reader, session: Transaction) -> CalledOff:
    """Why a visit was not carried out (未能检查)."""
    return queries.wire(await queries.one(session, visit_id))


@router.get("/called-off-visits")
async def list_called_off_visits(
    claims: Reader, session: Transaction,
    region: Annotated[str | None, Query(max_length=12, description="行政区划代码前缀")] = None,
    after: After = None, limit: Limit = 50,
) -> CalledOffPage:  # fmt: skip
    """Visits that were not carried out, the newest first (未能检查列表)."""
    return await queries.page(session, region=region, after=after, limit=limit)
