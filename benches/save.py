"""The tablet saves one answer, on disk when it returns, against one raw commit of the same file.

The limit is one statement and its commit on the same row, WAL with synchronous=FULL.
Ours asks whether the device may, the visit goes on and the item is one of the list.
"""

import itertools
import json
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
VISITS = 200
RAW = "update answer set remark = ?, answered_at = ? where inspection_id = 'v0' and item = ?"


async def measure(_: Ground, __: int, turns: int) -> list[Figure]:
    """Answers saved a second, turn about with bare commits."""
    figure = Figure(
        "tablet: one answer saved, encrypted and durable", "one raw commit of the same SQLCipher file",
        "saves/s", 1 / 3,
    )  # fmt: skip
    # On the disk beside the code: /tmp may be memory.
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        store, items = _visited(Path(folder) / "store")
        # SQLite writes nothing where nothing changes.
        count = itertools.count()

        def save() -> None:
            # As in a day's visits: each item is answered once.
            nth = next(count)
            item = items[nth // VISITS % len(items)]
            answer_item(store, f"v{nth % VISITS}", item, Answer.MET, remark=f"第{nth}次")

        def raw() -> None:
            store.db.conn.execute(RAW, (f"第{next(count)}次", kept(now()), items[0]))

        for turn in range(turns + 1):
            ours, limit = _rates(save, raw)
            if turn:  # the first turn warms both
                figure.add(ours, limit)
        store.close()
    return [figure]


def _rates(*saves: Callable[[], object]) -> list[float]:
    """Saves a second of each, one after the other in turn: a busy disk meets all alike."""
    took = [0.0 for _ in saves]
    for _ in range(SAVES):
        for at, save in enumerate(saves):
            started = time.perf_counter()
            save()
            took[at] += time.perf_counter() - started
    return [SAVES / seconds for seconds in took]


def _visited(folder: Path) -> tuple[Store, list[str]]:
    """A store with visits that go on, and the items to answer."""
    store = Store(folder, new_key())
    body = load(ROOT / "content" / "checklists" / f"{CHECKLIST}.toml")
    checklist = Checklist.from_content(body)
    # As it comes over the wire: days are text there.
    body = json.loads(json.dumps(body, default=str))
    store.packs.keep("checklist", checklist.code, checklist.version, "0" * 64, body)
    with store.atomic():
        for nth in range(VISITS):
            store.inspections.begin(
                {
                    "id": f"v{nth}", "entity_id": "e", "region": "140882", "place": "车间",
                    "checklist": checklist.ref, "officers": '["14088200001"]', "present": "{}",
                    "started_at": kept(now()),
                }
            )  # fmt: skip
    return store, [one.code for one in checklist.items]
