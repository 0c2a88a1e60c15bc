"""When a plant's page says that its closing is to be asked for (提请关闭)."""

from datetime import date, timedelta
from typing import Any

import pytest

from gateway.console.closure import closure

ON = date(2026, 6, 30)
MAJOR: list[dict[str, Any]] = [{"major": False}, {"major": True}]


def fined(*ago: int, fine: int = 1) -> list[dict[str, Any]]:
    return [{"decided_on": str(ON - timedelta(days)), "fine": fine} for days in ago]


@pytest.mark.parametrize(
    ("cases", "hazards", "times"),
    [
        (fined(0, 100, 179), MAJOR, 3), (fined(0, 100, 180), MAJOR, 0),
        (fined(0, 100, 200, 364), MAJOR, 4), (fined(0, 100, 179), MAJOR[:1], 0),
        (fined(0, 100) + fined(179, fine=0), MAJOR, 0),
        ([*fined(0, 100), {"decided_on": None, "fine": 0}], MAJOR, 0), ([], [], 0),
    ],
)  # fmt: skip
def test_three_fines_in_180_days_or_four_in_a_year_while_a_major_hazard_is_open(
    cases, hazards, times
):
    """安全生产法 §113(1)."""
    assert closure(cases, hazards, ON) == times
