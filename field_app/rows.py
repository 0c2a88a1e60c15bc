"""The tablet's database as its shelves use it: sqlite-utils with one kind of savepoint."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlite_utils import Database


class Rows(Database):
    """Tables by name, plain statements, and transactions that may lie in one another."""

    @contextmanager
    def atomic(self) -> Generator[Database, None, None]:
        """All of it or nothing; within another one a part of that.

        A name of its own for every part would fill the driver's cache of statements with what
        never comes again. Of equal names SQLite takes the one that was set last.
        """
        if not self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        self.conn.execute("savepoint part")
        try:
            yield self
        except BaseException:
            # Some errors end the whole transaction, its savepoints with it.
            if self.conn.in_transaction:
                self.conn.execute("rollback to savepoint part")
                self.conn.execute("release savepoint part")
            raise
        self.conn.execute("release savepoint part")
