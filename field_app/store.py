"""The tablet's store: one SQLite file and one folder of files. What is shown as saved is on disk.

Each part of it (mirror, packs, leases, …) is a shelf; a change that touches several is one
transaction: `with store.atomic(): …`. WAL with synchronous=FULL: a commit that returned survives
the loss of power.
"""

import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from field_app.device import device_in
from field_app.files import FOLDER
from field_app.schema import bring_up_to_date
from field_app.shelves.documents import Documents
from field_app.shelves.inspections import Inspections
from field_app.shelves.leases import Leases
from field_app.shelves.mirror import Mirror
from field_app.shelves.outbox import Outbox
from field_app.shelves.packs import Packs


class Store:
    """Everything that the tablet keeps."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.db = Database(self._connect(folder / "tablet.sqlite3"))
        self.db.conn.execute("pragma journal_mode = wal")
        self.db.conn.execute("pragma synchronous = full")
        self.db.conn.execute("pragma foreign_keys = on")
        bring_up_to_date(self.db)
        self.mirror = Mirror(self.db)
        self.packs = Packs(self.db)
        self.leases = Leases(self.db)
        self.inspections = Inspections(self.db)
        self.documents = Documents(self.db)
        self.outbox = Outbox(self.db, lambda: self.device)
        # A store older than device.json gave the id that its letters and numbers are known by.
        self.installation = device_in(folder, self.setting("device"))

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        # No implicit transactions: a write outside `atomic` is committed when it returns.
        return sqlite3.connect(path, timeout=10, isolation_level=None)

    def atomic(self) -> AbstractContextManager[Database]:
        """One transaction: all of it is kept, or nothing."""
        return self.db.atomic()

    def close(self) -> None:
        """Let the file go."""
        self.db.conn.close()

    def erase(self) -> None:
        """Close the store and remove all of it; the installation keeps its identity."""
        self.close()
        # The records go first: a file that is left behind is named by nothing.
        for name in ("tablet.sqlite3", "tablet.sqlite3-wal", "tablet.sqlite3-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.files, ignore_errors=True)

    @property
    def device(self) -> str:
        """The id of this installation."""
        return self.installation.id

    @property
    def files(self) -> Path:
        """Photos and issued documents, each named by its SHA-256."""
        return self.folder / FOLDER

    def path(self, name: str) -> Path:
        """A kept file, by the name that a row gives it."""
        return self.folder / name

    def setting(self, key: str) -> Any:  # noqa: ANN401 - any JSON
        """A setting, or None."""
        row = self.db.conn.execute("select value from setting where key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def set(self, key: str, value: object) -> None:
        """Keep a setting; None forgets it."""
        with self.atomic():
            if value is None:
                self.db.conn.execute("delete from setting where key = ?", (key,))
            else:
                self.db.table("setting").upsert(
                    {"key": key, "value": json.dumps(value, ensure_ascii=False)}, pk="key"
                )

    def report(self, subject: str, kind: str, body: Mapping[str, Any], at: str) -> str:
        """Keep what was stated and the letter that reports it; the letter's id.

        Only inside the transaction of the act: neither is ever there without the other.
        """
        if not self.db.conn.in_transaction:
            raise RuntimeError("a letter is written in its act's transaction")
        self._keep_record(kind, body, at)
        return self.outbox.write(subject, kind, dict(body), at)

    def _keep_record(self, kind: str, body: Mapping[str, Any], at: str) -> None:
        self.db.table("record").insert(
            {
                "id": body["id"],
                "kind": kind,
                "body": json.dumps(body, ensure_ascii=False),
                "kept_at": at,
            }
        )

    def record(self, record_id: str) -> dict[str, Any] | None:
        """A kept record, or None."""
        found = self.db.conn.execute(
            "select body from record where id = ?", (record_id,)
        ).fetchone()
        return dict(json.loads(found[0])) if found else None
