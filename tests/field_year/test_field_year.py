"""A short field year: whatever strikes, nothing is lost and nothing is twice."""

from io import StringIO

import pytest
from rich.console import Console

from field_year import faults, network
from field_year.bugs import TABLETS
from field_year.telling import Teller
from field_year.world import Told, Year, live

DAYS = 3
BACKED_UP = {"备份", "从备份恢复"}
SWITCHED = {"换人登录"}
"""Owed by the year that is lived twice."""
OWED = {
    8: frozenset(one.name for one in faults.ALL) - BACKED_UP - SWITCHED,
    3: frozenset(BACKED_UP),
}
"""What must strike in the year of a seed. Nothing is backed up while something is withdrawn."""
POWER = 8
"""The seed in whose year tablets lose their power."""


@pytest.mark.parametrize("seed", sorted(OWED))
def test_a_few_days_with_everything_that_can_go_wrong_lose_nothing(ground, seed):
    told = live(ground, Year(seed, DAYS, TABLETS, owed=OWED[seed]))
    assert told.broken is None, told.lines[-10:]
    assert told.work["days"] >= DAYS * TABLETS
    assert told.work["inspections"] > 2
    assert told.work["letters"] > 5
    assert told.work["shown"] > 30
    assert told.clean
    # A fault that never strikes proves nothing.
    assert set(network.KINDS) - set(told.faults) == set()
    assert "断电" in told.faults or seed != POWER
    assert OWED[seed] - set(told.faults) == set()


def test_every_fault_is_owed_by_some_year():
    assert frozenset().union(SWITCHED, *OWED.values()) == {one.name for one in faults.ALL}


def test_a_seed_replays_exactly(ground):
    first, again = (live(ground, Year(5, 2, TABLETS, owed=frozenset(SWITCHED))) for _ in range(2))
    assert again.lines == first.lines
    assert again.digest == first.digest
    assert len(first.lines) > 50
    assert first.broken is None
    assert SWITCHED - set(first.faults) == set()


@pytest.mark.parametrize(("lost", "twice"), [(0, 0), (2, 1)])
def test_what_is_told_as_lost_was_counted(lost, twice):
    told = Told(Year(7))
    told.work.update({"shown": 40, "lost": lost, "twice": twice})
    teller = Teller()
    out = StringIO()
    teller.console = Console(file=out, width=200)
    teller.summary([told])
    assert f"清点 40 件：丢失 {lost}，重复 {twice}" in out.getvalue()
    assert told.clean == (lost == twice == 0)
