"""Every limit of facts.md §5.4 in one golden table, and every day of two years by another count.

The other count shares nothing with ours: its holidays are another record of the State Council's
notices, its months are stepped day by day.
"""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import pytest

from lawbook.clock import Clock, Extension, Pause, before
from lawbook.days import Unit
from lawbook.limits import AHEAD, HOURS, LIMITS, SEALING_EXTENSION
from lawbook.preconditions import sealed_until
from services.kit.settings import ROOT
from tests.lawbook.limits_table import table
from tests.lawbook.test_days import CALENDAR

GOLDEN = Path(__file__).with_name("limits.golden")
DAY = timedelta(1)
FIRST, DAYS = date(2022, 1, 1), 730


def test_the_table_of_limits_is_as_reviewed():
    assert table() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("limit", "opened_on", "due_on"),
    [
        # facts.md §5.4, as computed there from another calendar.
        ("request-hearing", "2022-04-29", "2022-05-10"),
        ("request-hearing", "2022-09-29", "2022-10-11"),
        ("decide-preserved-evidence", "2022-01-27", "2022-02-10"),
        ("pay", "2022-03-01", "2022-03-16"),
        ("review", "2022-03-01", "2022-05-05"),
        ("litigate", "2022-03-01", "2022-09-01"),
        ("apply-to-court", "2022-09-01", "2022-12-01"),
        ("litigate", "2022-08-31", "2023-02-28"),
        ("decide", "2022-03-01", "2022-05-30"),
        ("sealing", "2022-04-10", "2022-05-10"),
        ("sealing, extended once", "2022-04-10", "2022-06-09"),
        ("publish", "2022-09-28", "2022-10-12"),
    ],
)
def test_the_reviewed_table_holds_every_vector_of_the_fact_sheet(limit, opened_on, due_on):
    block = (
        GOLDEN.read_text(encoding="utf-8").partition(f"\n{limit}: ")[2]
        or (GOLDEN.read_text(encoding="utf-8").partition(f"{limit}: ")[2])
    )
    lines = block.splitlines()[1:16]
    (line,) = [one for one in lines if one.startswith(f"  {opened_on} →")][:1]
    assert line.split()[2] == due_on


def test_a_decision_on_the_spot_prints_the_day_on_which_its_seal_runs_out():
    """行政强制法 §25: what the tablet prints and the work list counts down is one day; the sample's too."""
    for n in range(DAYS):
        opened = FIRST + DAY * n
        assert sealed_until(opened) == due(Clock(LIMITS["sealing"].period, opened))
    sample = json.loads(
        (ROOT / "content/documents/seizure-decision/example.json").read_text("utf-8")
    )
    said = sample["data"]
    assert said["until"] == str(sealed_until(date.fromisoformat(said["issued_on"])))


def test_every_limit_has_somebody_who_must_and_an_article():
    for limit in LIMITS.values():
        assert limit.what
        assert limit.opens
        assert limit.who
        assert limit.period.length > 0
    laws = [one.law for one in AHEAD.values()] + [one.law for one in HOURS.values()]
    assert all("§" in law for law in laws)


# Another count


@cache
def worked(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def rolled(day: date) -> date:
    while not worked(day):
        day += DAY
    return day


def counted(opened: date, length: int, *, working: bool, left_out: frozenset[date]) -> date:
    """The last day that counts, not yet moved off a holiday."""
    day = opened
    while length:
        day += DAY
        length -= day not in left_out and (worked(day) or not working)
    return day


def months_on(opened: date, months: int) -> date:
    """Step on until the month is right, then back to the day of the same number or the month's last."""
    goal = (opened.year * 12 + opened.month + months - 1) % 12 + 1
    day, passed = opened, 0
    while passed < months:
        step = day + DAY
        passed += step.month != day.month
        day = step
    assert day.month == goal
    while day.day != opened.day and (day + DAY).month == goal:
        day += DAY
    return day


def reference(opened: date, code: str, left_out: frozenset[date] = frozenset()) -> date:
    period = LIMITS[code].period
    if period.unit is Unit.MONTHS:
        ends, day = months_on(opened, period.length), opened
        while day < ends:
            day += DAY
            ends += DAY * (day in left_out)
        return rolled(ends)
    working = period.unit is Unit.WORKING_DAYS
    last = counted(opened, period.length, working=working, left_out=left_out)
    return last if period.own else rolled(last)


def due(clock: Clock) -> date:
    told = clock.deadline(CALENDAR)
    assert told is not None
    return told.due_on


@pytest.mark.parametrize("code", LIMITS)
def test_on_every_day_of_two_years_each_limit_ends_where_another_count_ends(code):
    """With and without a pause, whose beginning and length go through all of small cases."""
    period = LIMITS[code].period
    for n in range(DAYS):
        opened = FIRST + DAY * n
        assert due(Clock(period, opened)) == reference(opened, code), opened
        since = opened + DAY * (n % 13)
        pause = Pause(since, since + DAY * (n % 9), "中止", "§")
        left_out = frozenset(since + DAY * m for m in range(n % 9))
        assert due(Clock(period, opened, (pause,))) == reference(opened, code, left_out), opened


def test_on_every_day_of_two_years_a_sealing_extended_once_ends_where_another_count_ends():
    """行政强制法 §25: the thirty days more follow the first thirty, not their being moved."""
    for n in range(DAYS):
        opened = FIRST + DAY * n
        more = Extension(SEALING_EXTENSION, Unit.CALENDAR_DAYS, opened + DAY * (n % 30), "§")
        clock = Clock(LIMITS["sealing"].period, opened, extensions=(more,))
        assert due(clock) == opened + DAY * 60, opened


def test_on_every_day_of_two_years_a_hearing_is_announced_where_another_count_says():
    """行政处罚法 §64(2): seven working days lie between the notice and the hearing."""
    for n in range(40, DAYS):
        event = FIRST + DAY * n
        notice = before(event, 7, CALENDAR)
        assert worked(notice)
        between = [notice + DAY * m for m in range(1, (event - notice).days)]
        assert sum(map(worked, between)) == 7
        later = next(day for day in between if worked(day))
        assert sum(worked(day) for day in between if day > later) == 6
