"""Drafting and approving annual plans (编制、批准年度监督检查计划); 安全生产法 §62."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.entity import require_complete, require_operating
from lawbook.regions import covers
from services.case_svc.ledger_mirror import queries as ledger
from services.case_svc.ledger_mirror.tables import EntityRow
from services.case_svc.packs.content import ledger_dictionary
from services.case_svc.plans import queries
from services.case_svc.plans.schemas import PlanApproval, PlannedInspectionRecord, PlanRecord
from services.case_svc.plans.tables import PlannedInspectionRow, PlanRow
from services.case_svc.rows import SuccessionRow, announce
from services.kit.claims import Claims
from services.kit.once import enter_once, fingerprint
from services.kit.problems import Conflict, DifferentContent, Malformed
from services.kit.successions import require_reach, successions, today


class PlanApproved(Conflict):
    """A plan that has been approved stands as it was approved."""

    code, title = "plan-approved", "计划已批准，不能再改"
    next_step = "需要调整的，另行编制调整计划报批"


async def draft(session: AsyncSession, claims: Claims, id_: UUID, record: PlanRecord) -> PlanRow:
    """Draft a plan (编制计划), or change a draft; what is approved stands."""
    row = await session.get(PlanRow, id_, with_for_update=True)
    if row is not None:
        return await _redraft(session, claims, row, record)
    await require_reach(session, SuccessionRow, claims, record.region)
    unit = await ledger.unit(session, record.unit)
    if not await _within(session, unit.region, record.region):
        raise Malformed(f"{record.region} 不在{unit.name}的管辖范围内")
    row, made = await enter_once(
        session, PlanRow, id_, record, **record.model_dump(), drafted_by=claims.who
    )
    if made:
        announce(session, claims, "plan.drafted", id_, row.region)
    return row


async def _redraft(
    session: AsyncSession, claims: Claims, row: PlanRow, record: PlanRecord
) -> PlanRow:
    mark = fingerprint(record)
    if row.fingerprint == mark:
        return row
    if row.stage == "approved":
        raise PlanApproved(f"《{row.title}》已批准（{row.approval_number}）")
    if (row.region, row.unit, row.year) != (record.region, record.unit, record.year):
        raise DifferentContent("计划的区划、单位、年度不能更改，请另行编制")
    row.title, row.fingerprint = record.title, mark
    row.approval_number, row.approved_on = record.approval_number, record.approved_on
    announce(session, claims, "plan.changed", row.id, row.region)
    await session.flush()
    return row


async def approve(
    session: AsyncSession, claims: Claims, id_: UUID, approval: PlanApproval
) -> PlanRow:
    """Record a plan's approval (批准计划); from then on its inspections count as planned."""
    row = await queries.plan(session, id_, lock=True)
    if row.stage == "approved":
        if (row.approval_number, row.approved_on) != (
            approval.approval_number,
            approval.approved_on,
        ):
            raise PlanApproved(f"《{row.title}》已以 {row.approval_number} 批准")
        return row
    row.stage, row.approved_by = "approved", claims.who
    row.approval_number, row.approved_on = approval.approval_number, approval.approved_on
    announce(session, claims, "plan.approved", id_, row.region)
    approved = await session.execute(
        update(PlannedInspectionRow)
        .where(PlannedInspectionRow.plan_id == id_)
        .values(approved=True)
        .returning(PlannedInspectionRow.id, PlannedInspectionRow.region)
    )
    for planned_id, region in approved:
        announce(session, claims, "planned_inspection.approved", planned_id, region)
    await session.flush()
    return row


async def list_inspection(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, record: PlannedInspectionRecord
) -> PlannedInspectionRow:
    """Put a plant into a draft plan (列入计划), or change how it stands there.

    Refuses a plant whose ledger is incomplete, and a plan that has been approved.
    """
    row = await session.get(PlannedInspectionRow, id_, with_for_update=True)
    mark = fingerprint(record)
    if row is not None and row.fingerprint == mark:
        return row
    if row is not None and (row.plan_id, row.entity_id) != (record.plan_id, record.entity_id):
        raise DifferentContent(f"编号 {id_} 已用于另一计划或者另一家企业")
    plan = await queries.plan(session, record.plan_id, lock=True)
    if plan.stage == "approved":
        raise PlanApproved(f"《{plan.title}》已批准（{plan.approval_number}）")
    entity = await _chosen(session, folder, plan, record.entity_id)
    columns = record.model_dump() | {"entity_name": entity.name, "region": entity.region}
    if row is None:
        row, made = await enter_once(
            session, PlannedInspectionRow, id_, record, unit=plan.unit, year=plan.year, **columns
        )
        if made:
            announce(session, claims, "planned_inspection.listed", id_, row.region)
        return row
    if row.region != entity.region:
        announce(session, claims, "planned_inspection.left", id_, row.region)
    for name, value in columns.items():
        setattr(row, name, value)
    row.fingerprint = mark
    announce(session, claims, "planned_inspection.changed", id_, row.region)
    await session.flush()
    return row


async def _chosen(session: AsyncSession, folder: Path, plan: PlanRow, entity_id: UUID) -> EntityRow:
    entity = await ledger.entity(session, entity_id)
    require_complete(entity.name, entity.missing, ledger_dictionary(folder).label)
    require_operating(entity.name, entity.op_status)
    if not await _within(session, plan.region, entity.region):
        raise Malformed(f"{entity.name}不在该计划的区划 {plan.region} 内")
    return entity


async def _within(session: AsyncSession, region: str, other: str) -> bool:
    """Whether a place lies in a region, or in one for which its unit carries on (承接)."""
    if covers(region, other):
        return True
    return (await successions(session, SuccessionRow)).covers(region, other, today())


async def count_done(session: AsyncSession, claims: Claims, id_: UUID) -> PlannedInspectionRow:
    """Announce that a planned inspection was carried out once more (计划完成情况).

    Call it in the transaction that issues an inspection's 现场检查记录. The count itself is read
    from inspections and their records whenever it is asked for.
    """
    row = await queries.planned_inspection(session, id_)
    done = (await queries.wire_one(session, row)).done
    announce(session, claims, "planned_inspection.done", id_, row.region, done=done)
    return row
