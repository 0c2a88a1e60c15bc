"""The tablet saves one answer, on disk when it returns, against one SQLite commit of the same row.

The limit is plain SQLite in the same folder, WAL with synchronous=FULL: one statement, one commit.
Ours asks the lawbook, and writes the encrypted store.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benches.ground import ROOT, Ground
from benches.measure import Figure
from field_app.actions.answer_item import answer_item
from field_app.crypt.keys import new_key
from field_app.moments import kept, now
from field_app.store import Store
from lawbook.checklist import Checklist
from lawbook.content import load
from lawbook.inspection import Answer

CHECKLIST = "metallurgy"
SAVES = 200


async def measure(_: Ground, __: int, turns: int) -> list[Figure]:
    """Answers saved a second, turn about with bare commits."""
    figure = Figure(
        "tablet: one answer saved, encrypted and durable", "one SQLite commit, plain, FULL",
        "saves/s", 1 / 3,
    )  # fmt: skip
    # On the disk beside the code: /tmp may be memory.
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        store, item = _visited(Path(folder) / "store")
        bare = _bare(Path(folder) / "bare.db")
        for turn in range(turns + 1):
            ours = _rate(lambda: answer_item(store, "v", item, Answer.MET, remark="符合"))
            limit = _rate(lambda: bare.execute(
                "insert or replace into answer values ('v', ?, 'met', '符合', ?)",
                (item, kept(now())),
            ))  # fmt: skip
            if turn:  # the first turn warms both
                figure.add(ours, limit)
        store.close()
        bare.close()
    return [figure]


def _rate(save: Callable[[], object]) -> float:
    started = time.perf_counter()
    for _ in range(SAVES):
        save()
    return SAVES / (time.perf_counter() - started)


def _visited(folder: Path) -> tuple[Store, str]:
    """A store with a visit that goes on, and an item to answer."""
    store = Store(folder, new_key())
    body = load(ROOT / "content" / "checklists" / f"{CHECKLIST}.toml")
    return _with_visit(store, body)


def _with_visit(store: Store, body: dict[str, object]) -> tuple[Store, str]:
    checklist = Checklist.from_content(body)
    store.packs.keep("checklist", checklist.code, checklist.version, "0" * 64, body)
    store.inspections.begin(
        {
            "id": "v", "entity_id": "e", "region": "140882", "checklist": checklist.ref,
            "officers": "[]", "place": "车间", "present": "{}", "started_at": kept(now()),
        }
    )  # fmt: skip
    return store, checklist.items[0].code


def _bare(place: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(place, isolation_level=None)
    bare.execute("pragma journal_mode = wal")
    bare.execute("pragma synchronous = full")
    bare.execute(
        "create table answer (inspection_id, item, answer, remark, answered_at, "
        "primary key (inspection_id, item))"
    )
    return bare
