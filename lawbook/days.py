"""Periods and days (期间、工作日): 行政处罚法 §85, 行政强制法 §69.

The calendar is data, from the State Council's yearly notice; a year that has not been announced is
a refusal, never a guess.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from lawbook.content import need
from lawbook.refusal import Refusal


class UnknownYear(Refusal):
    """A day in a year whose holidays have not been announced."""

    code = "calendar-not-announced"
    title = "该年度放假安排尚未公布，期限无法计算"
    law = "行政处罚法 §85"
    next_step = "放假安排公布后更新 content/calendars，再行计算"


class Calendar:
    """Which days are worked: weekdays, less holidays, and the weekend days worked in exchange."""

    def __init__(
        self, years: Iterable[int], holidays: Mapping[date, str], workdays: Mapping[date, str]
    ) -> None:
        self.years, self._holidays, self._workdays = frozenset(years), holidays, workdays

    @classmethod
    def from_content(cls, *calendars: Mapping[str, Any]) -> Self:
        """From the dictionaries of `content/calendars/*.toml`."""
        years: list[int] = []
        holidays: dict[date, str] = {}
        workdays: dict[date, str] = {}
        for calendar in calendars:
            years.append(int(need(dict(calendar), "year", "calendar")))
            for span in calendar.get("holiday", ()):
                day = span["from"]
                while day <= span["to"]:
                    holidays[day] = span["name"]
                    day += timedelta(1)
            for span in calendar.get("workday", ()):
                workdays[span["on"]] = span["name"]
        return cls(years, holidays, workdays)

    def is_working(self, day: date) -> bool:
        """Whether this is a working day (工作日). UnknownYear outside the announced years."""
        return self.reason(day) is None

    def reason(self, day: date) -> str | None:
        """Why this is no working day, or None when it is one."""
        if day.year not in self.years:
            raise UnknownYear(f"{day.year} 年放假安排尚未公布", year=day.year)
        if day in self._workdays:
            return None
        if day in self._holidays:
            return self._holidays[day]
        return "周末" if day.weekday() >= 5 else None

    def at_the_earliest(self) -> "Calendar":
        """The same, with every day of a year that is not announced taken for worked: however that
        year will be arranged, no period ends before the day that this one gives."""
        return _Earliest(self.years, self._holidays, self._workdays)

    def at_the_latest(self) -> "Calendar":
        """The same, with every day of a year that is not announced taken for a day off that is a weekend
        or may be arranged as a holiday (`MAY_BE_OFF`): no period ends after the day that this one gives."""
        return _Latest(self.years, self._holidays, self._workdays)

    def is_statutory_holiday(self, day: date) -> bool:
        """Whether a holiday arrangement covers this day."""
        return self.reason(day) is not None and day in self._holidays


def with_days(calendar: Mapping[str, Any]) -> dict[str, Any]:
    """A calendar's dictionary as it was written, from the same with its days as text (JSON)."""

    def read(one: Mapping[str, Any]) -> dict[str, Any]:
        days = {key: date.fromisoformat(one[key]) for key in ("from", "to", "on") if key in one}
        return {**one, **days}

    spans = {key: [read(one) for one in calendar.get(key, ())] for key in ("holiday", "workday")}
    return {**calendar, **spans}


class _Earliest(Calendar):
    def reason(self, day: date) -> str | None:
        """None, too, in a year that is not announced."""
        return super().reason(day) if day.year in self.years else None


MAY_BE_OFF = (
    ((1, 1), (1, 3)), ((1, 18), (3, 2)), ((4, 1), (4, 8)), ((4, 28), (5, 8)), ((5, 24), (7, 1)),
    ((9, 1), (10, 15)), ((12, 28), (12, 31)),
)  # fmt: skip
"""Between which days of a year holidays fall, however they are arranged: 元旦, 春节, 清明, 劳动节, 端午,
中秋 and 国庆, with the days that are moved to them (全国年节及纪念日放假办法 §2, 农历 at its extremes)."""


class _Latest(Calendar):
    def reason(self, day: date) -> str | None:
        """In a year that is not announced also why it may be off."""
        if day.year in self.years:
            return super().reason(day)
        if day.weekday() >= 5:
            return "周末"
        held = any(first <= (day.month, day.day) <= last for first, last in MAY_BE_OFF)
        return "可能放假" if held else None


