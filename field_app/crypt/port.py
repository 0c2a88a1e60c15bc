"""The port to an encrypted database, and which of its two adapters opens a store.

An adapter gives a connection with the interface of the standard library's sqlite3: what is
committed is on disk, and nothing on disk is plain. Errors are `connection.OperationalError` and so
on: each adapter has its own classes.
"""

import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from lawbook.refusal import Refusal


class StoreDamaged(Refusal):
    """An encrypted store that does not open with its own key."""

    code = "store-damaged"
    title = "本机存储已损坏，无法打开"
    next_step = "不要删除任何文件，把设备交给管理员"


class Adapter(Protocol):
    """How a database is kept encrypted below a folder."""

    name: str

    def is_here(self, folder: Path) -> bool:
        """Whether this adapter keeps a database in the folder."""

    def connect(self, folder: Path, key: bytes) -> sqlite3.Connection:
        """Open it, or make it. Refuses StoreDamaged when the key does not open it."""

    def purge(self, connection: sqlite3.Connection) -> None:
        """Keep only what the database holds now: what was deleted is in no log any more."""

    def bring(self, plain: Path, folder: Path, key: bytes) -> None:
        """Make the folder's database a copy of a plain SQLite file; on disk when this returns."""


def cipher_is_here() -> bool:
    """Whether SQLCipher can be imported."""
    return find_spec("sqlcipher3") is not None


def named(name: str) -> Adapter:
    """An adapter by its name: sqlcipher or sealed."""
    if name == "sqlcipher":
        from field_app.crypt.cipher import Cipher

        return Cipher()
    from field_app.crypt.sealed import SealedLog

    return SealedLog()


def chosen(folder: Path) -> Adapter:
    """The adapter that keeps this folder's database; for a new one SQLCipher where there is any."""
    sealed = named("sealed")
    return sealed if sealed.is_here(folder) or not cipher_is_here() else named("sqlcipher")
