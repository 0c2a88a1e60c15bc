"""Periods and working days: the vectors of the fact sheet, and what must hold of every period."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook import days
from lawbook.content import ContentError, load
from lawbook.days import Calendar, Period, Unit, UnknownYear, coercion_period, penalty_period
from services.kit.settings import ROOT

YEARS = range(2022, 2027)
CALENDAR = Calendar.from_content(
    *(load(ROOT / "content" / "calendars" / f"{year}.toml") for year in YEARS)
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("period", "opened_on", "due_on"),
    [
        (days.HEARING_REQUEST_WITHIN, "2022-04-29", "2022-05-10"),
        (days.HEARING_REQUEST_WITHIN, "2022-09-29", "2022-10-11"),
        (days.PRESERVATION_WITHIN, "2022-01-27", "2022-02-10"),
        (days.PAY_WITHIN, "2022-03-01", "2022-03-16"),
        (days.REVIEW_WITHIN, "2022-03-01", "2022-05-05"),
        (days.LITIGATION_WITHIN, "2022-03-01", "2022-09-01"),
        (days.LITIGATION_WITHIN, "2022-08-31", "2023-02-28"),
        (days.DECIDE_WITHIN, "2022-03-01", "2022-05-30"),
        (days.SEALING_WITHIN, "2022-04-10", "2022-05-10"),
        (days.PUBLISH_WITHIN, "2022-09-28", "2022-10-12"),
    ],
)
def test_a_period_ends_on_the_day_that_was_computed_by_hand(period, opened_on, due_on):
    assert period.ends(day(opened_on), CALENDAR).due_on == day(due_on)


@pytest.mark.parametrize("length", [2, 3, 5, 7])
def test_two_three_five_and_seven_days_of_the_penalty_law_are_working_days(length):
    """行政处罚法 §85."""
    assert penalty_period(length, "§85").unit is Unit.WORKING_DAYS


@pytest.mark.parametrize("length", [1, 4, 6, 10, 15, 30, 60, 90])
def test_other_days_of_the_penalty_law_are_calendar_days(length):
    assert penalty_period(length, "§85").unit is Unit.CALENDAR_DAYS


@pytest.mark.parametrize(("length", "working"), [(1, True), (10, True), (11, False), (30, False)])
def test_days_of_the_coercion_law_within_ten_are_working_days(length, working):
    """行政强制法 §69."""
    assert (coercion_period(length, "§69").unit is Unit.WORKING_DAYS) is working


@pytest.mark.parametrize(
    ("on", "reason"),
    [("2022-04-30", "劳动节"), ("2022-05-07", None), ("2022-05-08", "周末"), ("2022-05-09", None)],
)
def test_a_day_is_worked_or_says_why_not(on, reason):
    assert CALENDAR.reason(day(on)) == reason
    assert CALENDAR.is_working(day(on)) is (reason is None)


def test_a_weekend_is_no_statutory_holiday_and_a_holiday_is_one():
    assert CALENDAR.is_statutory_holiday(day("2022-10-03"))
    assert not CALENDAR.is_statutory_holiday(day("2022-10-15"))
    assert not CALENDAR.is_statutory_holiday(day("2022-10-08"))


def test_a_year_that_is_not_announced_is_refused():
    with pytest.raises(UnknownYear) as refused:
        days.REVIEW_WITHIN.ends(day("2026-11-15"), CALENDAR)
    assert refused.value.facts == {"year": 2027}


def test_what_the_bureau_must_do_itself_ends_on_its_last_day_and_says_where_practice_moves_it():
    """Moving on is [K], by analogy: the 30 days of a seal from 2026-03-05 are over on Saturday, 04-04."""
    told = days.SEALING_WITHIN.ends(day("2026-03-05"), CALENDAR)
    assert (told.due_on, told.moved_to) == (day("2026-04-04"), day("2026-04-07"))
    assert told.days[-1].on == told.due_on
    assert "2026-04-07 待确认" in told.days[-1].reason
    decide = days.DECIDE_WITHIN.ends(day("2022-04-10"), CALENDAR)
    assert (decide.due_on, decide.moved_to) == (day("2022-07-09"), day("2022-07-11"))
    assert days.PAY_WITHIN.ends(day("2022-03-04"), CALENDAR).due_on == day("2022-03-21")
    assert days.SEALING_WITHIN.ends(day("2022-04-10"), CALENDAR).moved_to is None


def test_calendar_days_of_the_bureaus_own_need_no_calendar():
    """Ninety days from 2026-11-01, whatever the holidays of 2027 will be."""
    told = days.DECIDE_WITHIN.ends(day("2026-11-01"), CALENDAR)
    assert (told.due_on, told.moved_to) == (day("2027-01-30"), None)


def test_every_day_of_a_period_is_told_with_its_reason():
    told = days.HEARING_REQUEST_WITHIN.ends(day("2022-04-29"), CALENDAR).days
    assert [d.reason for d in told[:3]] == ["开始的当日不计入", "劳动节，不计入", "劳动节，不计入"]
    assert [d.on for d in told if d.counted] == [
        day(f"2022-05-{n:02}") for n in (5, 6, 7, 9, 10)
    ]  # 2022-05-07 is a Saturday worked in exchange; 2022-05-08 a Sunday


def test_a_last_day_on_a_holiday_says_how_far_it_moves():
    deadline = days.REVIEW_WITHIN.ends(day("2022-03-01"), CALENDAR)
    sixtieth = next(d for d in deadline.days if d.counted == 60)
    assert (sixtieth.on, sixtieth.reason) == (day("2022-04-30"), "第 60 日，逢劳动节顺延")
    assert deadline.days[-1].on == deadline.due_on == day("2022-05-05")
    assert deadline.law == "行政复议法 §20"


@pytest.mark.parametrize(
    ("opened_on", "months", "due_on"),
    [("2024-08-30", 6, "2025-02-28"), ("2023-08-31", 6, "2024-02-29"), ("2023-06-30", 12, "2024-07-01")],
)  # fmt: skip
def test_a_month_ends_on_the_same_number_or_on_its_last_day(opened_on, months, due_on):
    period = Period(months, Unit.MONTHS, "§46")
    assert period.ends(day(opened_on), CALENDAR).due_on == day(due_on)


def test_a_calendar_without_a_year_is_a_content_error():
    with pytest.raises(ContentError):
        Calendar.from_content({"holiday": []})


opened = st.dates(date(2022, 1, 1), date(2026, 3, 1))
lengths = st.integers(1, 120)
units = st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])


@given(opened, lengths, units)
def test_a_period_ends_on_a_working_day_after_it_opened(opened_on, length, unit):
    deadline = Period(length, unit, "").ends(opened_on, CALENDAR)
    assert CALENDAR.is_working(deadline.due_on)
    assert deadline.due_on >= opened_on + timedelta(length)


@given(opened, lengths, units)
def test_the_days_told_are_every_day_once_and_the_last_is_the_deadline(opened_on, length, unit):
    deadline = Period(length, unit, "").ends(opened_on, CALENDAR)
    told = [d.on for d in deadline.days]
    assert told == [opened_on + timedelta(n) for n in range(len(told))]
    assert told[-1] == deadline.due_on
    assert [d.counted for d in deadline.days if d.counted] == list(range(1, length + 1))


@given(opened, lengths, units)
def test_a_period_that_opens_later_never_ends_earlier(opened_on, length, unit):
    period = Period(length, unit, "")
    first = period.ends(opened_on, CALENDAR).due_on
    assert first <= period.ends(opened_on + timedelta(1), CALENDAR).due_on


@given(opened, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(opened_on, length):
    due_on = Period(length, Unit.WORKING_DAYS, "").ends(opened_on, CALENDAR).due_on
    between = [opened_on + timedelta(n) for n in range(1, (due_on - opened_on).days + 1)]
    assert sum(map(CALENDAR.is_working, between)) == length


@given(opened, st.integers(1, 9))
def test_months_end_in_the_month_they_name_or_on_the_first_worked_day_after(opened_on, months):
    deadline = Period(months, Unit.MONTHS, "").ends(opened_on, CALENDAR)
    expires = next(d.on for d in deadline.days if d.counted)
    assert (expires.year * 12 + expires.month) - (opened_on.year * 12 + opened_on.month) == months
    assert expires.day == opened_on.day or (expires + timedelta(1)).day == 1
    waited = [expires + timedelta(n) for n in range((deadline.due_on - expires).days)]
    assert not any(map(CALENDAR.is_working, waited))


@pytest.mark.parametrize("missing", [2023, 2024, 2025, 2026])
@pytest.mark.parametrize(
    ("length", "unit"),
    [(3, Unit.WORKING_DAYS), (7, Unit.WORKING_DAYS), (90, Unit.CALENDAR_DAYS), (3, Unit.MONTHS)],
)
def test_no_period_ends_before_the_earliest_day_that_a_year_not_announced_allows(
    missing, length, unit
):
    """Every year was once not announced: what was told then, against what came."""
    known = [
        load(ROOT / "content" / "calendars" / f"{year}.toml") for year in YEARS if year < missing
    ]
    before, period, moved = Calendar.from_content(*known), Period(length, unit, ""), 0
    for opened_on in (date(missing - 1, 9, 20) + timedelta(n) for n in range(103)):
        earliest = period.ends(opened_on, before.at_the_earliest()).due_on
        came = period.ends(opened_on, CALENDAR).due_on
        assert earliest <= came
        assert came - earliest <= timedelta(14)
        moved += earliest != came
        if came.year < missing:
            assert earliest == came
    assert moved


@pytest.mark.parametrize(
    "period", [days.HEARING_REQUEST_WITHIN, days.PAY_WITHIN, days.DEMAND_BEFORE_COURT], ids=str
)
@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_however_a_year_was_arranged_no_period_ended_before_the_earliest_day_or_after_the_latest(
    period, year
):
    """Of every day of the year and of the one before, as if the year had not been announced yet."""
    known = [load(ROOT / "content" / "calendars" / f"{one}.toml") for one in YEARS if one != year]
    unknown = Calendar.from_content(*known)
    opened = date(year - 1, 11, 1)
    while opened < date(year, 11, 1):
        ends = period.ends(opened, CALENDAR).due_on
        if ends.year <= year:
            first = period.ends(opened, unknown.at_the_earliest()).due_on
            last = period.ends(opened, unknown.at_the_latest()).due_on
            assert first <= ends <= last, opened
        opened += timedelta(1)


def test_what_may_be_off_is_told_and_an_announced_year_is_as_it_was_announced():
    latest = CALENDAR.at_the_latest()
    assert latest.reason(day("2027-01-01")) == "可能放假"
    assert latest.reason(day("2027-01-09")) == "周末"
    assert latest.reason(day("2027-01-04")) is None
    assert all(
        latest.reason(one) == CALENDAR.reason(one)
        for one in (day("2026-01-01") + timedelta(n) for n in range(365))
    )