class Unit(StrEnum):
    """What a period is counted in (期间以日、工作日、月计)."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class DayTold:
    """One day of a period: counted as which, or not counted and why."""

    on: date
    counted: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period, and every day that led to it (为什么是这一天).

    moved_to: of a duty of the bureau's own that ends on a day off, the next working day (顺延，待确认).
    """

    due_on: date
    days: tuple[DayTold, ...]
    law: str
    moved_to: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A period that the law sets (期限). The day on which it opens is not counted.

    own: what the bureau itself has to do or may do at most (90 days, sealing). That a last day off
    moves on is the civil procedure's (§85), taken over for penalties by analogy alone (待确认): the
    bureau does not lengthen its own time, least of all of coercion, by an analogy.
    """

    length: int
    unit: Unit
    law: str
    own: bool = False

    def ends(self, opened_on: date, calendar: Calendar) -> Deadline:
        """The last day when the period opens on `opened_on`.

        A period whose last day falls on a day that is not worked ends on the next working day; one
        that is the bureau's own does not.
        """
        told = [DayTold(opened_on, None, "开始的当日不计入")]
        run_on(told, self.length, self.unit, calendar, lambda _: None)
        due, moved = ended(told, self, calendar)
        return Deadline(due, tuple(told), self.law, moved)


Paused = Callable[[date], str | None]
"""Why the clock does not run on a day, or None when it does."""


def run_on(
    told: list[DayTold], length: int, unit: Unit, calendar: Calendar, paused: Paused
) -> None:
    """Count `length` units on from the last day told, telling each day that passes.

    Months end on the day of the same number, as many days later as were paused on the way.
    """
    begun = told[-1].on
    if unit is Unit.MONTHS:
        _months_on(told, length, begun, paused)
        return
    day = begun
    counted = next((one.counted for one in reversed(told) if one.counted), 0)
    left = length
    while left:
        day += timedelta(1)
        why = paused(day) or (calendar.reason(day) if unit is Unit.WORKING_DAYS else None)
        if why is None:
            left, counted = left - 1, counted + 1
            told.append(DayTold(day, counted, f"第 {counted} 日"))
        else:
            told.append(DayTold(day, None, f"{why}，不计入"))


def _months_on(told: list[DayTold], length: int, begun: date, paused: Paused) -> None:
    day, ends = begun, _months_later(begun, length)
    while day < ends:
        day += timedelta(1)
        if why := paused(day):
            told.append(DayTold(day, None, f"{why}，不计入"))
            ends += timedelta(1)
    told.append(DayTold(ends, length, f"届满 {length} 个月"))


def ended(
    told: list[DayTold], period: Period, calendar: Calendar
) -> tuple[date, date | None]:  # fmt: skip
    """Where a period ends that was counted so far, and to where practice would move it (待确认).

    UnknownYear only where the day itself depends on the calendar.
    """
    if not period.own:
        return rolled(told, calendar), None
    last = told[-1]
    try:
        moved = rolled(list(told), calendar)
    except UnknownYear:
        return last.on, None
    if moved == last.on:
        return last.on, None
    off = calendar.reason(last.on)
    why = f"{last.reason}，逢{off}；能否顺延至 {moved} 待确认，以本日为限"
    told[-1] = DayTold(last.on, last.counted, why)
    return last.on, moved


def rolled(told: list[DayTold], calendar: Calendar) -> date:
    """The last day told, moved on to one that is worked, telling each step."""
    day = told[-1].on
    while (reason := calendar.reason(day)) is not None:
        # The last day told is this one, counted; the next begins a line of its own.
        counted, why = told[-1].counted, told[-1].reason
        told[-1] = DayTold(day, counted, f"{why}，逢{reason}顺延")
        day += timedelta(1)
        told.append(DayTold(day, None, "顺延至次日"))
    return day


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day
    return date(year, month, min(day.day, last))


def penalty_period(length: int, law: str) -> Period:
    """A period of the penalty law: two, three, five and seven days are working days (§85)."""
    working = length in (2, 3, 5, 7)
    return Period(length, Unit.WORKING_DAYS if working else Unit.CALENDAR_DAYS, law)


def coercion_period(length: int, law: str) -> Period:
    """A period of the coercion law: those within ten days are working days (§69)."""
    return Period(length, Unit.WORKING_DAYS if length <= 10 else Unit.CALENDAR_DAYS, law)


DECIDE_WITHIN = Period(90, Unit.CALENDAR_DAYS, "行政处罚法 §60", own=True)
SERVE_WITHIN = penalty_period(7, "行政处罚法 §61")
HEARING_REQUEST_WITHIN = penalty_period(5, "行政处罚法 §64(1)")
HEARING_NOTICE_BEFORE = penalty_period(7, "行政处罚法 §64(2)")
PRESERVATION_WITHIN = penalty_period(7, "行政处罚法 §56")
PAY_WITHIN = penalty_period(15, "行政处罚法 §67")
SEALING_WITHIN = Period(30, Unit.CALENDAR_DAYS, "行政强制法 §25", own=True)
DEMAND_BEFORE_COURT = coercion_period(10, "行政强制法 §54")
PUBLISH_WITHIN = Period(7, Unit.WORKING_DAYS, "安全生产法 §78")
REVIEW_WITHIN = Period(60, Unit.CALENDAR_DAYS, "行政复议法 §20")
LITIGATION_WITHIN = Period(6, Unit.MONTHS, "行政诉讼法 §46")
