"""Beginning a case and acting in it (立案、办案): the lawbook judges, an act is added, the cache follows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.act import BEIJING, START, Act, link_of
from lawbook.penalty.case import Case
from lawbook.penalty.judging import judge
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.refusals import DayAhead
from lawbook.penalty.refusals.acting import NotYourPower, OtherUnit
from lawbook.penalty.tables import in_force
from paper.template import CASE
from services.case_svc.carrying_on import in_whose_name, succeeding
from services.case_svc.cases import caching, people, reading
from services.case_svc.cases.at_site import follow_here, with_visit
from services.case_svc.cases.carrying import carried
from services.case_svc.cases.correction import put_off
from services.case_svc.cases.fined import with_fines
from services.case_svc.cases.papers import CLOSING, with_papers
from services.case_svc.cases.refusals import ActRefused, CaseMovedOn, SealTheFile, SourceUnknown
from services.case_svc.cases.schemas import CaseBody
from services.case_svc.cases.shapes import ActBody, said_of
from services.case_svc.cases.tables import CaseActRow, CaseLinkRow, CaseRow
from services.case_svc.cases.world import Law, law
from services.case_svc.delegations.commands import require_deputy, standing_in
from services.case_svc.ledger_mirror import queries as ledger
from services.case_svc.numbers.commands import next_of_series
from services.case_svc.numbers.refusals import UnitSucceeded
from services.case_svc.rows import SuccessionRow, announce
from services.kit.claims import Claims
from services.kit.once import enter_once, entered
from services.kit.problems import DifferentContent, Forbidden
from services.kit.successions import require_reach

SERIES = CASE
"""The series of numbers from which cases take theirs (文号序列)."""
AHEAD = timedelta(minutes=5)
"""By how much a caller's clock may be ahead of ours."""


async def begin(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, body: CaseBody
) -> CaseRow:
    """Begin a case (提请立案、当场查处); the same again changes nothing."""
    if known := await entered(session, CaseRow, id_, body):
        return known
    if not claims.unit:
        raise Forbidden("该帐号不属于任何执法单位，不能立案")
    not_ahead(body.at)
    rules = law(folder)
    said, inspection, entity = await carried(session, folder, body)
    pinned = in_force(body.procedure, body.at.astimezone(BEIJING).date())
    said |= {"procedure": pinned.ref, "unit": claims.unit}
    region = entity.region if entity else body.region or claims.region
    await require_reach(session, SuccessionRow, claims, region)
    said["region"] = region
    numbers = body.officers or (inspection.officers if inspection else [])
    kind = _beginning(body)
    act = Act(
        str(uuid5(id_, kind)), kind, body.at,
        await people.who_asks(session, claims, body.at.astimezone(BEIJING).date()),
        await people.handlers(session, numbers, claims.unit), said, _rules(pinned.ref, rules),
        body.late_reason or "",
    )  # fmt: skip
    rules = await with_fines(
        session, rules, id_, inspection.id if inspection else None, said.get("party") or {}
    )
    case = _taken(Case(pinned), act, rules)
    linked = await _linked(session, body.linked)
    row, made = await enter_once(
        session, CaseRow, id_, body, region=region, unit=claims.unit, opened_at=body.at,
        inspection_id=body.inspection_id, entity_id=entity.id if entity else None,
        number=None, sequence=None, link=START,
        **caching.columns(case, rules),
    )  # fmt: skip
    if made:
        session.add_all(CaseLinkRow(case_id=id_, named=one, region=region) for one in linked)
        if body.procedure == "summary":
            act = await _number(session, claims, row, act, rules)
            case = Case(pinned).after(act)
        await _add(session, claims, row, case, act, body, rules)
    return row


async def _linked(session: AsyncSession, ids: Sequence[UUID]) -> list[UUID]:
    """The cases that belong to the same matter, each in the caller's sight. SourceUnknown."""
    for id_ in ids:
        if await session.get(CaseRow, id_) is None:
            raise SourceUnknown(f"没有相关案件 {id_}，或不在您的管辖范围内")
    return list(dict.fromkeys(ids))


def _beginning(body: CaseBody) -> str:
    if body.procedure == "summary":
        return "begin-summary"
    return "supplement-filing" if body.investigated_from else "propose-filing"


