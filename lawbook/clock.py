"""The statutory clock (法定期限): a budget of days, and a ledger of what stopped or lengthened it.

A deadline is never stored: it follows from the day on which the period opened, the pauses that the
law allows (检测、鉴定时间不计入) and the extensions that were approved, by the calendar as it was
announced. `Deadline.days` tells of every day whether it counted, and why not (为什么是这一天).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lawbook.days import Calendar, DayTold, Deadline, Period, Unit, ended, rolled, run_on
from lawbook.refusal import Refusal

SOON = 3
"""Working days before the last one from which a deadline is urgent."""


class NotExtendable(Refusal):
    """An extension that came after the period was over, or more often than the law lets."""

    code = "deadline-not-extendable"
    title = "期限不能延长"
    law = "行政处罚法 §60、行政强制法 §25"
    next_step = "按照已届满的期限作出处理决定"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which the clock stands (期限中止、不计入): from a day until the clock runs again.

    `until` is the first day that counts again; None while it stands. From and until the same day:
    nothing is paused.
    """

    since: date
    until: date | None
    why: str
    law: str

    def covers(self, day: date) -> bool:
        """Whether the clock stands on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Extension:
    """More days, approved while the period still ran (延长)."""

    length: int
    unit: Unit
    approved_on: date
    law: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A period that opened on a day, with its pauses and extensions in the order approved."""

    period: Period
    opened_on: date
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()

    def deadline(self, calendar: Calendar) -> Deadline | None:
        """The last day, explained; None while a pause has no end.

        Refuses NotExtendable for an extension approved after the day until which the period ran;
        UnknownYear when a day lies in a year whose holidays are not announced.
        """
        return _deadline(self, calendar)

    def _paused(self, day: date) -> str | None:
        return next((pause.why for pause in self.pauses if pause.covers(day)), None)

    def stands(self, today: date) -> str | None:
        """Why the clock stands today, or None when it runs."""
        return self._paused(today)


@lru_cache(maxsize=256)
def _deadline(clock: Clock, calendar: Calendar) -> Deadline | None:
    """Told once for the many who ask: a page of a case asks for each of its deadlines five times."""
    if any(pause.until is None for pause in clock.pauses):
        return None
    told = [DayTold(clock.opened_on, None, "开始的当日不计入")]
    laws = [clock.period.law]
    run_on(told, clock.period.length, clock.period.unit, calendar, clock._paused)
    for extension in clock.extensions:
        if extension.approved_on > _last(told, calendar):
            raise NotExtendable(
                f"延长于 {extension.approved_on} 批准，期限已于 {_last(told, calendar)} 届满"
            )
        run_on(told, extension.length, extension.unit, calendar, clock._paused)
        laws.append(extension.law)
    laws += [pause.law for pause in clock.pauses]
    due, moved = ended(told, clock.period, calendar)
    return Deadline(due, tuple(told), "、".join(dict.fromkeys(laws)), moved)


def _last(told: Sequence[DayTold], calendar: Calendar) -> date:
    """Where the period would end as told so far; extensions of old that came on the day moved to stand."""
    return rolled(list(told), calendar)


@dataclass(frozen=True, slots=True)
class Urgency:
    """How a deadline stands on a day: working days left (0 on the last), or days over."""

    due_on: date
    left: int
    overdue: int

    @property
    def tone(self) -> str:
        """overdue, today, soon or later: how it is shown."""
        if self.overdue:
            return "overdue"
        return "today" if self.left == 0 else "soon" if self.left <= SOON else "later"

    @property
    def told(self) -> str:
        """In words."""
        if self.overdue:
            return f"已逾期 {self.overdue} 日"
        return "今日届满" if self.left == 0 else f"还有 {self.left} 个工作日"


def urgency(due_on: date, today: date, calendar: Calendar) -> Urgency:
    """How urgent a deadline is today. UnknownYear outside the announced years."""
    if today > due_on:
        return Urgency(due_on, 0, (today - due_on).days)
    days = range(1, (due_on - today).days + 1)
    left = sum(calendar.is_working(today + timedelta(n)) for n in days)
    return Urgency(due_on, left, 0)


def before(event_on: date, length: int, calendar: Calendar) -> date:
    """The last day to notify of an event `length` working days ahead (听证的七个工作日前).

    Neither the day of the notice nor that of the event counts.
    """
    day, left = event_on, length
    while left:
        day -= timedelta(1)
        left -= calendar.is_working(day)
    day -= timedelta(1)
    while not calendar.is_working(day):
        day -= timedelta(1)
    return day


def earliest_after(notified_on: date, length: int, calendar: Calendar) -> date:
    """The first working day on which an event may be held that was announced on a day (最早的听证日).

    The reverse of `before`: that day's last day of notice is not before the notice. UnknownYear.
    """
    day = notified_on + timedelta(length)
    while not calendar.is_working(day) or before(day, length, calendar) < notified_on:
        day += timedelta(1)
    return day
