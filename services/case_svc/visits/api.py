"""Doors to shared visits (同行检查). What tablets tell comes as a rule by letters."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.case_svc.permissions import Permission
from services.case_svc.visits import commands, queries
from services.case_svc.visits.schemas import Visit, VisitAnswerBody, VisitOpenBody
from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After
from services.kit.problems import Malformed

router = APIRouter(tags=["同行检查"])
Recorder = Annotated[Claims, requires(Permission.INSPECTION_RECORD)]


@router.put("/visit-openings/{opening_id}")
async def open_visit(
    opening_id: UUID, body: VisitOpenBody, claims: Recorder, session: Transaction
) -> Visit:
    """Open a visit for its officers (开启同行检查)."""
    if body.id != opening_id:
        raise Malformed("内容中的编号与地址中的不同")
    await commands.open_visit(session, claims, body)
    await session.flush()
    return await queries.one(session, body.visit_id)


@router.put("/visit-answers/{answer_id}")
async def answer_visit(
    answer_id: UUID, body: VisitAnswerBody, claims: Recorder, session: Transaction
) -> Visit:
    """Tell what was answered in a visit (报送同行检查的填写)."""
    if body.id != answer_id:
        raise Malformed("内容中的编号与地址中的不同")
    await commands.answer(session, claims, body)
    return await queries.one(session, body.visit_id)


@router.get("/visits/{visit_id}")
async def read_visit(
    visit_id: UUID,
    claims: Annotated[Claims, requires(Permission.INSPECTION_READ)],
    session: Transaction,
) -> Visit:
    """What each officer of a visit said, and what stands (同行检查的填写)."""
    return await queries.one(session, visit_id)


@router.get("/pulls/visits", response_class=pulls.PullResponse)
async def pull_visits(
    claims: Recorder,
    database: TheDatabase,
    after: After = None,
) -> pulls.PullResponse:
    """Visits opened and answered since a cursor, for those who work on them (同行检查数据拉取)."""
    return await pulls.respond(database, claims, queries.PULL, after)