async def act(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, act_id: UUID, body: ActBody,
    *, sealing: bool = False,
) -> CaseRow:  # fmt: skip
    """Act in a case (办理); the same again changes nothing. CaseMovedOn when somebody was first.

    sealing: the act `archive` is done by sealing the file, and not otherwise (SealTheFile).
    """
    row = await reading.one(session, id_, lock=True)
    known = await entered(session, CaseActRow, act_id, body)
    if known is not None:
        if known.case_id != id_:
            raise DifferentContent(f"编号 {act_id} 已登记在另一案件")
        return row
    if body.after != row.acts:
        raise CaseMovedOn(
            f"您看到的是第 {body.after} 个办案行为之后的案件，现已有 {row.acts} 个", now_of(row)
        )
    not_ahead(body.at)
    rules = law(folder)
    if getattr(body, "kind", "") in CLOSING:
        rules = replace(rules, world=await with_papers(session, row, rules.world))
    basis = ""
    if taken_over := await succeeding(session, claims, row.unit):
        ours = frozenset((claims.unit,))
        rules = replace(rules, world=replace(rules.world, successors=ours))
        basis = f" succession:{taken_over.id}"
    rules = replace(rules, world=await with_visit(session, row, rules.world))
    case = reading.folded(await reading.act_rows(session, id_))
    if getattr(body, "kind", "") == "notify-penalty":
        rules = await with_fines(session, rules, id_, row.inspection_id, case.party)
    done = await _act(
        session, claims, case, act_id, body, _rules(case.procedure.ref, rules) + basis
    )
    after = _taken(case, done, rules)
    if done.kind == "archive" and not sealing:
        raise SealTheFile
    if done.kind == "approve-filing" and row.number is None:
        done = await _number(session, claims, row, done, rules)
        after = case.after(done)
    await _add(session, claims, row, after, done, body, rules)
    await put_off(session, claims, row, after, done)
    await follow_here(session, claims, row, done)
    return row


async def _act(
    session: AsyncSession, claims: Claims, case: Case, act_id: UUID, body: ActBody, rules: str
) -> Act:
    told: Any = body
    kind = REGISTRY[told.kind]
    numbers = body.officers or (list(case.handlers) if kind.together else [])
    on = body.at.astimezone(BEIJING).date()
    if kind.power not in claims.permissions:
        given = (await standing_in(session, claims, on)).get(kind.power)
        rules += f" delegation:{given}" if given else ""
    if kind.code == "delegate":
        said: Any = told.said
        await require_deputy(session, said.to, claims.unit, said.from_, said.until)
    return Act(
        str(act_id), kind.code, body.at, await people.who_asks(session, claims, on),
        await people.handlers(session, numbers, claims.unit) if kind.together else (),
        said_of(told.said), rules, body.late_reason or "",
    )  # fmt: skip


def _rules(procedure: str, rules: Law) -> str:
    return f"{procedure} {rules.world.norms.ref} calendar:{rules.calendar[:12]}"


def _taken(case: Case, act: Act, rules: Law) -> Case:
    """The case with this act, or everything that the law has against it."""
    found = judge(case, act, rules.world)
    for refusal in found:
        if isinstance(refusal, NotYourPower | OtherUnit):
            raise Forbidden(refusal.detail)
    if found:
        raise ActRefused(found)
    return case.after(act)


def not_ahead(at: datetime) -> None:
    """Refuse what is told of a moment that has not come: DayAhead."""
    if at > datetime.now(UTC) + AHEAD:
        raise DayAhead("办理时间晚于服务器的时间")


async def _number(session: AsyncSession, claims: Claims, row: CaseRow, act: Act, rules: Law) -> Act:
    """Give the case its number, in the transaction of the act that files it.

    Of the unit that carries on, where the one that proposed it is no more.
    """
    bearer, _ = await in_whose_name(session, row.unit)
    if bearer not in (row.unit, claims.unit):
        raise UnitSucceeded
    unit = await ledger.unit(session, bearer)
    number, sequence = await next_of_series(
        session, claims, unit, SERIES, rules.numbering, act.on.year, row.id, act.at
    )
    row.number, row.sequence = number, sequence
    said = {**act.said, "number": number}
    return replace(act, said=said)


async def _add(
    session: AsyncSession, claims: Claims, row: CaseRow, case: Case, act: Act, body: Any, rules: Law,  # noqa: ANN401
) -> None:  # fmt: skip
    """Add the act to the chain, and keep what the acts now justify."""
    prev, plain = row.link, act.plain()
    made, _ = await enter_once(
        session, CaseActRow, UUID(act.id), body, case_id=row.id, region=row.region,
        seq=len(case.acts), kind=act.kind, done_at=act.at, done_by=act.by.number, body=plain,
        prev=prev, link=link_of(str(row.id), prev, act),
    )  # fmt: skip
    row.link, row.changed_at = made.link, datetime.now(UTC)
    await caching.keep(session, row, case, rules)
    announce(session, claims, f"case.{act.kind.replace('-', '_')}", row.id, row.region, act=act.id)
    await session.flush()


def now_of(row: CaseRow) -> dict[str, Any]:
    """What a case is now, for who came too late."""
    return {
        "id": str(row.id), "stage": row.stage, "acts": row.acts, "number": row.number,
        "link": row.link, "changed_at": row.changed_at.astimezone(UTC).isoformat(),
    }  # fmt: skip
