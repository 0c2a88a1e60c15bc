"""The door to earlier decisions on the same act (同案同罚)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from services.case_svc.permissions import Permission
from services.case_svc.precedents import queries
from services.case_svc.precedents.schemas import PrecedentsOfCase
from services.kit.claims import Claims, requires
from services.kit.database import Transaction

router = APIRouter(tags=["案件"])
Reader = Annotated[Claims, requires(Permission.CASE_READ)]


@router.get("/cases/{case_id}/precedents")
async def read_precedents(
    case_id: UUID, claims: Reader, session: Transaction,
    within: Annotated[Literal["unit", "region"], Query(description="本单位，或者管辖范围内")] = "unit",
    since: Annotated[date | None, Query(description="该日以后作出决定的；空即全部")] = None,
) -> PrecedentsOfCase:  # fmt: skip
    """How the same act was decided before, and how what is proposed stands to it (同类案件)."""
    return await queries.precedents(session, case_id, of_unit=within == "unit", since=since)
