"""The stand-in where there is no SQLCipher (Android): a database in memory, its commits sealed.

    image-N    the whole database as it was, sealed in chunks (field_app/crypt/chunks.py)
    log-N      what was done since: one sealed record for each committed transaction

A commit returns when its record is on disk. Opening reads the image and does again what the log
says, so every table is covered, those that are not yet thought of too. A statement may therefore
use only what SQLite itself brings, and nothing that depends on chance or on the clock.
"""

import base64
import contextlib
import io
import json
import os
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from field_app.crypt.chunks import Damaged, Reader, seal
from field_app.crypt.keys import NONCE, derived
from field_app.crypt.port import StoreDamaged
from field_app.disk import settle

LONG = 8 << 20
"""A log of more bytes than this is folded into a new image when the store is opened or closed."""
HEAD = struct.Struct(">II")
READS = frozenset(("SELECT", "EXPLAIN", "PRAGMA", "ANALYZE"))
Step = tuple[str, Any]
"""A statement and its parameters; a list of parameters where it was executed for many."""


class _Cursor(sqlite3.Cursor):
    """Hands every statement to its connection, which knows what has to be logged."""

    connection: "Sealed"

    def execute(self, sql: str, parameters: Any = (), /) -> "_Cursor":  # noqa: ANN401 - DB-API
        act = super().execute
        self.connection.carry(sql, parameters, lambda: act(sql, parameters))
        return self

    def executemany(self, sql: str, parameters: Any, /) -> "_Cursor":  # noqa: ANN401 - DB-API
        act, many = super().executemany, [list(one) for one in parameters]
        self.connection.carry(sql, {"many": many}, lambda: act(sql, many))
        return self

    def executescript(self, script: str, /) -> "_Cursor":
        held = ""
        for piece in script.split(";"):
            held += piece + ";"
            if held.strip(" \n;") and sqlite3.complete_statement(held):
                self.execute(held)
                held = ""
        return self


