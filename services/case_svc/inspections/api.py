"""Doors to on-site inspections (现场检查) and hazards (事故隐患)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from services.case_svc.inspections import commands, queries
from services.case_svc.inspections.schemas import (
    HazardPage,
    Inspection,
    InspectionBody,
    InspectionPage,
    InspectionWithHazards,
)
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.kit.problems import Malformed

router = APIRouter(tags=["现场检查"])
Reader = Annotated[Claims, requires(Permission.INSPECTION_READ)]
Puller = Annotated[Claims, requires(Permission.INSPECTION_PULL)]


@router.put("/inspections/{inspection_id}")
async def record_inspection(
    inspection_id: UUID, body: InspectionBody,
    claims: Annotated[Claims, requires(Permission.INSPECTION_RECORD)],
    folder: ContentFolder, session: Transaction,
) -> Inspection:  # fmt: skip
    """Record an on-site inspection (登记现场检查)."""
    if body.id != inspection_id:
        raise Malformed("内容中的编号与地址中的不同")
    return queries.wire(await commands.record(session, claims, folder, inspection_id, body))


@router.get("/inspections/{inspection_id}")
async def read_inspection(
    inspection_id: UUID, claims: Reader, session: Transaction
) -> InspectionWithHazards:
    """One inspection, and how its hazards stand (现场检查及隐患)."""
    return await queries.with_hazards(session, inspection_id)


@router.get("/inspections")
async def list_inspections(
    claims: Reader,
    session: Transaction,
    q: Annotated[
        str | None, Query(max_length=100, description="企业名称的一部分或执法证号")
    ] = None,
    region: Annotated[str | None, Query(max_length=12, description="行政区划代码前缀")] = None,
    entity: Annotated[UUID | None, Query(description="企业")] = None,
    after: After = None,
    limit: Limit = 50,
) -> InspectionPage:
    """Inspections, the newest first (现场检查列表)."""
    return await queries.page(session, q=q, region=region, entity=entity, after=after, limit=limit)


@router.get("/hazards")
async def list_hazards(
    claims: Reader,
    session: Transaction,
    state: Annotated[Literal["open", "closed"] | None, Query(description="是否销号")] = None,
    inspection: Annotated[UUID | None, Query(description="现场检查")] = None,
    entity: Annotated[UUID | None, Query(description="企业")] = None,
    after: After = None,
    limit: Limit = 50,
) -> HazardPage:
    """Hazards, those to be corrected soonest first (隐患列表)."""
    return await queries.hazards(
        session, state=state, inspection=inspection, entity=entity, after=after, limit=limit
    )


@router.get("/pulls/inspections", response_class=pulls.PullResponse)
async def pull_inspections(
    claims: Puller, database: TheDatabase, after: After = None
) -> pulls.PullResponse:
    """Inspections recorded since a cursor (现场检查数据拉取)."""
    return await pulls.respond(database, claims, queries.PULL, after)


@router.get("/pulls/hazards", response_class=pulls.PullResponse)
async def pull_hazards(
    claims: Puller, database: TheDatabase, after: After = None
) -> pulls.PullResponse:
    """Hazards found or closed since a cursor (隐患数据拉取)."""
    return await pulls.respond(database, claims, queries.HAZARD_PULL, after)
