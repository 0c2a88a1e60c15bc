"""What documents of the site still owe, and by when."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from lawbook.content import load
from lawbook.days import Calendar, with_days
from lawbook.owing import owed, prolonged

CALENDARS = sorted((Path(__file__).parents[2] / "content" / "calendars").glob("*.toml"))
CALENDAR = Calendar.from_content(*map(load, CALENDARS))
AT = datetime(2026, 6, 23, 3, 40, tzinfo=UTC)


def test_an_urgent_seizure_is_reported_and_made_up_for_within_a_day():
    one, _ = owed("seizure-decision", {"approval": "urgent"}, AT, CALENDAR)
    assert one.due_at == datetime(2026, 6, 24, 3, 40, tzinfo=UTC)
    assert (one.due_on, one.law) == (date(2026, 6, 24), "行政强制法 §19")
    assert owed("correction-order", {}, AT, CALENDAR) == ()


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ({"until": "2026-07-10"}, date(2026, 7, 10)),
        ({"until": "2026-09-01"}, date(2026, 7, 23)),
        ({}, date(2026, 7, 23)),
    ],
)
def test_what_is_sealed_is_followed_for_thirty_days_at_most_and_once_for_thirty_more(said, until):
    """行政强制法 §25."""
    (one,) = owed("seizure-decision", {"approval": "prior", **said}, AT, CALENDAR)
    assert (one.name, one.due_on) == ("sealing", until)
    more = prolonged(one)
    assert more.due_on == until + timedelta(30)
    assert [str(answer) for answer in more.answers] == ["disposed"]


@pytest.mark.parametrize(
    ("on", "until"),
    [
        # 2022-01-27: seven working days over the spring festival.
        (datetime(2022, 1, 27, 2, tzinfo=UTC), date(2022, 2, 10)),
        (AT, date(2026, 7, 2)),
    ],
)
def test_of_what_is_registered_it_is_decided_in_seven_working_days(on, until):
    (one,) = owed("evidence-registration-notice", {}, on, CALENDAR)
    assert (one.due_on, one.due_at, one.earliest) == (until, None, False)


def test_into_a_year_that_is_not_announced_no_earlier_day_is_told():
    at = datetime(max(CALENDAR.years), 12, 30, 2, tzinfo=UTC)
    (one,) = owed("evidence-registration-notice", {}, at, CALENDAR)
    assert one.earliest
    assert one.due_on > date(at.year, 12, 31)


def test_a_calendar_that_travelled_is_the_one_that_was_written():
    body = load(CALENDARS[-1])
    plain = {
        key: [{k: str(v) for k, v in one.items()} for one in body[key]]
        for key in ("holiday", "workday")
    }
    told = Calendar.from_content(with_days({**body, **plain}))
    assert told.reason(date(2026, 10, 1)) == Calendar.from_content(body).reason(date(2026, 10, 1))
