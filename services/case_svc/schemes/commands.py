"""Drafting, reviewing and approving inspection schemes (拟制、审核、批准现场检查方案)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.entity import require_complete
from lawbook.inspection import PresentOfficer, require_officers
from lawbook.proposal import awaited
from lawbook.refusal import Refusal
from paper.values import BEIJING
from services.case_svc.carrying_on import in_whose_name, note_of
from services.case_svc.inspections.commands import LedgerBehind
from services.case_svc.ledger_mirror import queries as ledger
from services.case_svc.ledger_mirror.tables import EntityRow
from services.case_svc.packs.content import checklist, ledger_dictionary
from services.case_svc.plans import queries as plans
from services.case_svc.rows import announce
from services.case_svc.schemes import queries
from services.case_svc.schemes.paper import Place, issue_scheme
from services.case_svc.schemes.schemas import Opinion, SchemeDraftBody, SchemeRecord
from services.case_svc.schemes.tables import InspectionSchemeRow
from services.kit.claims import Claims
from services.kit.letters import NotKnownYet
from services.kit.once import enter_once, fingerprint
from services.kit.problems import Conflict, Forbidden, NotFound

OPEN = ("drafted", "returned")


class OwnScheme(Refusal):
    """A drafter who reviews or approves what they drafted."""

    code, title = "own-scheme", "不能审核、批准自己拟制的方案"
    next_step = "请其他审核、审批人员办理"


class SchemeSettled(Conflict):
    """A scheme that has gone on to review is no longer the drafter's to change."""

    code, title = "scheme-settled", "方案已经审核，不能再改"
    next_step = "需要修改的，请审核、审批人员退回"


class PlanNotApproved(Conflict):
    """A scheme for a planned inspection whose plan nobody has approved yet."""

    code, title = "plan-not-approved", "年度计划尚未批准，不能批准据此拟制的方案"
    next_step = "先批准年度计划；急需检查的，改为计划外检查并写明事由"


class SchemeNotWaiting(Conflict):
    """An opinion on a scheme that does not wait for it."""

    code, title = "scheme-not-waiting", "方案不在待办的环节"
    next_step = "刷新后查看方案目前的环节"


class PlannedForAnother(Conflict):
    """A planned inspection of another plant than the one named."""

    code, title = "planned-for-another", "该计划内检查不是对这家企业的"
    next_step = "选择该企业自己的计划内检查，或者填写计划外检查的事由"


async def draft_on_site(
    session: AsyncSession, claims: Claims, folder: Path, body: SchemeDraftBody
) -> InspectionSchemeRow:
    """Draft what a tablet drafted at the plant (现场拟制方案): reviewed and approved here like any other.

    What it rests on and is not here yet may come: NotKnownYet. Refuses as `draft` does.
    """
    try:
        entity = await ledger.entity(session, body.entity_id)
    except NotFound as unknown:
        raise NotKnownYet("服务器上尚无该企业") from unknown
    if body.proposed and awaited(ledger_dictionary(folder), entity.values, body.proposed):
        raise LedgerBehind(f"{entity.name}的台账已在现场补充，尚待更新")
    said = SchemeRecord.model_validate(body.model_dump(include=set(SchemeRecord.model_fields)))
    row = await draft(session, claims, folder, body.scheme_id, said)
    if row.stage == "drafted":  # what has gone on to review keeps the moment of what was reviewed
        row.inspection_id, row.drafted_at = body.inspection_id, body.drafted_at
        await session.flush()
    return row


async def draft(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, record: SchemeRecord
) -> InspectionSchemeRow:
    """Draft a scheme (拟制方案), or change one that nobody has reviewed or that was returned.

    Refuses an incomplete plant, and fewer than two officers with valid certificates.
    """
    row = await session.get(InspectionSchemeRow, id_, with_for_update=True)
    mark = fingerprint(record)
    # A returned one that says the same is sent again all the same: whoever returned it may have asked
    # for something that does not stand in it.
    if row is not None and row.fingerprint == mark and row.stage != "returned":
        return row
    if row is not None and row.stage not in OPEN:
        raise SchemeSettled()
    if not claims.unit:
        raise Forbidden("该帐号不属于任何执法单位，不能拟制方案")
    unit = await ledger.unit(session, claims.unit)
    entity, _ = await _allowed(session, folder, record)
    columns = record.model_dump() | {
        "region": entity.region, "unit": unit.code, "entity_name": entity.name,
        "drafted_by": claims.who, "drafted_by_name": claims.name,
    }  # fmt: skip
    if row is None:
        row, made = await enter_once(session, InspectionSchemeRow, id_, record, **columns)
        if made:
            announce(session, claims, "inspection_scheme.drafted", id_, row.region)
        return row
    if row.region != entity.region:
        announce(session, claims, "inspection_scheme.left", id_, row.region)
    for name, value in columns.items():
        setattr(row, name, value)
    row.fingerprint, row.stage = mark, "drafted"
    row.drafted_at = await session.scalar(select(func.now())) or row.drafted_at
    for name in ("by", "by_name", "on"):
        setattr(row, f"reviewed_{name}", None)
        setattr(row, f"approved_{name}", None)
    row.review_opinion = row.approval_opinion = None
    announce(session, claims, "inspection_scheme.drafted", id_, row.region)
    await session.flush()
    return row


