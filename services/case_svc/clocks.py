"""What the office doubts of the time at which a tablet says that something was done (时间存疑, R23).

Nothing is refused for it: the doubt is kept beside the record and goes with it into the feed.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from lawbook.content import load
from lawbook.devices import MOST_SKEW, against_the_office, doubts, moved, tolerance
from services.kit.wire import ClockBody, Ticks

FILE = "clocks/doubts.toml"


@lru_cache(maxsize=4)
def _tolerance(folder: Path) -> timedelta:
    path = folder / FILE
    return tolerance(load(path)) if path.exists() else MOST_SKEW


def doubted(
    folder: Path, clock: ClockBody | None, acts: Sequence[ClockBody | Ticks | None] = ()
) -> list[str]:
    """Why the time of an act is doubted, in words; nothing of a tablet that tells no clocks.

    `folder`: the content, for the tolerance. `acts`: the clocks of what was done before as part of
    it (begun, answered), in no order.
    """
    most = _tolerance(folder)
    told = [one for one in (*acts, clock) if one is not None]
    received, found = datetime.now(UTC), list[str]()
    for one in told:
        if isinstance(one, ClockBody):
            plain = one.model_dump(mode="json")
            found += against_the_office(plain, received, most) + doubts(plain, most)
    found += moved([one.model_dump(mode="json") for one in _in_order(told)], most)
    return list(dict.fromkeys(found))


def _in_order(told: Sequence[ClockBody | Ticks]) -> list[ClockBody | Ticks]:
    """One switching-on after the other, as first named; within one, by the clock that only goes on."""
    boots = list(dict.fromkeys(one.boot for one in told))
    return sorted(told, key=lambda one: (boots.index(one.boot), one.monotonic))
