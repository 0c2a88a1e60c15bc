"""The tablet finds two characters among 50,000 plants: milliseconds, against one frame of 50 ms."""

import random
import statistics
import tempfile
import time
from pathlib import Path

from benches.ground import Ground
from benches.measure import Figure
from benches.plants import values
from field_app.crypt.keys import new_key
from field_app.shelves.mirror import Place
from field_app.store import Store
from lawbook.places import Position

PLANTS, FOUND, FRAME = 50_000, 41, 50.0
TYPED = ("铸造", "有限", "第4", "没有", "hj", "82")
"""What many plants hold, what few do, what none does; initials, and part of a code."""
HERES = (None, Position(35.6, 110.7), Position(30.0, 100.0))
"""Without a fix, among the plants, and so far off that all must be looked at."""


async def measure(_: Ground, __: int, turns: int) -> list[Figure]:
    """Search by each of the words from each place; the slowest of a turn counts.

    The limit is the frame itself, not a rival: a ratio of 1 or more is within the frame.
    """
    figure = Figure(
        "tablet: search two characters among 50,000 plants", "one frame of 50 ms", "searches/s", 1.0
    )
    with tempfile.TemporaryDirectory() as folder:
        store = _filled(Path(folder))
        turns_ms = [
            max(_milliseconds(store, typed, here) for typed in TYPED for here in HERES)
            for _turn in range(turns)
        ]
        store.close()
    for slowest in turns_ms:
        figure.add(1000 / slowest, 1000 / FRAME)
    figure.note = (
        f"{statistics.median(turns_ms):.1f} ms ({min(turns_ms):.1f}–{max(turns_ms):.1f}), bar 50 ms: "
        "the slowest of 18 searches, with and without a fix"
    )
    return [figure]


def _filled(folder: Path) -> Store:
    chance = random.Random(1)
    rows = [
        {
            "id": f"{number}", "name": one["ent_name"], "credit_code": one["uscc"],
            "complete": True, "missing": [],
            "values": one | {
                "latitude": f"{35 + chance.random():.6f}",
                "longitude": f"{110.2 + 1.5 * chance.random():.6f}",
            },
        }
        for number, one in enumerate(values(PLANTS))
    ]  # fmt: skip
    store = Store(folder, new_key())
    store.mirror.apply(
        "entities", rows, Place("1-a", len(rows), "2026-06-01T00:00:00Z"), whole=True
    )
    return store


def _milliseconds(store: Store, typed: str, here: Position | None) -> float:
    started = time.perf_counter()
    store.mirror.search_entities(typed, FOUND, here)
    return (time.perf_counter() - started) * 1000
