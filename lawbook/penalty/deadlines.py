"""The clocks of a case (案件的期限): which acts opened, stopped, lengthened and closed them.

No deadline is stored: each follows from the acts and the calendar as announced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from lawbook.clock import Clock, Extension, Pause
from lawbook.days import Calendar, DayTold, Deadline, Period, Unit, UnknownYear
from lawbook.limits import HOURS, LIMITS, SEALING_EXTENSION, Hours, Limit
from lawbook.penalty.act import BEIJING, Act
from lawbook.penalty.case import Case
from lawbook.penalty.kind import Closes, Reopens, kind_of
from lawbook.penalty.matters import MATTERS
from lawbook.penalty.targets import enter, entered, read

MORE_LIMITS: Mapping[str, Limit] = {
    "approve-filing": Limit(
        "审批立案", "提请立案", "负责人", Period(7, Unit.WORKING_DAYS, "行政处罚法 §54"), verified=False
    ),
    "approve-measure": Limit(
        "审批报批的事项", "报批", "负责人", Period(1, Unit.WORKING_DAYS, "行政处罚法 §56"),
        verified=False,
    ),
    "approve-report": Limit(
        "审批案件调查终结报告", "调查终结", "分管负责人", Period(3, Unit.WORKING_DAYS, "行政处罚法 §57"),
        verified=False,
    ),
    "approve-decision": Limit(
        "审批处理意见", "呈批", "负责人", Period(7, Unit.WORKING_DAYS, "行政处罚法 §57"), verified=False
    ),
    "approve-closing": Limit(
        "审批结案", "提请结案", "负责人", Period(7, Unit.WORKING_DAYS, "行政处罚法 §47"), verified=False
    ),
    "report-summary": Limit(
        "报所属行政机关备案", "作出当场处罚决定", "承办人", Period(2, Unit.WORKING_DAYS, "行政处罚法 §52(3)"),
        verified=False,
    ),
}  # fmt: skip
BY_THE_HOUR: Mapping[str, Hours] = {
    "make-up-sealing-approval": HOURS["backfill-coercion"],
    "send-transfer": HOURS["transfer-crime"],
}
"""Limits that end at a moment: so many hours after the act that opened them, whatever day it is."""
WHO: Mapping[str, str] = {
    "approve-filing": "case.approve", "approve-measure": "case.approve",
    "approve-report": "case.approve", "answer-correct-later": "case.approve",
    "approve-decision": "case.approve", "approve-closing": "case.approve",
    "legal-review": "case.review", "decide-transfer": "case.approve", "archive": "case.archive",
}  # fmt: skip
"""Whose duty a limit is, by capacity; else the handlers'."""
PARTYS = frozenset(
    (
        "request-hearing",
        "state-and-defend",
        "review",
        "litigate",
        "litigate-after-review",
        "appeal",
        "police-examine",
        "police-reconsider",
        "court-accepts",
        "higher-court-accepts",
        "higher-court-rules",
        "court-rules",
        "court-rules-after-hearing",
    )
)
"""Limits that run for the party, the police or the court: nobody of the bureau has to act."""
WAITING = PARTYS | {"demand-before-court"}
"""Limits whose end is waited for, not to be met."""


