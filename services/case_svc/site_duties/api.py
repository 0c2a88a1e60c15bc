"""Doors to what documents of the site still owe (现场文书的后续手续)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.case_svc.site_duties import asking, commands
from services.case_svc.site_duties.schemas import (
    CorrectionRequestBody,
    SiteDuty,
    SiteDutyAnswer,
    SiteDutyList,
)
from services.kit.claims import Claims, requires
from services.kit.database import Transaction

router = APIRouter(tags=["执法文书"])


@router.get("/site-duties")
async def list_site_duties(
    claims: Annotated[Claims, requires(Permission.CASE_READ)], session: Transaction,
    open_only: bool = True, inspection: UUID | None = None,
) -> SiteDutyList:  # fmt: skip
    """What documents of the site still owe in the caller's unit, the most urgent first (待补手续)."""
    items = await commands.listed(session, claims, open_only=open_only, inspection=inspection)
    return SiteDutyList(items=items)


@router.put("/site-duties/{duty_id}/answer")
async def answer_site_duty(
    duty_id: UUID,
    body: SiteDutyAnswer,
    claims: Annotated[Claims, requires(Permission.CASE_ACT)],
    session: Transaction,
) -> SiteDuty:
    """The head answers what a document of the site owes (负责人答复)."""
    return await commands.told(session, await commands.answer(session, claims, duty_id, body))


@router.put("/correction-requests/{request_id}")
async def enter_correction_request(
    request_id: UUID,
    body: CorrectionRequestBody,
    claims: Annotated[Claims, requires(Permission.CASE_HANDLE)],
    folder: ContentFolder,
    session: Transaction,
) -> SiteDuty:
    """The party asks for more time to correct; the head answers it (登记延期整改申请)."""
    row = await asking.enter(session, claims, folder, request_id, body)
    return await commands.told(session, row)
