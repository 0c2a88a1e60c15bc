"""Proposing values for the ledger, and deciding on them (补充台账、核定补充)."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.entity import LedgerDictionary
from lawbook.proposal import Basis, proposed_value, require_source, taken_at_once
from services.kit.claims import Claims
from services.kit.once import enter_once, entered
from services.kit.problems import Conflict, Malformed, NotFound
from services.ledger_svc.entities import commands as entities
from services.ledger_svc.entities import queries
from services.ledger_svc.entities.schemas import EntityRecord
from services.ledger_svc.entities.tables import EntityRow
from services.ledger_svc.proposals.schemas import DecisionBody, ProposalBody
from services.ledger_svc.proposals.tables import ProposalRow
from services.ledger_svc.rows import announce

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"


class EntityChanged(Conflict):
    """A decision made of a plant as it was, not as it is."""

    code, title = "entity-changed", "企业台账在此期间已有变更"
    next_step = "刷新后按现在的值再核定"


class AlreadyDecided(Conflict):
    """A second decision that is not the first."""

    code, title = "proposal-decided", "该项补充已经核定"
    next_step = "刷新后查看核定结果；需要更改的，在企业台账中修改"


async def propose(
    session: AsyncSession, claims: Claims, dictionary: LedgerDictionary, body: ProposalBody
) -> ProposalRow:
    """Take a proposal (补充台账): over at once where the ledger has nothing, else the office decides.

    The same proposal again changes nothing. Refuses ValueNotFit, SourceUnknown; NotFound when the
    plant is out of sight.
    """
    said = body.model_dump(mode="json", exclude_unset=True)
    known = await entered(session, ProposalRow, body.id, said)
    if known is not None:
        return known
    value = proposed_value(dictionary, body.field, body.new_value)
    source = require_source(body.source, body.source_note)
    entity = await _locked(session, body.entity_id)
    basis = taken_at_once(entity.values.get(body.field, ""), value)
    row, made = await enter_once(
        session, ProposalRow, body.id, said,
        region=entity.region, entity_id=entity.id, entity_name=entity.name, field=body.field,
        old_value=body.old_value, new_value=value, source=source, source_note=body.source_note,
        evidence_sha256=body.evidence_sha256, officer=claims.who, officer_name=claims.name,
        device=body.device, written_at=body.written_at, state=WAITING,
    )  # fmt: skip
    if not made:
        return row
    if basis is not None:
        await _take_over(session, claims, dictionary, row, basis)
    announce(session, claims, "proposal.made", row.id, row.region, field=row.field, state=row.state)
    await session.flush()
    return row


async def decide(
    session: AsyncSession, claims: Claims, dictionary: LedgerDictionary, id_: UUID,
    body: DecisionBody,
) -> ProposalRow:  # fmt: skip
    """Accept a proposal that waits, or decline it with a reason (核定补充). Again: the same answer."""
    # The plant first, as `propose` does: two who lock the same rows lock them in the same order.
    entity_id = await session.scalar(select(ProposalRow.entity_id).where(ProposalRow.id == id_))
    if entity_id is None:
        raise NotFound("未找到该项台账补充，或不在您的管辖范围内")
    entity = await session.get(EntityRow, entity_id, with_for_update=True)
    row = await session.get(ProposalRow, id_, with_for_update=True, populate_existing=True)
    assert row is not None
    state, reason = (ACCEPTED if body.accepted else DECLINED), body.reason or None
    if row.state != WAITING:
        if (row.state, row.basis, row.reason, row.decided_by) == (
            state, Basis.DECIDED, reason, claims.who,
        ):  # fmt: skip
            return row
        raise AlreadyDecided()
    if body.accepted:
        if entity is None:
            raise NotFound("未找到该企业，或不在您的管辖范围内")
        if entity.version != body.version:
            raise EntityChanged(f"核定时所见为第 {body.version} 版，现为第 {entity.version} 版")
        await _take_over(session, claims, dictionary, row, Basis.DECIDED)
    elif not reason:
        raise Malformed("不采纳时应写明原因", errors=[{"at": "/body/reason", "reason": "缺少此项"}])
    else:
        row.state, row.basis = DECLINED, Basis.DECIDED
        row.decided_at = await session.scalar(select(func.now()))
    row.reason, row.decided_by, row.decided_by_name = reason, claims.who, claims.name
    announce(session, claims, "proposal.decided", row.id, row.region, state=row.state)
    await session.flush()
    return row


async def _locked(session: AsyncSession, id_: UUID) -> EntityRow:
    """The plant, so that of two who fill one empty field the second sees what the first filled in."""
    found = await session.get(EntityRow, id_, with_for_update=True, populate_existing=True)
    return found or await queries.one(session, id_)


async def _take_over(
    session: AsyncSession, claims: Claims, dictionary: LedgerDictionary, row: ProposalRow,
    basis: Basis,
) -> None:  # fmt: skip
    """The value into the plant, by the door through which the office enters one."""
    record = EntityRecord(values={row.field: row.new_value})
    entity = await entities.enter(session, claims, dictionary, row.entity_id, record)
    row.state, row.basis, row.entity_version = ACCEPTED, basis, entity.version
    row.entity_name = entity.name
    row.decided_at = await session.scalar(select(func.now()))
