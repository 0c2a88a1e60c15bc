"""Reading cases; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, tuple_, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lawbook.clock import urgency
from lawbook.days import UnknownYear
from lawbook.penalty.act import BEIJING
from lawbook.penalty.duties import Duty, duties
from lawbook.penalty.facts import facts
from lawbook.penalty.judging import next_acts
from lawbook.penalty.kind import REGISTRY, World
from lawbook.penalty.stages import FINAL, TITLES, Stage
from lawbook.succession import Succession
from services.case_svc.carrying_on import in_whose_name, succeeding
from services.case_svc.cases import people
from services.case_svc.cases.at_site import with_visit
from services.case_svc.cases.papers import with_papers
from services.case_svc.cases.reading import act_rows, folded, one
from services.case_svc.cases.schemas import (
    ActTold,
    Case,
    CasePage,
    CaseState,
    CaseSummary,
    DayOfDeadline,
    DutyTold,
    OfferTold,
    RefusalTold,
)
from services.case_svc.cases.tables import CaseActRow, CaseLinkRow, CaseRow
from services.case_svc.cases.world import law
from services.case_svc.ledger_mirror.tables import UnitRow
from services.case_svc.rows import SCHEMA
from services.kit.claims import Claims
from services.kit.pages import next_cursor, read_key
from services.kit.pulls import Pull

PULL = Pull(
    "case",
    SCHEMA,
    f"""select id, json_build_object('id', id, 'region', region, 'unit', unit,
        'entity_id', entity_id, 'party_name', party_name, 'number', number, 'name', name,
        'cause', cause, 'stage', stage, 'decided_on', decided_on, 'penalties', penalties,
        'fine', fine, 'outstanding', outstanding)::text as line
    from {SCHEMA}.case cross join lateral (
        select body -> 'said' -> 'penalties' as penalties from {SCHEMA}.case_act
        where case_id = "case".id and kind = 'decide' order by seq desc limit 1) as decision
    where decided_on is not null and entity_id is not null""",
)
"""Plants' cases whose decision to punish is in force; one that fell is told as removed."""


SOON_DAYS = 7
"""Days, not working days, within which something is urgent in a year not announced."""


def today() -> date:
    """The day in Beijing."""
    return datetime.now(UTC).astimezone(BEIJING).date()


def tone_of(due_on: date | None, on: date, world: World) -> tuple[str | None, str | None]:
    """How urgent a last day is, and in words; nothing without one or where it cannot be told."""
    if due_on is None:
        return None, None
    try:
        found = urgency(due_on, on, world.calendar)
    except UnknownYear:
        # Working days cannot be counted there; so many days are left whatever they are.
        left = (due_on - on).days
        return ("soon" if left <= SOON_DAYS else "later"), f"还有 {left} 日"
    return found.tone, found.told


def tone_at(
    due_on: date | None, due_at: datetime | None, now: datetime, world: World
) -> tuple[str | None, str | None]:
    """As `tone_of`; where the law counts hours, by the moment."""
    if due_at is None:
        return tone_of(due_on, now.astimezone(BEIJING).date(), world)
    left = due_at - now
    until = f"{due_at.astimezone(BEIJING):%m月%d日 %H:%M}"
    if left < timedelta(0):
        hours = -left // timedelta(hours=1)
        late = f"{hours} 小时" if hours < 48 else f"{hours // 24} 日"
        return "overdue", f"已于 {until} 届满，逾期 {late}"
    return "today", f"{until} 届满，还有 {left // timedelta(hours=1)} 小时"


def summary(row: CaseRow, world: World, on: date) -> CaseSummary:
    """A case as lists show it."""
    stage = Stage(row.stage)
    plain = {name: getattr(row, name) for name in CaseSummary.model_fields if hasattr(row, name)}
    tone, _ = tone_of(row.next_due_on, on, world)
    return CaseSummary(**plain | {"stage": stage, "stage_title": TITLES[stage], "tone": tone})


