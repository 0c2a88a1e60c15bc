"""A tablet's disk: it can lose power between any two steps towards it, and it can be full.

A step is a commit, an fsync, a rename, or a message that leaves or comes. Dying is a BaseException
at the step; from then on this store does nothing any more, and what SQLite and the folder hold is
what the next start finds. The crash model is therefore that of whole steps: `synchronous` may be
off and no file is really synced, which is what lets a year pass in minutes. What a disk does to
half-written pages is SQLite's business and is tested with real kills in tests/field_app.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from field_app import store
from field_app.crypt.port import cipher_is_here
from field_year.hands import hand

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP")
FULL = "database or disk is full"
FAILED: tuple[type[Exception], ...] = (OSError, sqlite3.OperationalError)
"""What a full disk raises: SQLCipher has classes of its own."""
if cipher_is_here():
    from sqlcipher3 import dbapi2

    FAILED += (dbapi2.OperationalError,)


class Killed(BaseException):
    """The tablet has lost its power here."""


class Disk:
    """The fate of one tablet's disk. `left`: steps until power is lost; None: it lasts."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.dead = self.full = False
        self.open: list[Connection] = []

    def step(self) -> None:
        """Something reaches the disk, or has just reached it."""
        if self.dead:
            raise Killed
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.dead = True
                raise Killed

    def cut_off(self) -> None:
        """Without power: what was in memory and what was not committed is gone."""
        for connection in self.open:
            connection.cut_off()
        self.open.clear()
        self.dead, self.left = False, None

    def room(self) -> None:
        """Refuse a file when there is no room for it."""
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Connection:
    """A SQLite connection whose commits are steps of a disk. Everything else is passed on."""

    def __init__(self, real: Any, disk: Disk) -> None:  # noqa: ANN401 - sqlite3's or SQLCipher's
        self._real, self._disk = real, disk
        disk.open.append(self)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._real, name)

    def execute(self, statement: str, *given: Any) -> Any:  # noqa: ANN401
        if self._disk.dead:
            raise Killed
        word = statement.lstrip()[:8].upper()
        if word.startswith("PRAGMA") and "synchronous" in statement:
            statement = "pragma synchronous = off"
        alone = not self._real.in_transaction and word.startswith(WRITES)
        if not (alone or word.startswith("COMMIT")):
            return self._real.execute(statement, *given)
        self._disk.step()
        if self._disk.full:
            if self._real.in_transaction:
                self._real.execute("ROLLBACK")
            raise getattr(self._real, "OperationalError", sqlite3.OperationalError)(FULL)
        done = self._real.execute(statement, *given)
        self._disk.step()
        return done

    def rollback(self) -> None:
        if self._disk.dead:
            raise Killed
        self._real.rollback()

    def cut_off(self) -> None:
        """Close as a loss of power does: what was not committed is gone."""
        self._real.close()


@contextmanager
def breakable(disks: dict[str, Disk]) -> Iterator[None]:
    """Stores, fsync and renames go to the disk of whoever is at work; the office's lasts."""

    class Breakable(Database):
        def __init__(self, connection: Any, *given: Any, **more: Any) -> None:  # noqa: ANN401
            disk = disks.get(hand())
            bent: Any = connection if disk is None else Connection(connection, disk)
            super().__init__(bent, *given, **more)
            self.conn = bent

    def fsync(handle: int) -> None:
        if disk := disks.get(hand()):
            disk.room()
            disk.step()
            disk.step()

    renames = Path.replace

    def replace(path: Path, target: Path) -> Path:
        disk = disks.get(hand())
        if disk:
            disk.step()
        done = renames(path, target)
        if disk:
            disk.step()
        return done

    stores: Any = store
    system: Any = os
    before = stores.Database, os.fsync
    stores.Database, system.fsync = Breakable, fsync
    Path.replace = replace  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        stores.Database, system.fsync = before
        Path.replace = renames  # type: ignore[method-assign]
