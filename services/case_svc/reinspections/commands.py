"""Recording re-inspections (登记整改复查): what was corrected is closed (销号)."""

from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.inspection import require_officers
from lawbook.rectification import close, require_due
from services.case_svc.around import around
from services.case_svc.carrying_on import unit_then
from services.case_svc.clocks import doubted
from services.case_svc.inspections.commands import day_of, present
from services.case_svc.inspections.queries import hazards_of
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.letter_reviews.authority import marks, when
from services.case_svc.reinspections.schemas import ReinspectionBody
from services.case_svc.reinspections.tables import ReinspectionRow
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.letters import NotKnownYet
from services.kit.once import enter_once, entered, found
from services.kit.problems import Malformed

OPEN, CLOSED = "open", "closed"


async def record(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, body: ReinspectionBody
) -> ReinspectionRow:
    """Enter a re-inspection (登记整改复查); the same again changes nothing."""
    known = await entered(session, ReinspectionRow, id_, body)
    if known is not None:
        return known
    inspection = await found(session, InspectionRow, body.inspection_id)
    if inspection is None:
        raise NotKnownYet("服务器上尚无原现场检查的记录")
    if body.reinspected_at < inspection.started_at:
        raise Malformed("复查时间早于原检查时间")
    results = {str(result.hazard_id): result.outcome for result in body.results}
    if len(results) < len(body.results):
        raise Malformed("同一项隐患填写了两次复查结果")
    # What was found earlier in the same delivery may not be written yet.
    await session.flush()
    # Locked: of two who re-inspect at once, the second sees what the first has closed.
    hazards = await hazards_of(session, inspection.id, locked=True)
    known = await session.get(ReinspectionRow, id_)
    if known is None:
        then = when(folder, body.reinspected_at, body.clock)
        require_officers(await present(session, body.officers, then), day_of(body.reinspected_at))
        due = {str(one.id): one.correct_by for one in hazards if one.state == OPEN}
        corrected = close(list(due), results)
        require_due(due, results, day_of(body.reinspected_at))
    else:
        corrected = frozenset()
    row, made = await enter_once(
        session, ReinspectionRow, id_, body,
        region=inspection.region, unit=await unit_then(
            session, claims, inspection.region, day_of(body.reinspected_at)
        ), entity_id=inspection.entity_id,
        recorded_by=claims.who, results=[one.model_dump(mode="json") for one in body.results],
        clock=body.clock.model_dump(mode="json") if body.clock else None,
        location=body.location.model_dump() if body.location else None,
        doubts=doubted(folder, body.clock) + marks(session),
        **body.model_dump(exclude={"id", "results", "clock", "location"}),
    )  # fmt: skip
    if not made:
        return row
    (await around(session, inspection.id)).reinspectors.update(body.officers)
    announce(
        session, claims, "reinspection.recorded", id_, row.region,
        inspection_id=str(inspection.id), closed=len(corrected), doubts=row.doubts,
    )  # fmt: skip
    for hazard in hazards:
        if str(hazard.id) in corrected:
            hazard.state, hazard.closed_at, hazard.closed_by = CLOSED, body.reinspected_at, id_
            announce(
                session, claims, "hazard.closed", hazard.id, hazard.region,
                inspection_id=str(inspection.id), reinspection_id=str(id_),
            )  # fmt: skip
    await session.flush()
    return row
