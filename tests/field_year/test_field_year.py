"""A short field year: whatever strikes, nothing is lost and nothing is twice."""

import pytest

from field_year import network
from field_year.bugs import TABLETS
from field_year.world import Year, live

SEEDS = (3, 8, 12)
DAYS = 3


@pytest.mark.parametrize("seed", SEEDS)
def test_a_few_days_with_everything_that_can_go_wrong_lose_nothing(ground, seed):
    told = live(ground, Year(seed, DAYS, TABLETS))
    assert told.broken is None, told.lines[-10:]
    assert told.work["days"] >= DAYS * TABLETS
    assert told.work["inspections"] > 2
    assert told.work["letters"] > 5
    assert {"断电", *network.KINDS} & set(told.faults)


def test_a_seed_replays_exactly(ground):
    first, again = (live(ground, Year(5, 2, TABLETS)) for _ in range(2))
    assert again.lines == first.lines
    assert again.digest == first.digest
    assert live(ground, Year(6, 2, TABLETS)).digest != first.digest
