"""Doors to penalty cases (案件), to acts in them (办案行为), and to what is due (待办)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Query

from lawbook.penalty.stages import Stage
from services.case_svc.cases import commands, queries, work
from services.case_svc.cases.schemas import Case, CaseBody, CasePage, CaseSummary, WorkList
from services.case_svc.cases.shapes import AnyAct
from services.case_svc.cases.world import law
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit

router = APIRouter(tags=["案件"])
Reader = Annotated[Claims, requires(Permission.CASE_READ)]


@router.put("/cases/{case_id}")
async def begin_case(
    case_id: UUID, body: CaseBody,
    claims: Annotated[Claims, requires(Permission.CASE_HANDLE)],
    folder: ContentFolder, session: Transaction,
) -> CaseSummary:  # fmt: skip
    """Begin a case, from an inspection in one step or from another source (提请立案、当场查处)."""
    row = await commands.begin(session, claims, folder, case_id, body)
    return queries.summary(row, law(folder).world, queries.today())


@router.put("/cases/{case_id}/acts/{act_id}")
async def act_in_case(
    case_id: UUID, act_id: UUID, body: Annotated[AnyAct, Body()],
    claims: Annotated[Claims, requires(Permission.CASE_ACT)],
    folder: ContentFolder, session: Transaction,
) -> CaseSummary:  # fmt: skip
    """Act in a case (办理); each kind of act has its own capacity (docs/procedures.md)."""
    row = await commands.act(session, claims, folder, case_id, act_id, body)
    return queries.summary(row, law(folder).world, queries.today())


@router.get("/cases/{case_id}")
async def read_case(
    case_id: UUID, claims: Reader, folder: ContentFolder, session: Transaction
) -> Case:
    """A case with its timeline, deadlines and next lawful acts (案件详情)."""
    return await queries.whole(session, claims, folder, case_id)


@router.get("/cases")
async def list_cases(
    claims: Reader, folder: ContentFolder, session: Transaction,
    q: Annotated[str | None, Query(max_length=100, description="编号、名称、当事人或者信用代码的一部分")] = None,
    stage: Annotated[Stage | None, Query(description="阶段")] = None,
    unit: Annotated[str | None, Query(max_length=40, description="承办单位")] = None,
    handler: Annotated[str | None, Query(max_length=40, description="承办人证号")] = None,
    procedure: Annotated[Literal["ordinary", "summary"] | None, Query(description="程序")] = None,
    offence: Annotated[str | None, Query(max_length=80, description="违法行为代码")] = None,
    entity: Annotated[UUID | None, Query(description="企业")] = None,
    linked: Annotated[UUID | None, Query(description="与此案相关的：互为相关案件，或者同为第三案的相关案件")] = None,
    open_only: Annotated[bool, Query(description="只列未归档的")] = False,
    year: Annotated[int | None, Query(ge=2000, le=9998, description="提请立案的年份")] = None,
    due_by: Annotated[date | None, Query(description="最近期限不晚于此日的")] = None,
    after: After = None, limit: Limit = 50,
) -> CasePage:  # fmt: skip
    """Cases, the newest first (案件台账)."""
    return await queries.page(
        session, folder, q=q, stage=stage, unit=unit, handler=handler, procedure=procedure,
        offence=offence, entity=entity, linked=linked, open_only=open_only, year=year, due_by=due_by, after=after,
        limit=limit,
    )  # fmt: skip


@router.get("/pulls/cases", response_class=pulls.PullResponse)
async def pull_cases(
    claims: Annotated[Claims, requires(Permission.CASE_READ)], database: TheDatabase,
    after: After = None,
) -> pulls.PullResponse:  # fmt: skip
    """Decided cases of plants since a cursor (行政处罚数据拉取): what an inspector should know of one."""
    return await pulls.respond(database, claims, queries.PULL, after)


@router.get("/work-list")
async def read_work_list(
    claims: Reader, folder: ContentFolder, session: Transaction,
    after: After = None, limit: Limit = 50,
    advising: Annotated[
        bool, Query(description="改列已报负责人审批、可由科室或者法制审核人员先提出意见的事项")
    ] = False,
) -> WorkList:  # fmt: skip
    """What is due for the caller, the most urgent first (我的待办)."""
    return await work.work_list(
        session, claims, folder, after=after, limit=limit, advising=advising
    )
