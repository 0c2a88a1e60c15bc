"""Doors to inspection schemes (现场检查方案)."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.case_svc.schemes import commands, queries
from services.case_svc.schemes.paper import Place
from services.case_svc.schemes.schemas import (
    InspectionScheme,
    Opinion,
    SchemeDraftBody,
    SchemePage,
    SchemeRecord,
    Stage,
)
from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.kit.problems import Malformed

router = APIRouter(tags=["现场检查方案"])
Reader = Annotated[Claims, requires(Permission.SCHEME_READ)]


async def _place(request: Request, folder: ContentFolder) -> Place:
    return Place(folder, request.app.state.files)


@router.put("/inspection-schemes/{scheme_id}")
async def draft_scheme(
    scheme_id: UUID, record: SchemeRecord,
    claims: Annotated[Claims, requires(Permission.SCHEME_WRITE)],
    folder: ContentFolder, session: Transaction,
) -> InspectionScheme:  # fmt: skip
    """Draft a scheme, or change one that was not reviewed yet or was returned (拟制方案)."""
    return queries.wire(await commands.draft(session, claims, folder, scheme_id, record))


@router.put("/scheme-drafts/{draft_id}")
async def draft_on_site(
    draft_id: UUID, body: SchemeDraftBody,
    claims: Annotated[Claims, requires(Permission.SCHEME_WRITE)],
    folder: ContentFolder, session: Transaction,
) -> InspectionScheme:  # fmt: skip
    """Draft a scheme as a tablet does at the plant; comes as a rule by a letter (现场拟制方案)."""
    if body.id != draft_id:
        raise Malformed("内容中的编号与地址中的不同")
    return queries.wire(await commands.draft_on_site(session, claims, folder, body))


@router.put("/inspection-schemes/{scheme_id}/review")
async def review_scheme(
    scheme_id: UUID, opinion: Opinion,
    claims: Annotated[Claims, requires(Permission.SCHEME_REVIEW)], session: Transaction,
) -> InspectionScheme:  # fmt: skip
    """Say whether a scheme may go on to approval (审核方案)."""
    row = await commands.review(session, claims, scheme_id, opinion, datetime.now(UTC))
    return queries.wire(row)


@router.put("/inspection-schemes/{scheme_id}/approval")
async def approve_scheme(
    scheme_id: UUID, opinion: Opinion,
    claims: Annotated[Claims, requires(Permission.SCHEME_APPROVE)],
    place: Annotated[Place, Depends(_place)], session: Transaction,
) -> InspectionScheme:  # fmt: skip
    """Approve a reviewed scheme, which issues it as a document; or return it (批准方案)."""
    row = await commands.approve(session, claims, place, scheme_id, opinion, datetime.now(UTC))
    return queries.wire(row)


@router.get("/inspection-schemes/{scheme_id}")
async def read_scheme(scheme_id: UUID, claims: Reader, session: Transaction) -> InspectionScheme:
    """One scheme (现场检查方案)."""
    return queries.wire(await queries.one(session, scheme_id))


@router.get("/inspection-schemes")
async def list_schemes(
    claims: Reader,
    session: Transaction,
    stage: Annotated[Stage | None, Query(description="环节")] = None,
    after: After = None,
    limit: Limit = 50,
) -> SchemePage:
    """Schemes, the newest first (方案列表)."""
    return await queries.page(session, stage=stage, after=after, limit=limit)


@router.get("/pulls/inspection-schemes", response_class=pulls.PullResponse)
async def pull_schemes(
    claims: Annotated[Claims, requires(Permission.INSPECTION_PULL)],
    database: TheDatabase,
    after: After = None,
) -> pulls.PullResponse:
    """Schemes changed since a cursor (方案数据拉取)."""
    return await pulls.respond(database, claims, queries.PULL, after)
