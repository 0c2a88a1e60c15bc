"""What documents of the site owe: written down as they come, answered by the head, read by urgency."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.owing import SEALED, Answer, Owed, owed, prolonged
from lawbook.penalty.act import Power
from services.case_svc.cases.queries import today
from services.case_svc.cases.tables import CaseRow
from services.case_svc.cases.world import law
from services.case_svc.delegations.commands import standing_in
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections.correcting import correct_later
from services.case_svc.rows import announce
from services.case_svc.site_duties.holding import answered
from services.case_svc.site_duties.refusals import AnswerNotFit
from services.case_svc.site_duties.schemas import LaterRequest, SiteDuty, SiteDutyAnswer
from services.case_svc.site_duties.tables import SiteDutyRow
from services.kit.claims import Claims
from services.kit.problems import DifferentContent, Forbidden, NotFound

MOST = 200
"""Open duties of a unit that are listed; more than any has."""


def follow(session: AsyncSession, folder: Path, row: DocumentRow) -> None:
    """Write down what a document that came still owes, in its transaction."""
    calendar = law(folder).world.calendar
    for one in owed(row.kind, row.data, row.issued_at, calendar):
        session.add(
            SiteDutyRow(
                region=row.region, unit=row.unit, document_id=row.id,
                inspection_id=row.inspection_id, document_name=row.name, number=row.number,
                entity_name=row.entity_name,
                officers=[str(officer["number"]) for officer in row.data["officers"]],
                **_columns(row.id, one),
            )
        )  # fmt: skip


def _columns(document: UUID, one: Owed) -> dict[str, Any]:
    return {
        "id": uuid5(document, one.name), "name": one.name, "title": one.title, "law": one.law,
        "answers": [answer.value for answer in one.answers], "due_on": one.due_on,
        "due_at": one.due_at,
    }  # fmt: skip


async def answer(
    session: AsyncSession, claims: Claims, id_: UUID, body: SiteDutyAnswer
) -> SiteDutyRow:
    """The head answers (负责人答复); the same again changes nothing.

    Refuses AnswerNotFit, DifferentContent where it was answered otherwise.
    """
    row = await session.get(SiteDutyRow, id_, with_for_update=True)
    if row is None or row.unit != claims.unit:
        raise NotFound("未找到该事项，或不在您的管辖范围内")
    power = Power.APPROVE.value
    if power not in claims.permissions and power not in await standing_in(session, claims, today()):
        raise Forbidden("由本机关负责人，或者代行其职权的人答复")
    if row.answer is not None:
        if (row.answer, row.opinion) != (body.answer, body.opinion):
            raise DifferentContent("该事项已经答复，不能更改")
        return row
    if body.answer not in row.answers:
        raise AnswerNotFit(f"可以答复：{'、'.join(row.answers)}")
    if body.answer == Answer.PROLONGED.value and row.due_on < today():
        raise AnswerNotFit("期限已经届满，不能再延长，应当作出处理决定（行政强制法 §25、§27）")
    answered(row, claims, body.answer, body.opinion)
    if row.answer == Answer.LIFTED.value:
        await _nothing_held(session, claims, row)
    if row.answer == Answer.PROLONGED.value:
        _goes_on(session, row)
    if row.request and row.answer == Answer.EXTENDED.value:
        asked = LaterRequest.model_validate(row.request)
        await correct_later(session, claims, row.inspection_id, asked.hazards, asked.until)
    announce(session, claims, "site_duty.answered", row.id, row.region, answer=row.answer)
    await session.flush()
    return row


async def _nothing_held(session: AsyncSession, claims: Claims, row: SiteDutyRow) -> None:
    """What was lifted at once is held no longer: no period of it runs (行政强制法 §19)."""
    sealing = await session.get(SiteDutyRow, uuid5(row.document_id, SEALED), with_for_update=True)
    if sealing is not None and sealing.answer is None:
        answered(sealing, claims, Answer.LIFTED.value, str(row.opinion))


def _goes_on(session: AsyncSession, row: SiteDutyRow) -> None:
    """The sealing lasts thirty days more, and is followed to their end."""
    more = prolonged(Owed(row.name, row.title, row.law, row.due_on))
    same = ("region", "unit", "document_id", "inspection_id", "document_name", "number", "entity_name",
            "officers")  # fmt: skip
    kept = {name: getattr(row, name) for name in same}
    session.add(SiteDutyRow(**kept, **_columns(row.document_id, more)))


async def listed(
    session: AsyncSession, claims: Claims, *, open_only: bool, inspection: UUID | None
) -> list[SiteDuty]:
    """What is owed in the caller's unit, the most urgent first."""
    wanted = select(SiteDutyRow).order_by(SiteDutyRow.due_on, SiteDutyRow.id).limit(MOST)
    if inspection is None:
        wanted = wanted.where(SiteDutyRow.unit == claims.unit)
    else:
        wanted = wanted.where(SiteDutyRow.inspection_id == inspection)
    if open_only:
        wanted = wanted.where(SiteDutyRow.answer.is_(None))
    rows = list(await session.scalars(wanted))
    return [await told(session, row) for row in rows]


async def told(session: AsyncSession, row: SiteDutyRow) -> SiteDuty:
    """A row on the wire, with the case that has been made of its inspection."""
    case = await session.scalar(
        select(CaseRow.id)
        .where(CaseRow.inspection_id == row.inspection_id)
        .order_by(CaseRow.id)
        .limit(1)
    )
    late = row.due_at < datetime.now(UTC) if row.due_at else row.due_on < today()
    names = SiteDuty.model_fields.keys() - {"case_id", "overdue"}
    plain = {name: getattr(row, name) for name in names}
    return SiteDuty(**plain, case_id=case, overdue=row.answer is None and late)