class Sealed(sqlite3.Connection):
    """A database in memory that is as durable as a file."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - sqlite3's own
        super().__init__(*given, **named)
        self.log: _Log | None = None
        self._pending: list[Step] = []
        self._savepoints: list[str] = []

    def cursor(self, factory: Any = None) -> Any:  # noqa: ANN401 - DB-API
        """A cursor whose statements are logged."""
        return super().cursor(_Cursor)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:  # noqa: ANN401 - DB-API
        """As the standard library's."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> Any:  # noqa: ANN401 - DB-API
        """As the standard library's."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, script: str, /) -> Any:  # noqa: ANN401 - DB-API
        """Statement by statement, without the implied commit."""
        return self.cursor().executescript(script)

    def commit(self) -> None:
        """End the transaction, if there is one."""
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        """Give the transaction up, if there is one."""
        if self.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        """Fold a long log, and let the files go."""
        if self.log:
            self.rollback()
            self.log.fold(self)
            self.log.close()
            self.log = None
        super().close()

    def carry(self, sql: str, parameters: Any, act: Callable[[], object]) -> None:  # noqa: ANN401
        """Do a statement; what it changes is logged before it is committed."""
        verb, named = _said(sql)
        if self.log is None or (verb in READS and "user_version =" not in sql):
            act()
        elif verb in ("BEGIN", "ROLLBACK"):
            act()
            self._pending, self._savepoints = [], []
        elif verb in ("COMMIT", "END") or (verb == "RELEASE" and self._savepoints[:1] == [named]):
            self._end(act)
        elif verb in ("SAVEPOINT", "TO") and (
            not self.in_transaction or self._savepoints[:1] == [named]
        ):
            # One that is outside of any transaction begins one; back to it, nothing has been done.
            act()
            self._pending, self._savepoints = [], [named]
        elif self.in_transaction:
            act()
            self._pending.append((sql, parameters))
        else:
            self.execute("BEGIN")
            try:
                act()
                self._pending.append((sql, parameters))
                self.execute("COMMIT")
            except BaseException:
                self.rollback()
                raise

    def _end(self, act: Callable[[], object]) -> None:
        assert self.log is not None
        before = self.log.length
        if self._pending:
            self.log.append(self._pending)
        try:
            act()
        except BaseException:
            self.log.cut(before)
            raise
        self._pending, self._savepoints = [], []


def _said(sql: str) -> tuple[str, str]:
    """A statement's verb, TO for one that rolls back to a savepoint; and that savepoint's name."""
    words = sql.rstrip(" \n;").upper().split()
    verb = words[0] if words else ""
    if verb == "ROLLBACK" and "TO" in words:
        verb = "TO"
    return verb, words[-1].strip("\"'`[]") if words else ""


class _Log:
    """Sealed records, one after the other, of one generation."""

    def __init__(self, folder: Path, key: bytes, generation: int) -> None:
        self.folder, self.key = folder, key
        self._begin(generation)

    def _begin(self, generation: int) -> None:
        self.generation, self.length, self.count = generation, 0, 0
        self.place = self.folder / f"log-{generation}"
        self._seal = AESGCM(derived(self.key, "log", generation.to_bytes(8, "big")))
        new = not self.place.exists()
        self._file = os.open(self.place, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        if new:
            settle(self.folder)

    def _bound(self) -> bytes:
        return self.generation.to_bytes(8, "big") + self.count.to_bytes(8, "big")

    def append(self, steps: list[Step]) -> None:
        """One transaction, on disk when this returns. What cannot be written leaves no trace."""
        plain = json.dumps(steps, ensure_ascii=False, default=_spelled).encode()
        nonce = os.urandom(NONCE)
        record = nonce + self._seal.encrypt(nonce, plain, self._bound())
        size = len(record).to_bytes(4, "big")
        try:
            os.lseek(self._file, self.length, os.SEEK_SET)
            _write_all(self._file, size + zlib.crc32(size).to_bytes(4, "big") + record)
            os.fsync(self._file)
        except OSError:
            self.cut(self.length)
            raise
        self.length += HEAD.size + len(record)
        self.count += 1

    def cut(self, length: int) -> None:
        """Take back what was written behind this length."""
        if self.length > length:
            self.count -= 1
        os.ftruncate(self._file, length)
        os.fsync(self._file)
        self.length = length

    def records(self) -> Iterator[list[Step]]:
        """Every whole record. A last one that the power cut short is set aside: it never returned.

        Refuses StoreDamaged for a record that does not open though others follow it.
        """
        data = self.place.read_bytes()
        while self.length < len(data):
            start = self.length + HEAD.size
            head = data[self.length : start]
            size = int.from_bytes(head[:4], "big")
            whole = len(head) == HEAD.size and zlib.crc32(head[:4]).to_bytes(4, "big") == head[4:]
            record = data[start : start + size]
            try:
                if not whole or len(record) < size:
                    raise InvalidTag
                plain = self._seal.decrypt(record[:NONCE], record[NONCE:], self._bound())
            except InvalidTag as error:
                if whole and start + size < len(data):
                    raise StoreDamaged(f"第 {self.count + 1} 条记录无法读取") from error
                self._set_aside(data[self.length :])
                return
            yield [(sql, _read(parameters)) for sql, parameters in json.loads(plain)]
            self.length, self.count = start + size, self.count + 1

    def _set_aside(self, tail: bytes) -> None:
        (self.folder / f"tail-{self.generation}-{self.length}").write_bytes(tail)
        os.ftruncate(self._file, self.length)
        os.fsync(self._file)

    def fold(self, database: Sealed, longer_than: int | None = None) -> None:
        """A long log becomes a new image; the old image and log go when the new one is there."""
        if self.length <= (LONG if longer_than is None else longer_than):
            return
        following = self.generation + 1
        _write_image(self.folder, self.key, following, database.serialize())
        self.close()
        for old in (self.place, self.folder / f"image-{self.generation}"):
            old.unlink(missing_ok=True)
        self._begin(following)

    def close(self) -> None:
        """Let the file go."""
        with contextlib.suppress(OSError):
            os.close(self._file)


class SealedLog:
    """The adapter where there is no SQLCipher."""

    name = "sealed"

    def is_here(self, folder: Path) -> bool:
        """Whether an image or a log lies in the folder."""
        return any(folder.glob("log-*")) or any(folder.glob("image-*"))

    def connect(self, folder: Path, key: bytes) -> sqlite3.Connection:
        """Open the newest image, do again what its log says."""
        images = [path for path in folder.glob("image-*") if path.suffix != ".part"]
        newest = max((int(path.name[6:]) for path in images), default=0)
        for old in folder.glob("*-*"):
            kind, _, number = old.name.partition("-")
            if kind in ("image", "log") and number.isdigit() and int(number) < newest:
                old.unlink()
        database = sqlite3.connect(":memory:", isolation_level=None, factory=Sealed)
        # As it was when the log was written.
        database.execute("pragma foreign_keys = on")
        try:
            if newest:
                with Reader(folder / f"image-{newest}", derived(key, "image")) as image:
                    database.deserialize(b"".join(image.chunks()))
            log = _Log(folder, key, newest)
            for steps in log.records():
                _again(database, steps)
        except (Damaged, sqlite3.DatabaseError) as error:
            database.close()
            raise StoreDamaged from error
        except StoreDamaged:
            database.close()
            raise
        log.fold(database)
        database.log = log
        return database

    def purge(self, connection: sqlite3.Connection) -> None:
        """Fold the log, however short it is."""
        log = connection.log  # type: ignore[attr-defined]
        log.fold(connection, longer_than=0)

    def bring(self, plain: Path, folder: Path, key: bytes) -> None:
        """The plain file's pages as they are, in a first image."""
        with (
            contextlib.closing(sqlite3.connect(plain)) as source,
            contextlib.closing(sqlite3.connect(":memory:")) as memory,
        ):
            source.backup(memory)
            pages = bytearray(memory.serialize())
        # The marks of a write-ahead log (bytes 18 and 19): in memory there is none.
        pages[18:20] = b"\1\1"
        _write_image(folder, key, 1, bytes(pages))


def _write_image(folder: Path, key: bytes, generation: int, pages: bytes) -> None:
    place = folder / f"image-{generation}"
    aside = place.with_suffix(".part")
    with aside.open("wb") as file:
        seal(io.BytesIO(pages), file, derived(key, "image"))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(place)
    settle(folder)


def _again(database: Sealed, steps: list[Step]) -> None:
    database.execute("BEGIN")
    for sql, parameters in steps:
        if isinstance(parameters, dict) and set(parameters) == {"many"}:
            database.executemany(sql, parameters["many"])
        else:
            database.execute(sql, parameters)
    database.execute("COMMIT")


def _write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def _spelled(value: object) -> dict[str, str]:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": base64.b64encode(value).decode()}
    raise TypeError(type(value).__name__)


def _read(value: Any) -> Any:  # noqa: ANN401 - parameters of every kind
    if isinstance(value, list):
        return [_read(one) for one in value]
    if isinstance(value, dict):
        if set(value) == {"bytes"}:
            return base64.b64decode(value["bytes"])
        return {name: _read(one) for name, one in value.items()}
    return value
