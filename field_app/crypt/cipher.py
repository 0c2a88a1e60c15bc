"""SQLCipher: every page encrypted by SQLite itself. Where it has a wheel: Linux, Windows, macOS."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

from field_app.crypt.keys import derived
from field_app.crypt.port import StoreDamaged

FILE = "store.db"
STATEMENTS = 2000
"""More than the tablet has: the driver's cache, once full, keeps nothing that is new."""
LONG = 4000
"""Pages of 4 KB in the write-ahead log after which a commit folds it into the file."""
HELD = LONG
"""Pages held in the clear at most: a county's first pull is encrypted once, as it is committed."""


class Cipher:
    """The adapter on laptops."""

    name = "sqlcipher"

    def is_here(self, folder: Path) -> bool:
        """Whether its file lies in the folder."""
        return (folder / FILE).is_file()

    def connect(self, folder: Path, key: bytes) -> sqlite3.Connection:
        """Open the file with the raw key: no stretching, so that opening costs nothing."""
        from sqlcipher3 import dbapi2

        # No implicit transactions: a write outside `atomic` is committed when it returns.
        connection = dbapi2.connect(
            folder / FILE, timeout=10, isolation_level=None, cached_statements=STATEMENTS
        )
        connection.execute(f"pragma key = \"x'{derived(key, 'database').hex()}'\"")
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("select count(*) from sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            connection.close()
            if isinstance(error, dbapi2.OperationalError):
                raise
            raise StoreDamaged from error
        connection.execute("pragma synchronous = full")
        connection.execute(f"pragma wal_autocheckpoint = {LONG}")
        connection.execute(f"pragma cache_size = {HELD}")
        return cast("sqlite3.Connection", connection)

    def purge(self, connection: sqlite3.Connection) -> None:
        """Fold the write-ahead log into the file and cut it."""
        connection.execute("pragma wal_checkpoint(truncate)")

    def bring(self, plain: Path, folder: Path, key: bytes) -> None:
        """Copy by SQLCipher's own export: every table, index and trigger, rows in their order."""
        with closing(self.connect(folder, key)) as connection:
            connection.execute("attach database ? as plain key ''", (str(plain),))
            connection.execute("begin")
            connection.execute("select sqlcipher_export('main', 'plain')").fetchone()
            (version,) = connection.execute("pragma plain.user_version").fetchone()
            connection.execute(f"pragma main.user_version = {version}")
            connection.execute("commit")
            connection.execute("detach database plain")
