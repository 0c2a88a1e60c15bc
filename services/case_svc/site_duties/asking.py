"""What the party asks for after a visit (当事人的申请): more time to correct, answered by the head."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.days import UnknownYear
from lawbook.owing import LATER, Answer
from lawbook.penalty.deadlines import limit_of
from lawbook.rectification import require_later
from services.case_svc.cases.queries import today
from services.case_svc.cases.world import law
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections import queries as inspections
from services.case_svc.inspections.correcting import open_hazards
from services.case_svc.rows import announce
from services.case_svc.site_duties.refusals import NoOrder
from services.case_svc.site_duties.schemas import CorrectionRequestBody
from services.case_svc.site_duties.tables import SiteDutyRow
from services.kit.claims import Claims
from services.kit.problems import DifferentContent, Malformed, NotFound

ORDER = "correction-order"


async def enter(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, body: CorrectionRequestBody
) -> SiteDutyRow:
    """Enter that the party asks for more time (登记延期整改申请); the same again changes nothing.

    Refuses NoOrder, NotLater, Malformed for hazards that are not open in this inspection.
    """
    asked = body.model_dump(mode="json", exclude={"inspection_id"})
    if known := await session.get(SiteDutyRow, id_):
        return _same(known, body, asked)
    inspection = await inspections.one(session, body.inspection_id)
    order = await session.scalar(
        select(DocumentRow)
        .where(DocumentRow.inspection_id == inspection.id, DocumentRow.kind == ORDER)
        .order_by(DocumentRow.issued_at.desc())
        .limit(1)
    )
    if order is None:
        raise NoOrder
    if order.unit != claims.unit:
        raise NotFound("该指令书由其他执法单位作出")
    if body.applied_on > today():
        raise Malformed("申请之日晚于今天")
    hazards = await open_hazards(session, inspection.id, body.hazards)
    if {one.id for one in hazards} != set(body.hazards):
        raise Malformed("所涉的隐患不属于该次检查，或者已经整改")
    require_later(body.until, body.applied_on, [one.correct_by for one in hazards])
    limit, calendar = limit_of(LATER), law(folder).world.calendar
    try:
        due = limit.period.ends(body.applied_on, calendar).due_on
    except UnknownYear:
        due = limit.period.ends(body.applied_on, calendar.at_the_earliest()).due_on
    made: SiteDutyRow | None = await session.scalar(
        insert(SiteDutyRow)
        .values(
            id=id_, region=inspection.region, unit=order.unit, document_id=order.id,
            inspection_id=inspection.id, document_name=order.name, number=order.number,
            entity_name=order.entity_name, name=LATER, title=f"当事人申请将整改期限延长至 {body.until}",
            law=limit.period.law, answers=[Answer.EXTENDED.value, Answer.KEPT.value],
            officers=list(inspection.officers), due_on=due, request=asked,
        )
        .on_conflict_do_nothing()
        .returning(SiteDutyRow)
    )  # fmt: skip
    if made is None:
        known = await session.get(SiteDutyRow, id_)
        if known is None:
            raise DifferentContent(f"编号 {id_} 已登记了不同的内容")
        return _same(known, body, asked)
    announce(session, claims, "site_duty.asked", id_, made.region, until=str(body.until))
    await session.flush()
    return made


def _same(known: SiteDutyRow, body: CorrectionRequestBody, asked: dict[str, object]) -> SiteDutyRow:
    if (known.inspection_id, known.request) != (body.inspection_id, asked):
        raise DifferentContent(f"编号 {known.id} 已登记了不同的内容")
    return known
