"""What is due for the person asking (待办清单), by urgency; what is overdue also at the supervisor."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.act import Power
from lawbook.penalty.stages import TITLES, Stage
from services.case_svc.carrying_on import units_of
from services.case_svc.cases.queries import today, tone_at
from services.case_svc.cases.schemas import WorkItem, WorkList
from services.case_svc.cases.tables import NEVER as LAST
from services.case_svc.cases.tables import CaseDutyRow, CaseRow
from services.case_svc.cases.world import law
from services.case_svc.delegations.commands import standing_in
from services.kit.claims import Claims
from services.kit.pages import next_cursor, read_key

SUPERVISE = (Power.ENDORSE, Power.APPROVE)
NEVER = date(9999, 12, 31)
"""Where what has no last day is sorted."""


def _mine(claims: Claims, held: Collection[str]) -> ColumnElement[bool]:
    """Of a handler's own cases all that is theirs or the party's; of the unit what a capacity has."""
    duty = CaseDutyRow
    ways: list[ColumnElement[bool]] = [
        and_(
            duty.handlers.contains([claims.who]),
            or_(duty.power == Power.HANDLE.value, duty.power.is_(None)),
        )
    ]
    if held:
        ways.append(and_(duty.power.in_(held), duty.person.in_(("", claims.who))))
    return or_(*ways)


def _escalated(claims: Claims, on: date) -> ColumnElement[bool]:
    """Overdue in the unit of who supervises; what nobody has to do is not escalated."""
    duty = CaseDutyRow
    if not any(power in claims.permissions for power in SUPERVISE):
        return false()
    late = or_(duty.due_on < on, duty.due_at < func.now())
    return and_(late, duty.waiting.is_(False), duty.power.is_not(None))


def _advising(held: Collection[str]) -> ColumnElement[bool]:
    """What waits for the head on a form: who endorses or reviews is asked for an opinion on its way."""
    if not {Power.ENDORSE.value, Power.REVIEW.value} & set(held):
        return false()
    return and_(CaseDutyRow.power == Power.APPROVE.value, CaseDutyRow.form != "")


def _of_units(units: tuple[str, ...]) -> ColumnElement[bool]:
    """One unit, nearly always: its index then gives the first page in order."""
    return CaseDutyRow.unit == units[0] if len(units) == 1 else CaseDutyRow.unit.in_(units)


async def work_list(
    session: AsyncSession, claims: Claims, folder: Path, *, after: str | None, limit: int,
    advising: bool = False,
) -> WorkList:  # fmt: skip
    """What is due for the caller, the most urgent first.

    advising: instead, what is with the head and asks an opinion of the section or the reviewer.
    """
    duty, on, world, now = CaseDutyRow, today(), law(folder).world, datetime.now(UTC)
    powers = [
        power.value for power in Power if power in claims.permissions and power != Power.HANDLE
    ]
    powers += [one for one in await standing_in(session, claims, on) if one not in powers]
    # Spelled as its index is, so that the first page reads no more than it shows.
    due = func.coalesce(duty.due_on, literal_column(LAST, Date))
    wanted = (
        select(duty, CaseRow)
        .join(CaseRow, CaseRow.id == duty.case_id)
        # The unit first: of the rest PostgreSQL uses no index under row-level security.
        .where(
            _of_units(await units_of(session, claims)),
            _advising(powers) if advising else or_(_mine(claims, powers), _escalated(claims, on)),
        )
        .order_by(due, duty.case_id, duty.place)
        .limit(limit + 1)
    )
    if key := read_key(after, date.fromisoformat, UUID, int):
        wanted = wanted.where(tuple_(due, duty.case_id, duty.place) > tuple_(*key))
    found = [(one[0], one[1]) for one in await session.execute(wanted)]
    more, found = len(found) > limit, found[:limit]
    items = []
    for one, case in found:
        tone, told = tone_at(one.due_on, one.due_at, now, world)
        own = one.power in (None, Power.HANDLE.value) and claims.who in one.handlers
        held = one.power in powers
        items.append(
            WorkItem(
                case_id=case.id, number=case.number, case_name=case.name, stage=Stage(case.stage),
                stage_title=TITLES[Stage(case.stage)], handlers=case.handlers, name=one.name,
                title=one.title, law=one.law, act=one.act, due_on=one.due_on, due_at=one.due_at, tone=tone, told=told,
                verified=one.verified, waiting=one.waiting, unknown=one.unknown,
                form=one.form, opener=one.opener, acts=case.acts,
                escalated=not own and not held and not advising,
            )
        )  # fmt: skip
    last = found[-1][0] if found else None
    following = (
        next_cursor(last.due_on or NEVER, last.case_id, last.place) if more and last else None
    )
    return WorkList(items=items, next=following)
