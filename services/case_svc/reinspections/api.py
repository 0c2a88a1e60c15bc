"""Doors to re-inspections (整改复查)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.case_svc.reinspections import commands, queries
from services.case_svc.reinspections.schemas import (
    Reinspection,
    ReinspectionBody,
    ReinspectionList,
)
from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.kit.problems import Malformed

router = APIRouter(tags=["整改复查"])


@router.put("/reinspections/{reinspection_id}")
async def record_reinspection(
    reinspection_id: UUID, body: ReinspectionBody,
    claims: Annotated[Claims, requires(Permission.REINSPECTION_RECORD)],
    folder: ContentFolder, session: Transaction,
) -> Reinspection:  # fmt: skip
    """Record a re-inspection and close what was corrected (登记整改复查、销号)."""
    if body.id != reinspection_id:
        raise Malformed("内容中的编号与地址中的不同")
    return queries.wire(await commands.record(session, claims, folder, reinspection_id, body))


@router.get("/reinspections")
async def list_reinspections(
    claims: Annotated[Claims, requires(Permission.INSPECTION_READ)],
    session: Transaction,
    inspection: Annotated[UUID, Query(description="原现场检查")],
) -> ReinspectionList:
    """The re-inspections of an inspection (一次检查的整改复查)."""
    return await queries.of_inspection(session, inspection)
