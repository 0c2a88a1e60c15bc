"""What may be doubted of a device: its silence, and its clock."""

from datetime import UTC, datetime, timedelta

import pytest

from lawbook.devices import (
    ClockInDoubt,
    against_the_office,
    alarm,
    dated,
    days_silent,
    doubts,
    moved,
    require_day,
    tolerance,
)

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


RAN_EMPTY = {"wall": "2015-01-01T00:00:00+00:00", "boot": "another", "latest": None}
"""A battery ran empty: the clock shows a time that was over long before the office was last heard."""


def test_a_clock_that_shows_a_time_that_is_over_issues_nothing_and_says_why():
    with pytest.raises(ClockInDoubt, match="平板时间早于最近一次联网（2026-11-24 11:59）"):
        require_day(clock(**RAN_EMPTY))
    assert "实际是哪一天不能确定" in doubts(clock(**RAN_EMPTY))[-1]
    require_day(clock(**(RAN_EMPTY | {"gnss": NOW.isoformat(), "latest": NOW.isoformat()})))


@pytest.mark.parametrize(
    ("at", "shown", "changes", "expected"),
    [
        # Within what a clock may be off, what is shown stands.
        (NOW, timedelta(minutes=5), {}, timedelta(minutes=5)),
        (NOW, timedelta(minutes=-5), {}, timedelta(minutes=-5)),
        # The office's time since it was switched on goes before a clock that was moved.
        (NOW, timedelta(days=-2), {}, timedelta(seconds=-2)),
        (NOW, timedelta(hours=1), {}, timedelta(seconds=2)),
        # A minute is enough where it makes another day.
        (MIDNIGHT + timedelta(seconds=30), timedelta(minutes=-1), {}, timedelta(seconds=-2)),
        # Where nobody else's clock stands behind it, it says what it shows.
        (NOW, timedelta(days=-2), {"anchored": False}, timedelta(days=-2)),
        (NOW, timedelta(days=-2), {"boot": "another", "latest": None}, timedelta(days=-2)),
        (NOW, timedelta(days=-2), {"latest": None}, timedelta(days=-2)),
    ],
)  # fmt: skip
def test_an_act_is_dated_by_the_offices_time_where_the_shown_one_was_moved(
    at, shown, changes, expected
):
    told = clock(at, **changes) | {"wall": (at + shown).isoformat()}
    assert dated(told) == at + expected


def test_a_clock_that_is_set_is_not_doubted_for_not_knowing_how_late_it_is():
    assert doubts(clock(latest=None))[0].startswith("平板时间早于最近一次联网")


def ticks(minutes, monotonic, boot="b"):
    at = NOW + timedelta(minutes=minutes)
    return {"wall": at.isoformat(), "monotonic": monotonic * 60_000, "boot": boot}


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([ticks(0, 0), ticks(90, 90)], []),
        ([ticks(0, 0), ticks(30, 90)], ["与前一次操作之间，平板时钟被拨慢 60 分钟"]),
        ([ticks(0, 0), ticks(90, 30)], ["与前一次操作之间，平板时钟被拨快 60 分钟"]),
        # Switched on anew, nothing tells how long it was off: only going back betrays it.
        ([ticks(0, 50), ticks(90, 1, "c")], []),
        ([ticks(0, 50), ticks(-20, 1, "c")], ["比前一次操作的平板时间还早 20 分钟"]),
    ],
)
def test_a_clock_that_was_moved_between_two_acts_is_doubted(acts, said):
    assert moved(acts) == said


def test_what_was_done_before_is_part_of_the_doubt():
    assert doubts(clock(before=ticks(0, 0))) == []
    assert "被拨慢" in doubts(clock(before=ticks(60, 0)))[0]


def test_the_office_sees_a_clock_that_is_ahead_of_it_and_one_that_is_behind_the_last_contact():
    assert against_the_office(clock(), NOW) == []
    assert "还晚 60 分钟" in against_the_office(clock(), NOW - timedelta(hours=1))[0]
    late = clock(wall=(NOW - timedelta(hours=1)).isoformat())
    assert "还早 60 分钟" in against_the_office(late, NOW)[0]


def test_how_far_a_clock_may_be_off_is_the_offices_to_say():
    ahead = clock(wall=(NOW + timedelta(seconds=200)).isoformat(), skew=200)
    assert doubts(ahead) == []
    assert doubts(ahead, tolerance({"tolerance_seconds": 100}))