async def page(
    session: AsyncSession, folder: Path, *, q: str | None, stage: Stage | None, unit: str | None,
    handler: str | None, procedure: str | None, offence: str | None, entity: UUID | None,
    linked: UUID | None,
    open_only: bool, year: int | None, due_by: date | None, after: str | None, limit: int,
) -> CasePage:  # fmt: skip
    """Cases that fit every filter, the newest first. `q`: part of number, name, party or code.

    `linked`: those of one matter with this case, itself left out.
    `year`: in which it was begun, by the days of Beijing. `due_by`: the latest day for what is due next.
    """
    row = CaseRow
    wanted = select(row).order_by(row.opened_at.desc(), row.id.desc()).limit(limit + 1)
    if q:
        # One column of all that is looked for: four comparisons took four times as long.
        like = f"%{q.replace('%', '').replace('_', '')}%"
        wanted = wanted.where(or_(row.search.like(like), row.number.like(like)))
    if linked is not None:
        wanted = wanted.where(_of_one_matter(linked), row.id != linked)
    if open_only:
        wanted = wanted.where(row.stage.not_in([stage.value for stage in FINAL]))
    if year is not None:
        first, next_ = (datetime(one, 1, 1, tzinfo=BEIJING) for one in (year, year + 1))
        wanted = wanted.where(row.opened_at >= first, row.opened_at < next_)
    if due_by is not None:
        wanted = wanted.where(row.next_due_on <= due_by)
    if procedure:
        wanted = wanted.where(row.procedure.startswith(f"{procedure}@", autoescape=True))
    for column, value in ((row.stage, stage), (row.unit, unit), (row.entity_id, entity)):
        if value is not None:
            wanted = wanted.where(column == value)
    for listed, one_of in ((row.handlers, handler), (row.offences, offence)):
        if one_of is not None:
            wanted = wanted.where(listed.contains([one_of]))
    if key := read_key(after, datetime.fromisoformat, UUID):
        wanted = wanted.where(tuple_(row.opened_at, row.id) < tuple_(*key))
    rows = list(await session.scalars(wanted))
    more, rows = len(rows) > limit, rows[:limit]
    world, on = law(folder).world, today()
    return CasePage(
        items=[summary(found, world, on) for found in rows],
        next=next_cursor(rows[-1].opened_at.isoformat(), rows[-1].id) if more else None,
    )


def _of_one_matter(id_: UUID) -> ColumnElement[bool]:
    """Cases that a case names, that name it, or that name one that it names."""
    link, its = CaseLinkRow, aliased(CaseLinkRow)
    named = select(its.named).where(its.case_id == id_)
    return CaseRow.id.in_(
        union(
            named,
            select(link.case_id).where(link.named == id_),
            select(link.case_id).where(link.named.in_(named)),
        )
    )


async def whole(session: AsyncSession, claims: Claims, folder: Path, id_: UUID) -> Case:
    """Everything that the page of a case needs, as of today and for the caller."""
    row = await one(session, id_)
    rows = await act_rows(session, id_)
    case, on = folded(rows), today()
    world = await with_papers(session, row, law(folder).world)
    world = await with_visit(session, row, world)
    if await succeeding(session, claims, row.unit):
        world = replace(world, successors=frozenset((claims.unit,)))
    who = await people.who_asks(session, claims, on)
    officers = await people.handlers(session, case.handlers, case.unit)
    code, taken_over = await in_whose_name(session, row.unit)
    unit = await session.get(UnitRow, code)
    told = {"name": unit.name, "code": unit.code, "region": unit.short_name} if unit else {}
    due = () if case.stage in FINAL else duties(case, world)
    return Case(
        **summary(row, world, on).model_dump(),
        unit_name=await _named(session, row.unit, code, taken_over),
        timeline=[_act(act) for act in rows],
        duties=[_duty(duty, world) for duty in due],
        offers=[
            OfferTold(
                kind=offer.kind.code, title=offer.kind.title, law=offer.kind.law,
                power=offer.kind.power.value, verified=offer.kind.verified, lawful=offer.lawful,
                refusals=[RefusalTold.model_validate(why.problem()) for why in offer.refusals],
            )
            for offer in next_acts(case, who, on, world, officers)
        ],
        facts=facts(case, row.number, told),
    )  # fmt: skip


async def _named(
    session: AsyncSession, filed_by: str, code: str, taken_over: Succession | None
) -> str:
    """The unit that handles a case, and where that is another, for whom it carries on."""
    names = {
        one: row.name if (row := await session.get(UnitRow, one)) else one
        for one in dict.fromkeys((code, filed_by))
    }
    if taken_over is None:
        return names[code]
    return f"{names[code]}（{taken_over.notice}原{names[filed_by]}的职责）"


def _act(row: CaseActRow) -> ActTold:
    body = row.body
    return ActTold(
        id=row.id, seq=row.seq, kind=row.kind, title=REGISTRY[row.kind].title, at=row.done_at,
        by=row.done_by, by_name=body["by"]["name"], officers=body["officers"], said=body["said"],
        rules=body["rules"], late_reason=body.get("late", ""), prev=row.prev, link=row.link,
        received_at=row.received_at,
    )  # fmt: skip


def _duty(duty: Duty, world: World) -> DutyTold:
    tone, told = tone_at(duty.due_on, duty.due_at, datetime.now(UTC), world)
    days = duty.explained.days if duty.explained else ()
    return DutyTold(
        name=duty.name, title=duty.title, law=duty.law, power=duty.power, person=duty.person,
        act=duty.act, opened_on=duty.opened_on, due_on=duty.due_on, due_at=duty.due_at, tone=tone, told=told,
        verified=duty.verified, waiting=duty.waiting, stands=duty.stands, unknown=duty.unknown,
        form=duty.form, opener=duty.opener,
        days=[DayOfDeadline(on=one.on, counted=one.counted, reason=one.reason) for one in days],
    )  # fmt: skip


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed: what a case is, without what urgency says of it today."""
    found = await session.scalars(select(CaseRow).where(CaseRow.id.in_(ids)))
    return {str(row.id): CaseState.model_validate(row).model_dump(mode="json") for row in found}
