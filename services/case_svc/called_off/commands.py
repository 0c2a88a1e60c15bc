"""Taking what a tablet tells of a visit that could not be carried out (登记未能检查)."""

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.calling_off import AlreadyRecorded, require_told
from services.case_svc.called_off.schemas import CallOffBody
from services.case_svc.called_off.tables import CalledOffRow
from services.case_svc.carrying_on import unit_then
from services.case_svc.clocks import doubted
from services.case_svc.inspections.commands import day_of
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.ledger_mirror.queries import entity_visited
from services.case_svc.letter_reviews.authority import marks, told, when
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.once import enter_once, entered, found
from services.kit.problems import DifferentContent, Malformed


async def call_off(
    session: AsyncSession, claims: Claims, folder: Path, body: CallOffBody
) -> CalledOffRow:
    """Enter why a visit was not carried out (登记未能检查); the same again changes nothing.

    It counts for nothing: no plan, no indicator. A record that comes after all, from a colleague
    who did inspect, is taken and stands. Refuses ReasonIncomplete, AlreadyRecorded.
    """
    try:
        known = await entered(session, CalledOffRow, body.id, body)
    except DifferentContent as differs:
        await _refuse_second(session, body, differs)
        raise
    if known is not None:
        return known
    then = when(folder, body.called_off_at, body.clock)
    entity = await entity_visited(session, claims, body.entity_id, body.region, then)
    if body.called_off_at < body.started_at:
        raise Malformed("未能检查的时间早于开始时间")
    require_told(body.why, body.account, body.witness)
    if record := await found(session, InspectionRow, body.id):
        raise AlreadyRecorded(f"{record.entity_name}的检查记录已经送达")
    row, made = await enter_once(
        session, CalledOffRow, body.id, body,
        entity_name=entity.name, recorded_by=claims.who,
        unit=await unit_then(session, claims, entity.region, day_of(body.started_at)),
        present=body.present.model_dump(),
        location=body.location.model_dump() if body.location else None,
        clock=body.clock.model_dump(mode="json"),
        doubts=doubted(folder, body.clock) + marks(session),
        **body.model_dump(exclude={"id", "present", "location", "clock"}),
    )  # fmt: skip
    if made:
        announce(session, claims, "visit.called_off", row.id, row.region, why=row.why)
    return row


async def _refuse_second(
    session: AsyncSession, body: CallOffBody, differs: DifferentContent
) -> None:
    known = await session.get(CalledOffRow, body.id)
    if known is not None and known.device != body.device:
        raise AlreadyRecorded(
            f"{known.recorded_by} 已于 {told(known.recorded_at)} 报送该次检查未能进行"
        ) from differs
