"""What may be doubted of a device: its silence, and its clock."""

from datetime import UTC, datetime, timedelta

import pytest

from lawbook.devices import ClockInDoubt, alarm, days_silent, doubts, require_day

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
"""In Beijing, the 25th begins."""


def clock(at=NOW, spare=2, anchored=True, **changes):
    """A clock that shows `at`, give or take `spare` seconds."""
    anchor = {"at": at.isoformat(), "monotonic": 0, "boot": "b"}
    half = timedelta(seconds=spare)
    return {
        "wall": at.isoformat(), "monotonic": 10, "boot": "b", "gnss": None, "skew": 0,
        "anchor": anchor if anchored else None, "earliest": (at - half).isoformat(),
        "latest": (at + half).isoformat(),
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("days", "shown"),
    [(None, "calm"), (0, "calm"), (1, "calm"), (2, "amber"), (4, "amber"), (5, "red"), (90, "red")],
)
def test_a_silence_is_amber_from_the_second_day_and_red_from_the_fifth(days, shown):
    assert alarm(days) == shown


def test_days_are_counted_whole_and_never_negative():
    assert days_silent(None, NOW) is None
    assert days_silent(NOW - timedelta(hours=47), NOW) == 1
    assert days_silent(NOW + timedelta(hours=47), NOW) == 0


def test_a_clock_that_agrees_is_not_doubted():
    assert doubts(clock()) == []


@pytest.mark.parametrize(("seconds", "doubted"), [(300, False), (301, True), (-301, True)])
def test_a_clock_more_than_five_minutes_off_is_doubted(seconds, doubted):
    wall = (NOW + timedelta(seconds=seconds)).isoformat()
    assert bool(doubts(clock(wall=wall, skew=seconds))) is doubted


def test_a_clock_that_was_moved_after_the_contact_is_doubted():
    assert "拨动" in doubts(clock(wall=(NOW + timedelta(hours=2)).isoformat()))[0]


@pytest.mark.parametrize("changes", [{"anchored": False}, {"boot": "another"}])
def test_a_clock_that_nobody_has_set_since_it_was_switched_on_is_doubted(changes):
    assert "没有" in doubts(clock(**changes))[0]


@pytest.mark.parametrize("changes", [{"anchored": False}, {"boot": "another"}])
def test_near_midnight_no_document_is_issued_by_a_clock_that_nobody_has_set(changes):
    require_day(clock(**changes))
    with pytest.raises(ClockInDoubt):
        require_day(clock(MIDNIGHT, **changes))
    require_day(clock(MIDNIGHT))
    require_day(clock(MIDNIGHT, gnss=MIDNIGHT.isoformat(), **changes))