def limit_of(name: str) -> Limit:
    """The limit of this name; one by the hour as so many whole days. KeyError."""
    if hours := BY_THE_HOUR.get(name):
        days = Period(hours.hours // 24, Unit.CALENDAR_DAYS, hours.law)
        return Limit(hours.what, hours.event, hours.who, days)
    return entered(name) or LIMITS.get(name) or MORE_LIMITS[name]


def enter_targets(*contents: Mapping[str, Any]) -> None:
    """Take limits that are 待确认 from content files (`content/limits`). ContentError, and nothing is taken."""
    known, found = {**MORE_LIMITS, **LIMITS}, dict[str, Limit]()
    for content in contents:
        found |= read(content, known)
    enter(found)


@dataclass(frozen=True, slots=True)
class Running:
    """A limit that runs or ran in a case, from the act that opened it to the one that closed it."""

    name: str
    opener: str
    opened_on: date
    closed_on: date | None = None
    opened_at: datetime | None = None
    closed_by: str = ""
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def limit(self) -> Limit:
        """The rule."""
        return limit_of(self.name)

    @property
    def power(self) -> str | None:
        """In which capacity it is to be met; None when it runs for the party."""
        return None if self.name in PARTYS else WHO.get(self.name, "case.handle")

    @property
    def due_at(self) -> datetime | None:
        """The moment at which a limit by the hour ends; None for one that is counted in days."""
        hours = BY_THE_HOUR.get(self.name)
        if hours is None or self.opened_at is None:
            return None
        return self.opened_at + timedelta(hours=hours.hours)

    def deadline(self, calendar: Calendar) -> Deadline | None:
        """The last day, explained; None while it is paused. UnknownYear.

        Of a limit by the hour the day of its moment: no calendar is asked, hours run on holidays.
        """
        if self.due_at is not None:
            due = self.due_at.astimezone(BEIJING)
            hours = BY_THE_HOUR[self.name]
            told = f"{hours.hours} 小时，至 {due:%m月%d日 %H:%M} 止"
            days = (
                DayTold(self.opened_on, None, "自行为之时起算"),
                DayTold(due.date(), None, told),
            )
            return Deadline(due.date(), days, hours.law)
        clock = Clock(self.limit.period, self.opened_on, self.pauses, self.extensions)
        return clock.deadline(calendar)

    def due_on(self, calendar: Calendar) -> date | None:
        """The last day; None while it is paused or its year is not announced."""
        try:
            found = self.deadline(calendar)
        except UnknownYear:
            return None
        return found.due_on if found else None

    def over(self, on: date, calendar: Calendar) -> bool:
        """Whether a day lies after the last one. UnknownYear only when that cannot be told."""
        try:
            found = self.deadline(calendar)
        except UnknownYear:
            # However the days of that year fall, the end cannot come before so many days.
            months = self.limit.period.unit is Unit.MONTHS
            least = self.limit.period.length * (28 if months else 1)
            if on <= self.opened_on + timedelta(least):
                return False
            raise
        return found is not None and on > found.due_on


def running(case: Case) -> tuple[Running, ...]:
    """Every limit that the acts opened, in the order of opening."""
    # A case never changes, and a dozen guards ask: told once for each.
    known: tuple[Running, ...] | None = vars(case).get("running")
    if known is None:
        known = vars(case)["running"] = _run(case)
    return known


def _run(case: Case) -> tuple[Running, ...]:
    found: list[Running] = []
    seen = Case(case.procedure)
    for act in case.acts:
        kind = kind_of(act.kind)
        for closing in kind.closes:
            if closing.when is None or closing.when(seen, act):
                found = [_closed(one, closing, act, seen) for one in found]
        if (matter := MATTERS.get(act.kind)) and matter.own:
            found = [_answered(one, act, seen.one(one.opener)) for one in found]
        for again in kind.reopens:
            found = [_reopened(one, again, seen) for one in found]
        for name in kind.pauses:
            found = [_paused(one, name, act) for one in found]
        for name in kind.resumes:
            found = [_resumed(one, name, act) for one in found]
        for name in kind.extends:
            found = [_extended(one, name, act) for one in found]
        for opening in kind.opens:
            if opening.when is None or opening.when(seen, act):
                found.append(
                    Running(opening.limit, act.id, act.day(opening.since), opened_at=act.at)
                )
        seen = seen.after(act)
    return tuple(found)


def open_limits(case: Case) -> tuple[Running, ...]:
    """Those that no act has closed."""
    return tuple(one for one in running(case) if one.closed_on is None)


def open_limit(case: Case, name: str) -> Running | None:
    """The latest open one of this name."""
    return next((one for one in reversed(open_limits(case)) if one.name == name), None)


def _closed(one: Running, closing: Closes, act: Act, case: Case) -> Running:
    if one.name != closing.limit or one.closed_on is not None:
        return one
    opener, field = case.one(one.opener), closing.same
    if closing.meant and opener is not None and not closing.meant(case, act, opener):
        return one
    if field and opener is not None and opener.said.get(field) != act.said.get(field):
        return one
    named = act.said.get(closing.of) if closing.of else None
    if named and named != one.opener:
        return one
    return replace(one, closed_on=act.on, closed_by=act.id)


def _reopened(one: Running, again: Reopens, case: Case) -> Running:
    closer = case.one(one.closed_by) if one.name == again.limit and one.closed_by else None
    if closer is None or closer.kind != again.closer:
        return one
    return replace(one, closed_on=None, closed_by="")


def _answered(one: Running, act: Act, opener: Act | None) -> Running:
    """A request that the head answers by an act of his own (`matters.py`)."""
    asked = opener is not None and opener.said.get("measure") == act.kind
    if one.name != "approve-measure" or one.closed_on is not None or not asked:
        return one
    return replace(one, closed_on=act.on)


def _open(one: Running, name: str) -> bool:
    return one.name == name and one.closed_on is None


def _paused(one: Running, name: str, act: Act) -> Running:
    told = act.said.get("party_told") is not False  # 行政强制法 §25(3): in writing
    if not told or not _open(one, name) or any(pause.until is None for pause in one.pauses):
        return one
    why = str(act.said.get("reason") or "检测、检验、鉴定期间")
    law = str(act.said.get("law") or kind_of(act.kind).law)
    pause = Pause(act.day("since"), None, why, law)
    return replace(one, pauses=(*one.pauses, pause))


def _resumed(one: Running, name: str, act: Act) -> Running:
    if not _open(one, name):
        return one
    until = act.day("on")
    told = tuple(
        replace(pause, until=max(until, pause.since)) if pause.until is None else pause
        for pause in one.pauses
    )
    return replace(one, pauses=told)


def _extended(one: Running, name: str, act: Act) -> Running:
    if not _open(one, name) or (act.said.get("of") not in (None, one.opener)):
        return one
    length = int(act.said.get("days") or SEALING_EXTENSION)
    law = str(act.said.get("law") or kind_of(act.kind).law)
    more = Extension(length, Unit.CALENDAR_DAYS, act.on, law)
    return replace(one, extensions=(*one.extensions, more))