async def _allowed(
    session: AsyncSession, folder: Path, record: SchemeRecord
) -> tuple[EntityRow, Sequence[PresentOfficer]]:
    """The plant and the officers, when the law lets them be chosen for this day."""
    checklist(folder, record.checklist)
    entity = await ledger.entity(session, record.entity_id)
    require_complete(entity.name, entity.missing, ledger_dictionary(folder).label)
    if record.planned_inspection_id is not None:
        planned = await plans.planned_inspection(session, record.planned_inspection_id)
        if planned.entity_id != record.entity_id:
            raise PlannedForAnother(f"该计划内检查的对象是{planned.entity_name}")
    officers = await ledger.officers_by_number(session, record.officers)
    require_officers(officers, record.inspect_on)
    return entity, officers


async def review(
    session: AsyncSession, claims: Claims, id_: UUID, opinion: Opinion, at: datetime
) -> InspectionSchemeRow:
    """Review a scheme (审核方案): on to approval, or back to its drafter."""
    row = await queries.one(session, id_, lock=True)
    returned_here = row.stage == "returned" and row.approved_by is None
    if (row.reviewed_by, row.review_opinion) == (claims.who, opinion.opinion) and (
        opinion.agreed != returned_here
    ):
        return row
    _refuse_own(row, claims)
    if row.stage != "drafted":
        raise SchemeNotWaiting("方案不在待审核环节")
    row.stage = "reviewed" if opinion.agreed else "returned"
    row.reviewed_by, row.reviewed_by_name = claims.who, claims.name
    row.reviewed_on, row.review_opinion = at.astimezone(BEIJING).date(), opinion.opinion
    announce(session, claims, f"inspection_scheme.{row.stage}", id_, row.region)
    await session.flush()
    return row


async def approve(
    session: AsyncSession, claims: Claims, place: Place, id_: UUID, opinion: Opinion, at: datetime
) -> InspectionSchemeRow:
    """Approve a reviewed scheme (批准方案), which numbers and issues it; or return it.

    Whether the plant and the officers may be chosen is asked again: the ledger may have changed.
    """
    row = await queries.one(session, id_, lock=True)
    if (row.approved_by, row.approval_opinion) == (claims.who, opinion.opinion) and (
        opinion.agreed == (row.stage == "approved")
    ):
        return row
    _refuse_own(row, claims)
    if row.stage != "reviewed":
        raise SchemeNotWaiting("方案不在待批准环节")
    row.stage = "approved" if opinion.agreed else "returned"
    row.approved_by, row.approved_by_name = claims.who, claims.name
    row.approved_on, row.approval_opinion = at.astimezone(BEIJING).date(), opinion.opinion
    if opinion.agreed:
        await _require_plan_approved(session, row)
        entity, officers = await _allowed(session, place.content, _record(row))
        bearer, succession = await in_whose_name(session, row.unit)
        unit = await ledger.unit(session, bearer)
        note = await note_of(session, row.unit, succession)
        await issue_scheme(session, claims, place, row, entity, unit, officers, at, note)
    announce(session, claims, f"inspection_scheme.{row.stage}", id_, row.region)
    await session.flush()
    return row


async def _require_plan_approved(session: AsyncSession, row: InspectionSchemeRow) -> None:
    if row.planned_inspection_id is None:
        return
    planned = await plans.planned_inspection(session, row.planned_inspection_id)
    if not planned.approved:
        raise PlanNotApproved(f"{planned.year} 年度计划尚未批准，{planned.entity_name}列在其中")


def _record(row: InspectionSchemeRow) -> SchemeRecord:
    return SchemeRecord(**{name: getattr(row, name) for name in SchemeRecord.model_fields})


def _refuse_own(row: InspectionSchemeRow, claims: Claims) -> None:
    if row.drafted_by == claims.who:
        raise OwnScheme(f"该方案由{row.drafted_by_name}拟制")
