"""The clocks of an act, beside those of the act before it on this tablet (R23).

Kept in the act's own transaction: an act that did not happen leaves no trace.
"""

from datetime import datetime, timedelta

from field_app.clocks import ClockBody, Ticks, clock_of, ticks
from field_app.moments import kept
from field_app.shelves.packs import PackMissing
from field_app.store import Store
from lawbook.devices import MOST_SKEW, dated, doubts, tolerance

BEFORE = "act_clock"


def clock_now(store: Store) -> ClockBody:
    """The clocks as an act of this moment would state them."""
    clock = clock_of(store.installation)
    before: Ticks | None = store.setting(BEFORE)
    if before:
        clock["before"] = before
    return clock


def dated_here(store: Store, shown: datetime) -> datetime:
    """The moment by which an act of now is dated, where this tablet's clock shows `shown`: whole seconds.

    The office's time since the tablet was switched on goes before a clock that was moved.
    """
    told = dated(clock_of(store.installation) | {"wall": kept(shown)})
    return told.replace(microsecond=0)


def clock_at_act(store: Store) -> ClockBody:
    """The clocks of an act, in its transaction; the next act names them as the ones before."""
    clock = clock_now(store)
    store.set(BEFORE, {name: clock[name] for name in ("wall", "monotonic", "boot")})
    return clock


def ticks_at_act(store: Store) -> Ticks:
    """Of an act that is one of many (an answer): the two clocks only, in its transaction."""
    told = ticks()
    store.set(BEFORE, told)
    return told


def most_skew(store: Store) -> timedelta:
    """How far this tablet's clock may be off, as the office's content says."""
    try:
        return tolerance(store.packs.body("clocks", "doubts"))
    except PackMissing:
        return MOST_SKEW


def doubts_now(store: Store) -> list[str]:
    """Why the time of an act of this moment would be doubted, in words."""
    return doubts(clock_now(store), most_skew(store))
