"""The takeover of a plain store in a process that is killed at its n-th step towards the disk.

Run as a program: `python -m …taken_over ROOT ADAPTER`. For each n a child signs in and is killed
there; others go on: one at once with no signal, where the new store can be opened, else the office.
"""

import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from field_app.crypt import port
from field_app.initials import initials
from field_app.refusals import NotHereBefore
from field_app.vault import Vault
from tests.field_app.tablet import LIGHT, PASSWORD, USER

ADAPTER = sys.argv[2] if len(sys.argv) > 2 else "sqlcipher"
STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"), (os, "rename"), (Path, "replace"), (Path, "unlink"), (shutil, "rmtree"),
    (sqlite3, "connect"),
)  # fmt: skip


class Countdown:
    """Kills this process at the n-th step, before or after it."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        for place, name in STEPS:
            self._around(place, name)

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _around(self, place: Any, name: str) -> None:
        act = getattr(place, name)

        def counted(*given: Any, **more: Any) -> Any:
            self.step()
            done = act(*given, **more)
            self.step()
            return done

        setattr(place, name, counted)


def sign_in(root: Path) -> None:
    """As an officer would: by the password alone where that opens a store, else at the office."""
    vault = Vault(root, LIGHT)
    try:
        store = vault.open(USER, PASSWORD)
    except NotHereBefore:
        store = vault.opened(USER, vault.admit(USER, PASSWORD, "a"))
    store.close()


def run(root: Path, steps: int) -> int:
    """The wait status of a child that signs in, killed at the given step; 0 for never."""
    if (pid := os.fork()) == 0:
        code = 1
        try:
            if ADAPTER != "sqlcipher":
                port.cipher_is_here = lambda: False
            if steps:
                Countdown(steps)
            sign_in(root)
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1]


def main(root: Path) -> int:
    """All deaths, until a sign-in has no such step any more."""
    initials("河津")  # loaded once, before any fork
    steps = 1
    while True:
        folder = root / f"{steps:03}"
        shutil.copytree(root / "fresh", folder)
        status = run(folder, steps)
        if os.WIFEXITED(status):
            return os.WEXITSTATUS(status)
        shutil.copytree(folder, root / f"{steps:03}-dead")
        # Killed a second time, a little later, and then let live.
        run(folder, 5)
        if run(folder, 0) != 0:
            return 1
        steps += 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
