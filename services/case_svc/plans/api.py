"""Doors to annual plans and planned inspections (年度监督检查计划、计划内检查)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.case_svc.plans import commands, queries
from services.case_svc.plans.schemas import (
    Plan,
    PlanApproval,
    PlannedInspection,
    PlannedInspectionPage,
    PlannedInspectionRecord,
    PlanPage,
    PlanRecord,
)
from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit

router = APIRouter(tags=["监督检查计划"])
Reader = Annotated[Claims, requires(Permission.PLAN_READ)]
Writer = Annotated[Claims, requires(Permission.PLAN_WRITE)]


@router.put("/plans/{plan_id}")
async def draft_plan(
    plan_id: UUID, record: PlanRecord, claims: Writer, session: Transaction
) -> Plan:
    """Draft a plan, or change a draft (编制计划)."""
    return await queries.wire_plan(session, await commands.draft(session, claims, plan_id, record))


@router.put("/plans/{plan_id}/approval")
async def approve_plan(
    plan_id: UUID, approval: PlanApproval,
    claims: Annotated[Claims, requires(Permission.PLAN_APPROVE)], session: Transaction,
) -> Plan:  # fmt: skip
    """Record a plan's approval (批准计划)."""
    row = await commands.approve(session, claims, plan_id, approval)
    return await queries.wire_plan(session, row)


@router.get("/plans/{plan_id}")
async def read_plan(plan_id: UUID, claims: Reader, session: Transaction) -> Plan:
    """One plan (年度监督检查计划)."""
    return await queries.wire_plan(session, await queries.plan(session, plan_id))


@router.get("/plans")
async def list_plans(
    claims: Reader,
    session: Transaction,
    year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    region: Annotated[str | None, Query(max_length=12, description="行政区划代码前缀")] = None,
    after: After = None,
    limit: Limit = 50,
) -> PlanPage:
    """Plans, the latest year first (计划列表)."""
    return await queries.plans(session, year=year, region=region, after=after, limit=limit)


@router.put("/planned-inspections/{planned_inspection_id}")
async def list_inspection(
    planned_inspection_id: UUID, record: PlannedInspectionRecord, claims: Writer,
    folder: ContentFolder, session: Transaction,
) -> PlannedInspection:  # fmt: skip
    """Put a plant into a draft plan (列入计划)."""
    row = await commands.list_inspection(session, claims, folder, planned_inspection_id, record)
    return await queries.wire_one(session, row)


@router.get("/planned-inspections/{planned_inspection_id}")
async def read_planned_inspection(
    planned_inspection_id: UUID, claims: Reader, session: Transaction
) -> PlannedInspection:
    """One planned inspection (计划内检查)."""
    row = await queries.planned_inspection(session, planned_inspection_id)
    return await queries.wire_one(session, row)


@router.get("/planned-inspections")
async def list_planned_inspections(
    claims: Reader,
    session: Transaction,
    plan: Annotated[UUID | None, Query(description="计划")] = None,
    entity: Annotated[UUID | None, Query(description="企业")] = None,
    month: Annotated[int | None, Query(ge=1, le=12)] = None,
    after: After = None,
    limit: Limit = 50,
) -> PlannedInspectionPage:
    """Planned inspections by month and plant (计划内检查列表)."""
    return await queries.planned_inspections(
        session, plan_id=plan, entity_id=entity, month=month, after=after, limit=limit
    )


@router.get("/pulls/planned-inspections", response_class=pulls.PullResponse)
async def pull_planned_inspections(
    claims: Annotated[Claims, requires(Permission.INSPECTION_PULL)],
    database: TheDatabase,
    after: After = None,
) -> pulls.PullResponse:
    """Planned inspections changed since a cursor (计划内检查数据拉取)."""
    return await pulls.respond(database, claims, queries.PULL, after)
