"""Whether the government is to be asked to close a plant (提请关闭, 安全生产法 §113第一项): a hint, no act."""

from collections.abc import Iterable
from datetime import date

from gateway.console.client import Json
from lawbook.fines import closure_due


def closure(cases: Iterable[Json], hazards: Iterable[Json], on: date) -> int:
    """How many fines in force of the past year call for it; 0 where none does.

    `hazards`: the open ones. Penalties without a fine are not in the list of cases: told is 至少.
    """
    fined = [
        date.fromisoformat(one["decided_on"]) for one in cases if one["decided_on"] and one["fine"]
    ]
    if not closure_due(fined, on, major_hazard=any(one["major"] for one in hazards)):
        return 0
    return sum(0 <= (on - day).days < 365 for day in fined)
