"""The statutory clock: its pauses and extensions, and laws of its arithmetic (limits: test_limits)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.clock import Clock, Extension, NotExtendable, Pause, before, earliest_after, urgency
from lawbook.days import Period, Unit, UnknownYear
from lawbook.late_payment import late_fine
from lawbook.limits import LIMITS, SEALING_EXTENSION
from tests.lawbook.test_days import CALENDAR, day

SEAL = LIMITS["sealing"].period
LAW = "行政强制法 §25"


def due(clock: Clock) -> date:
    told = clock.deadline(CALENDAR)
    assert told is not None
    return told.due_on


def test_sealing_ends_at_the_latest_after_sixty_days():
    """行政强制法 §25: thirty days, and thirty more with the head's approval."""
    more = Extension(SEALING_EXTENSION, Unit.CALENDAR_DAYS, day("2022-05-09"), LAW)
    assert due(Clock(SEAL, day("2022-04-10"), extensions=(more,))) == day("2022-06-09")


def test_what_is_over_cannot_be_extended():
    late = Extension(30, Unit.CALENDAR_DAYS, day("2022-05-11"), LAW)
    with pytest.raises(NotExtendable, match="2022-05-10"):
        Clock(SEAL, day("2022-04-10"), extensions=(late,)).deadline(CALENDAR)


def test_a_day_to_which_a_seal_may_not_be_moved_does_not_lengthen_what_follows():
    """行政强制法 §25: thirty and thirty are sixty days; extensions of old on the day moved to stand."""
    on_saturday, moved_to = day("2022-03-31"), day("2022-05-05")
    more = Extension(SEALING_EXTENSION, Unit.CALENDAR_DAYS, moved_to, LAW)
    first = Clock(SEAL, on_saturday).deadline(CALENDAR)
    assert first is not None
    assert (first.due_on, first.moved_to) == (day("2022-04-30"), moved_to)
    assert due(Clock(SEAL, on_saturday, extensions=(more,))) == on_saturday + timedelta(60)


def test_the_time_of_a_test_or_appraisal_is_not_counted_and_each_of_its_days_says_so():
    """行政强制法 §25(3)."""
    pause = Pause(day("2022-04-15"), day("2022-04-25"), "鉴定期间", "行政强制法 §25(3)")
    told = Clock(SEAL, day("2022-04-10"), (pause,)).deadline(CALENDAR)
    assert told is not None
    assert told.due_on == day("2022-05-20")
    assert [one.on for one in told.days if "鉴定期间" in one.reason] == [
        day("2022-04-15") + timedelta(n) for n in range(10)
    ]
    assert told.law == "行政强制法 §25、行政强制法 §25(3)"


def test_while_the_clock_stands_there_is_no_last_day():
    pause = Pause(day("2022-04-15"), None, "鉴定期间", "行政强制法 §25(3)")
    clock = Clock(SEAL, day("2022-04-10"), (pause,))
    assert clock.deadline(CALENDAR) is None
    assert clock.stands(day("2022-04-14")) is None
    assert clock.stands(day("2022-05-01")) == "鉴定期间"


def test_a_year_whose_holidays_are_not_announced_is_refused():
    with pytest.raises(UnknownYear):
        Clock(LIMITS["review"].period, day("2026-12-01")).deadline(CALENDAR)


DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))
PERIODS = st.builds(
    Period, st.integers(1, 40), st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]),
    st.just("§"),
)  # fmt: skip
PAUSES = st.lists(
    st.builds(
        lambda since, length: Pause(since, since + timedelta(length), "中止", "§"),
        DAYS, st.integers(0, 30),
    ),
    max_size=3,
).map(tuple)  # fmt: skip


@given(PERIODS, DAYS, DAYS)
def test_a_pause_that_ends_on_the_day_it_began_changes_nothing(period, opened, on):
    nothing = Pause(on, on, "中止", "§")
    assert due(Clock(period, opened, (nothing,))) == due(Clock(period, opened))


