"""Doors to the catalogue of offences, and to weighing a violation (违法行为事项、裁量)."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Body, Query

from lawbook.devices import BEIJING
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.case_svc.weighings import queries
from services.case_svc.weighings.schemas import OffenceList, Weighing, WeighingBody
from services.kit.claims import Claims, requires

router = APIRouter(tags=["裁量"])
Reader = Annotated[Claims, requires(Permission.PACK_READ)]


@router.get("/offences")
async def list_offences(
    claims: Reader, folder: ContentFolder,
    q: Annotated[str | None, Query(max_length=100, description="概括用语、条款或者代码的一部分")] = None,
    basis: Annotated[str | None, Query(max_length=100, description="处罚依据，如检查项所引")] = None,
    on: Annotated[date | None, Query(description="该日有效的；空即今日")] = None,
) -> OffenceList:  # fmt: skip
    """Offences in force on a day, with their provisions (违法行为事项)."""
    day = on or datetime.now(UTC).astimezone(BEIJING).date()
    return OffenceList(items=queries.offences(folder, q, basis, day))


@router.post("/weighings")
async def weigh_violation(
    claims: Reader, folder: ContentFolder, body: Annotated[WeighingBody, Body()]
) -> Weighing:
    """What may be fined for a violation, and the text with the reasons; nothing is kept (裁量)."""
    return queries.weighed(folder, body)
