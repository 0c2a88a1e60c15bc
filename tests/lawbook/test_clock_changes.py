"""What changes when something changes: the clock before and after, for any period, day and pause."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lawbook.clock import Clock, Extension, Pause, before, urgency
from lawbook.content import load
from lawbook.days import Calendar, Deadline, Period, Unit
from lawbook.late_payment import late_fine
from services.kit.settings import ROOT
from tests.lawbook.test_days import CALENDAR, YEARS

DAY = timedelta(1)
BODIES = [load(ROOT / "content" / "calendars" / f"{year}.toml") for year in YEARS]
DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))
UNITS = st.sampled_from(list(Unit))
PERIODS = st.builds(
    lambda length, unit: Period(min(length, 12) if unit is Unit.MONTHS else length, unit, "§"),
    st.integers(1, 40), UNITS,
)  # fmt: skip
CALENDAR_PERIODS = st.builds(Period, st.integers(1, 60), st.just(Unit.CALENDAR_DAYS), st.just("§"))
OFFSETS, LENGTHS = st.integers(0, 60), st.integers(0, 25)


def told(clock: Clock, calendar: Calendar = CALENDAR) -> Deadline:
    found = clock.deadline(calendar)
    assert found is not None
    return found


def due(clock: Clock, calendar: Calendar = CALENDAR) -> date:
    return told(clock, calendar).due_on


def last_counted(clock: Clock) -> date:
    """Where the period ends before it is moved off a holiday."""
    return next(one.on for one in reversed(told(clock).days) if one.counted)


def pause(since: date, length: int) -> Pause:
    return Pause(since, since + DAY * length, "中止", "§")


def with_holiday(day: date) -> Calendar:
    """The calendar as announced, and one more holiday announced late."""
    extra = {"year": day.year, "holiday": [{"name": "补休", "from": day, "to": day}], "workday": []}
    bodies = [body | {"workday": [w for w in body["workday"] if w["on"] != day]} for body in BODIES]
    return Calendar.from_content(*bodies, extra)


def with_workday(day: date) -> Calendar:
    """The calendar as announced, and one more day worked in exchange."""
    extra = {"year": day.year, "holiday": [], "workday": [{"name": "调休上班", "on": day}]}
    return Calendar.from_content(*BODIES, extra)


@given(PERIODS, DAYS, OFFSETS)
def test_a_holiday_announced_late_never_brings_the_last_day_nearer(period, opened, after):
    clock = Clock(period, opened)
    assert due(clock, with_holiday(opened + DAY * after)) >= due(clock)


@given(PERIODS, DAYS, OFFSETS)
def test_a_day_more_that_is_worked_never_puts_the_last_day_off(period, opened, after):
    clock = Clock(period, opened)
    assert due(clock, with_workday(opened + DAY * after)) <= due(clock)


@given(PERIODS, DAYS, OFFSETS)
def test_what_is_announced_for_a_day_outside_the_period_changes_nothing(period, opened, after):
    clock = Clock(period, opened)
    ends = due(clock)
    for day in (opened, opened - DAY * after, ends + DAY * (after + 1)):
        if day.year in CALENDAR.years:
            assert due(clock, with_holiday(day)) == ends


@given(CALENDAR_PERIODS, DAYS, st.integers(0, 59), LENGTHS)
def test_a_pause_of_so_many_days_puts_calendar_days_off_by_as_many(period, opened, after, length):
    since = opened + DAY * (after % period.length + 1)
    plain = last_counted(Clock(period, opened))
    assert last_counted(Clock(period, opened, (pause(since, length),))) == plain + DAY * length


@given(st.integers(1, 11), DAYS, st.integers(1, 20), LENGTHS)
def test_a_pause_of_so_many_days_puts_months_off_by_as_many(months, opened, after, length):
    period = Period(months, Unit.MONTHS, "§")
    plain = last_counted(Clock(period, opened))
    paused = Clock(period, opened, (pause(opened + DAY * after, length),))
    assert last_counted(paused) == plain + DAY * length


@given(st.integers(1, 40), DAYS, st.integers(0, 39), LENGTHS)
def test_a_pause_puts_working_days_off_by_the_working_days_in_it(length, opened, after, days):
    period = Period(length, Unit.WORKING_DAYS, "§")
    since = opened + DAY * (after % length + 1)
    left_out = sum(CALENDAR.is_working(since + DAY * n) for n in range(days))
    paused = Clock(period, opened, (pause(since, days),))
    longer = Clock(Period(length + left_out, Unit.WORKING_DAYS, "§"), opened)
    if since <= last_counted(Clock(period, opened)):
        assert due(paused) == due(longer)


@given(PERIODS, DAYS, OFFSETS, LENGTHS)
def test_a_pause_before_the_period_or_after_its_end_changes_nothing(period, opened, after, length):
    clock = Clock(period, opened)
    ends = due(clock)
    for since in (opened - DAY * (after + length), ends + DAY * (after + 1)):
        assert due(Clock(period, opened, (pause(since, length),))) == ends


@given(PERIODS, DAYS, OFFSETS, LENGTHS, LENGTHS)
def test_two_pauses_that_touch_are_one_and_what_overlaps_counts_once(
    period, opened, after, first, second
):
    since = opened + DAY * after
    whole = Clock(period, opened, (pause(since, first + second),))
    touching = (pause(since, first), pause(since + DAY * first, second))
    overlapping = (pause(since, first + second), pause(since, first))
    assert due(Clock(period, opened, touching)) == due(whole)
    assert due(Clock(period, opened, overlapping)) == due(whole)


@given(PERIODS, DAYS, OFFSETS, LENGTHS, st.integers(1, 20))
def test_an_extension_never_shortens_and_a_longer_pause_never_does(
    period, opened, after, length, more
):
    since = opened + DAY * after
    paused = Clock(period, opened, (pause(since, length),))
    unit = Unit.CALENDAR_DAYS if period.unit is Unit.MONTHS else period.unit
    extension = Extension(more, unit, opened, "§")
    extended = Clock(period, opened, paused.pauses, (extension,))
    assert due(extended) >= due(paused)
    assert due(Clock(period, opened, (pause(since, length + 1),))) >= due(paused)


@given(PERIODS, DAYS, st.integers(0, 10))
def test_every_working_day_that_passes_leaves_one_less(period, opened, ago):
    ends = due(Clock(period, opened))
    today = max(opened, ends - DAY * ago)
    left = urgency(ends, today, CALENDAR).left
    tomorrow = urgency(ends, today + DAY, CALENDAR)
    if today == ends:
        assert (left, tomorrow.overdue) == (0, 1)
    else:
        assert tomorrow.left == left - CALENDAR.is_working(today + DAY)


@given(DAYS, st.integers(1, 10), st.integers(0, 30))
def test_a_holiday_announced_late_never_lets_a_notice_be_later(event, length, ago):
    day = event - DAY * ago
    if day.year in CALENDAR.years and (event - DAY * 60).year in CALENDAR.years:
        assert before(event, length, with_holiday(day)) <= before(event, length, CALENDAR)


@given(DAYS, st.integers(1, 10**8), st.integers(0, 60), st.integers(0, 30), st.integers(0, 30))
def test_a_span_that_does_not_count_takes_its_days_off_the_late_fine(due_on, fine, days, since, n):
    """行政处罚法 §73(3)."""
    on = due_on + DAY * days
    span = (due_on + DAY * (since + 1), due_on + DAY * (since + n))
    within = max(min(days, since + n) - since, 0)
    assert late_fine(fine, due_on, on, [span]).days == days - within
    assert late_fine(fine, due_on, on, [span]).amount <= late_fine(fine, due_on, on).amount
