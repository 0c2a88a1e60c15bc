"""The tablet's first screen with 1,000 inspections in store, against an empty window of Kivy's.

Each turn starts a process for either, until its first frame is drawn. Ours opens the store by its
key, as it stands once the password is given: what a password costs is meant to cost.
"""

import asyncio
import contextlib
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from benches import plants
from benches.ground import ROOT, Ground
from benches.measure import Figure
from deploy.county import COUNTY
from deploy.display import available, ensure
from field_app.crypt.keys import new_key
from field_app.moments import kept, now
from field_app.shelves.mirror import Place
from field_app.store import Store

INSPECTIONS, PLANTS = 1_000, 5_000
DRAWN = b"drawn\n"
EMPTY, OURS = "empty", "ours"
LONGEST = 60


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Starts a minute; nothing where nothing can be drawn."""
    figure = Figure(
        f"tablet: first screen, {INSPECTIONS:,} inspections in store", "an empty Kivy window",
        "starts/min", 1 / 1.5,
    )  # fmt: skip
    key = new_key()
    folder = ground.folder / "tablet"
    _filled(folder, key)
    if not available():
        return []
    ensure(of_many=True)
    for turn in range(turns + 1):
        ours = await _start(OURS, folder, key)
        limit = await _start(EMPTY, folder, key)
        if turn:  # the first turn warms both
            figure.add(60 / ours, 60 / limit)
    return [figure]


def _filled(folder: Path, key: bytes) -> None:
    """A store as it is after a year of work and the morning's refresh."""
    store = Store(folder, key)
    at = now()
    store.set("me", {"account": "zhangyue", "officer": "14088200001", "name": "张岳", "unit": COUNTY,
                     "unit_name": "河津市应急管理局", "region": COUNTY})  # fmt: skip
    until = kept(at + timedelta(days=1))
    store.set("token", {"access": "a", "refresh": "r", "good_until": until})
    store.set("refreshed_at", kept(at))
    entities = [
        {"id": f"{number}", "name": one["ent_name"], "credit_code": one["uscc"], "complete": True,
         "missing": [], "values": one}
        for number, one in enumerate(plants.values(PLANTS))
    ]  # fmt: skip
    store.mirror.apply("entities", entities, Place("1-a", PLANTS, kept(at)), whole=True)
    with store.atomic():
        for number in range(INSPECTIONS):
            begun = kept(at - timedelta(hours=3 * number + 3))
            store.inspections.begin({
                "id": f"v{number}", "entity_id": f"{number}", "region": COUNTY, "checklist": "c@1",
                "officers": '["14088200001", "14088200002"]', "place": "车间", "present": "{}",
                "started_at": begun,
            })  # fmt: skip
            store.inspections.change(f"v{number}", {"ended_at": begun, "outcome": "problem_found"})
    store.close()


async def _start(mode: str, folder: Path, key: bytes) -> float:
    """Seconds from the start of a process to its first frame."""
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benches.first_screen", mode, str(folder), key.hex(), cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(LONGEST):
        line = await process.stdout.readline()
    taken = time.perf_counter() - started
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
    assert line == DRAWN, f"{mode}: no frame was drawn"
    return taken


def _child(mode: str, folder: Path, key: str) -> None:
    """Draw, say so, and wait to be ended."""
    from field_app.look.window import prepare, use_chinese

    prepare(folder.parent)
    if mode == EMPTY:
        from kivy.app import App

        app = App()
    else:
        use_chinese()
        from field_app.app import Tablet
        from field_app.vault import Vault

        app = Tablet(Vault(folder.parent), "http://office", None, Store(folder, bytes.fromhex(key)))
    from kivy.core.window import Window

    def drawn(*_: object) -> None:
        Window.unbind(on_flip=drawn)
        sys.stdout.buffer.write(DRAWN)
        sys.stdout.buffer.flush()

    Window.bind(on_flip=drawn)
    asyncio.run(app.async_run("asyncio"))


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
