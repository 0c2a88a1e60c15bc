"""How many numbers a tablet takes along (文号预计用量): enough for weeks out of reach, not a whole year's."""

from datetime import datetime, timedelta
from math import ceil

from field_app.moments import day, kept
from field_app.store import Store
from lawbook.numbers import last_day

NUMBERED = ("inspection-record", "correction-order", "reinspection-opinion")
"""What every visit may need, and is numbered; of every other kind a tablet takes a few."""
LEASE = 20
"""Numbers asked for at once by a tablet that does not know yet what it needs."""
LEAST, MOST = 5, 100
"""Numbers asked for at once, at least and at most."""
LOOKED_BACK = timedelta(weeks=8)
AHEAD = timedelta(days=17)
"""So long before the year ends, numbers of the next are taken along: 元旦 may be out of reach."""


def wanted(store: Store, document: str, at: datetime) -> int:
    """Numbers for four weeks, as the last eight weeks went."""
    since = kept(at - LOOKED_BACK)
    if not store.leases.held_before(document, since):
        return LEASE if document in NUMBERED else LEAST
    return min(MOST, max(LEAST, ceil(store.documents.made_since(document, since) / 2)))


def few(store: Store, document: str, at: datetime) -> int:
    """With fewer numbers than this left, more are asked for: two fifths of what is wanted."""
    return ceil(wanted(store, document, at) * 2 / 5)


def years(at: datetime) -> list[int]:
    """The years for which numbers are taken along: this one, and the next when it is near."""
    today = day(at)
    next_too = today + AHEAD > last_day(today.year)
    return [today.year, today.year + 1] if next_too else [today.year]
