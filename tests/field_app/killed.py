"""An officer's day in a process that is killed at its n-th step towards the disk, then continued.

Run as a program: it prepares one store, and for each n forks a child that does the day and is
killed there, and another that carries on. What a child has shown as saved is written beside the
store, one line each. Forking instead of starting anew keeps a hundred deaths within a minute.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.reinspect import (
    begin_reinspection,
    finish_reinspection,
    open_hazards,
    record_result,
)
from field_app.actions.sign_document import sign_document
from field_app.actions.take_photo import keep_photo
from field_app.store import Store
from paper import font, render  # noqa: F401 - loaded once, before any fork
from tests.field_app.tablet import FIRST, NAMES, PRESENT, SECOND, STROKES, begun, filled, opened

ADAPTER = sys.argv[2] if len(sys.argv) > 2 else "sqlcipher"
SHORT = "metallurgy@2026.1"
ITEMS = 3
WORKERS = 4
PHOTO = b"\xff\xd8\xff" + b"one photo" * 50
ORDER, RECORD, OPINION = "correction-order", "inspection-record", "reinspection-opinion"


class Countdown:
    """Kills this process at the n-th moment before or after something reaches the disk."""

    def __init__(self, store: Store, steps: int) -> None:
        self.left, self.committing = steps, False
        store.db.conn.set_trace_callback(self.traced)
        self._around(os, "fsync")
        self._around(Path, "replace")

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(self, statement: str) -> None:
        """SQLite is about to do this: what it did before is done."""
        if self.committing:
            self.committing = False
            self.step()
        if statement.strip().upper() == "COMMIT":
            self.committing = True
            self.step()

    def _around(self, place: Any, name: str) -> None:
        act = getattr(place, name)

        def counted(*given: Any) -> Any:
            self.step()
            done = act(*given)
            self.step()
            return done

        setattr(place, name, counted)


def prepare(folder: Path) -> None:
    """A tablet whose check list is short: each answer is a commit, and three show it."""
    store = filled(folder, ADAPTER)
    body = store.packs.body("checklist", "metallurgy", "2026.1")
    body["item"] = body["item"][:ITEMS]
    store.packs.keep("checklist", "metallurgy", "2026.1", "0" * 64, body)
    store.close()


def day(store: Store, shown: Path) -> None:
    """The day, from wherever the store says it stands. Each saved thing is told as it is shown."""

    def tell(what: str, *said: object) -> None:
        with shown.open("a") as file:
            file.write(json.dumps([what, *said], ensure_ascii=False, default=str) + "\n")

    visit = begun(store)
    tell("inspection", visit)
    if not store.inspections.one(visit).ended_at:  # type: ignore[union-attr]
        for number, item in enumerate(store.packs.checklist(SHORT).items):
            if item.code not in store.inspections.answers(visit):
                said = answer_item(store, visit, item.code, "met" if number else "not_met")
                tell("answer", visit, item.code, said.answered_at, said.finding_id)
    photo = keep_photo(store, visit, PHOTO, "image/jpeg", caption="炉前")
    tell("photo", visit, photo.id, photo.sha256)
    tell("outcome", visit, finish_inspection(store, visit).value)
    for kind in (ORDER, RECORD):
        paper(store, visit, kind, tell)
    agains = store.inspections.agains(visit)
    again = agains[0].id if agains else begin_reinspection(store, visit, [FIRST, SECOND])
    tell("reinspection", again)
    if not store.inspections.again(again).reinspected_at:  # type: ignore[union-attr]
        for hazard in open_hazards(store, visit):
            record_result(store, again, hazard["id"], "corrected")
            tell("result", again, hazard["id"])
    finish_reinspection(store, again)
    tell("reinspected", again)
    paper(store, again, OPINION, tell)
    store.db.conn.execute("select 1")  # the moment after the last commit


def paper(store: Store, about: str, kind: str, tell: Any) -> None:
    """A document composed, signed by three, issued."""
    kept = compose_document(store, about, kind)
    tell("number", about, kind, kept.id, kept.number)
    if not kept.issued_at:
        signers = [("officer", NAMES[one], one) for one in (FIRST, SECOND)]
        signed = {one["name"] for one in store.documents.signatures(kept.id)}
        for role, name, number in [*signers, ("party", PRESENT["name"], None)]:
            if name not in signed:
                sign_document(store, kept.id, role, name, number, STROKES)
                tell("signature", kept.id, name)
    issued = issue_document(store, kept.id)
    tell("issued", kept.id, issued.issued_at, issued.pdf_sha256)


def child(folder: Path, steps: int) -> NoReturn:
    """Do the day in a store; killed at the given step, or 0 for never."""
    code = 1
    try:
        store = opened(folder, ADAPTER)
        if steps:
            Countdown(store, steps)
        day(store, folder / "shown.jsonl")
        code = 0
    finally:
        os._exit(code)


def run(folder: Path, steps: int) -> int:
    """The wait status of a child that does the day."""
    if (pid := os.fork()) == 0:
        child(folder, steps)
    return os.waitpid(pid, 0)[1]


def deaths(root: Path, first: int) -> int:
    """Kill at every WORKERS-th step until a day has no such step any more; 0 when all went on."""
    steps = first
    while True:
        folder = root / f"{steps:03}"
        shutil.copytree(root / "fresh", folder)
        status = run(folder, steps)
        if os.WIFEXITED(status):
            return os.WEXITSTATUS(status)
        (folder / "shown.jsonl").touch()
        shutil.copy(folder / "shown.jsonl", folder / "before.jsonl")
        if run(folder, 0) != 0:
            return 1
        steps += WORKERS


def main(root: Path) -> int:
    """All deaths, several at a time: they wait for the disk, not for one another."""
    prepare(root / "fresh")
    workers = []
    for first in range(1, WORKERS + 1):
        if (pid := os.fork()) == 0:
            os._exit(deaths(root, first))
        workers.append(pid)
    return max(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in workers)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
