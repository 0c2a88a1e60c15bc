"""延期整改 approved in a case moves the day of the order behind it: of the hazards that the case is about."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.act import Act
from lawbook.penalty.approvals import request_of
from lawbook.penalty.case import Case
from services.case_svc.cases.tables import CaseRow
from services.case_svc.inspections.correcting import correct_later
from services.kit.claims import Claims

CORRECTION = "correction"


async def put_off(
    session: AsyncSession, claims: Claims, row: CaseRow, case: Case, act: Act
) -> None:
    """Move the days on, where this act agrees to it; a case without an inspection has none to move."""
    agreed = act.kind == "approve-measure" and act.said["agreed"]
    if not agreed or act.said["measure"] != CORRECTION or row.inspection_id is None:
        return
    asked = request_of(case, act)
    if asked is None or not asked.said.get("until"):
        return  # as it could be asked for before a day was wanted
    hazards = [UUID(str(one)) for one in case.told.get("hazards") or ()]
    await correct_later(session, claims, row.inspection_id, hazards, asked.day("until"))