@given(PERIODS, DAYS, PAUSES)
def test_the_order_in_which_pauses_were_entered_does_not_matter(period, opened, pauses):
    assert due(Clock(period, opened, pauses)) == due(Clock(period, opened, pauses[::-1]))


@given(PERIODS, DAYS, PAUSES)
def test_pauses_never_bring_the_last_day_nearer(period, opened, pauses):
    assert due(Clock(period, opened, pauses)) >= due(Clock(period, opened))


@given(PERIODS, DAYS, PAUSES)
def test_who_begins_later_never_ends_earlier(period, opened, pauses):
    later = Clock(period, opened + timedelta(1), pauses)
    assert due(later) >= due(Clock(period, opened, pauses))


@given(PERIODS, DAYS, PAUSES)
def test_the_explanation_counts_exactly_the_days_of_the_period(period, opened, pauses):
    told = Clock(period, opened, pauses).deadline(CALENDAR)
    assert told is not None
    counted = [one.counted for one in told.days if one.counted]
    assert counted == list(range(1, period.length + 1))
    days = [one.on for one in told.days]
    assert days == [opened + timedelta(n) for n in range(len(days))]
    assert days[-1] == told.due_on
    assert all(one.reason for one in told.days)


@given(PERIODS, DAYS, st.integers(1, 20))
def test_an_extension_is_as_if_the_period_had_been_that_long(period, opened, more):
    extension = Extension(more, period.unit, opened, "§")
    longer = Period(period.length + more, period.unit, "§")
    assert due(Clock(period, opened, extensions=(extension,))) == due(Clock(longer, opened))


def test_every_limit_cites_an_article():
    assert all("§" in one.period.law for one in LIMITS.values())


@pytest.mark.parametrize(
    ("days", "amount", "capped"), [(0, 0, False), (33, 49_500_00, False), (34, 50_000_00, True)]
)
def test_a_late_fine_grows_by_three_per_cent_a_day_up_to_the_fine(days, amount, capped):
    """行政处罚法 §72(1), 行政强制法 §45."""
    due_on = day("2022-03-16")
    told = late_fine(50_000_00, due_on, due_on + timedelta(days))
    assert (told.days, told.amount, told.capped) == (days, amount, capped)


def test_days_of_a_review_do_not_count_towards_the_late_fine():
    """行政处罚法 §73(3)."""
    due_on, review = day("2022-03-16"), (day("2022-03-20"), day("2022-03-29"))
    told = late_fine(100_00, due_on, due_on + timedelta(20), [review, review])
    assert (told.days, told.amount) == (10, 30_00)


def test_urgency_says_how_many_working_days_are_left():
    assert urgency(day("2022-05-10"), day("2022-04-29"), CALENDAR).told == "还有 5 个工作日"
    assert urgency(day("2022-05-10"), day("2022-05-09"), CALENDAR).tone == "soon"
    assert urgency(day("2022-05-10"), day("2022-05-10"), CALENDAR).told == "今日届满"
    assert urgency(day("2022-05-10"), day("2022-05-12"), CALENDAR).told == "已逾期 2 日"


def test_a_hearing_is_announced_seven_working_days_before():
    """行政处罚法 §64(2): the day of notice and the day of the hearing do not count."""
    assert before(day("2022-05-20"), 7, CALENDAR) == day("2022-05-10")


@pytest.mark.parametrize("notified", ["2022-05-10", "2022-05-07", "2022-04-29", "2022-05-01"])
def test_the_earliest_hearing_day_is_the_first_working_day_whose_notice_was_in_time(notified):
    served = day(notified)
    found = earliest_after(served, 7, CALENDAR)
    assert CALENDAR.is_working(found)
    assert before(found, 7, CALENDAR) >= served
    earlier = [served + timedelta(n) for n in range(1, (found - served).days)]
    assert all(not CALENDAR.is_working(one) or before(one, 7, CALENDAR) < served for one in earlier)
