"""The tablet's store (存储): a database and a folder of files, both encrypted under one key.

One store belongs to one person on one device; `field_app/vault.py` has its key. Each part of it
(mirror, packs, leases, …) is a shelf; a change that touches several is one transaction:
`with store.atomic(): …`. What is shown as saved is on disk: a commit that returned survives the
loss of power.
"""

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from field_app.crypt import port
from field_app.device import Device, device_in
from field_app.disk import make_folder, overwrite, settle
from field_app.files import Files
from field_app.rows import Rows
from field_app.schema import bring_up_to_date
from field_app.shelves.documents import Documents
from field_app.shelves.drafts import Drafts
from field_app.shelves.inspections import Inspections
from field_app.shelves.leases import Leases
from field_app.shelves.mirror import Mirror
from field_app.shelves.outbox import Letter, Outbox
from field_app.shelves.packs import Packs
from field_app.shelves.proposals import Proposals
from field_app.shelves.schemes import Schemes
from field_app.shelves.visits import Visits
from lawbook.letters import CORRECTS


class Store:
    """Everything that the tablet keeps."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        *,
        installation: Device | None = None,
        adapter: str | None = None,
    ) -> None:
        """Open the store, or make it; one that stands alone has its device in its own folder.

        `adapter`: sqlcipher or sealed; the best there is when none is named. Refuses StoreDamaged
        when the key does not open it.
        """
        make_folder(folder)
        self.folder, self.key = folder, key
        self.files = Files(folder, key)
        self.files.take_back()
        self._kept_by = port.named(adapter) if adapter else port.chosen(folder)
        self.db: Database = Rows(self._kept_by.connect(folder, key))
        self.db.conn.execute("pragma foreign_keys = on")
        bring_up_to_date(self.db)
        self._told: dict[str, str] = {}
        self.packs = Packs(self.db)
        self.proposals = Proposals(self.db, self.packs.dictionary)
        self.mirror = Mirror(self.db, self.proposals.over)
        self.leases = Leases(self.db)
        self.inspections = Inspections(self.db)
        self.documents = Documents(self.db)
        self.visits = Visits(self.db)
        self.schemes = Schemes(self.db)
        self.drafts = Drafts(self.db, folder, key)
        self.outbox = Outbox(self.db, lambda: self.device)
        # A store older than device.json gave the id that its letters and numbers are known by.
        self.installation = installation or device_in(folder, self.setting("device"))

    def atomic(self) -> AbstractContextManager[Database]:
        """One transaction: all of it is kept, or nothing."""
        return self.db.atomic()

    def purge(self) -> None:
        """Of what was deleted nothing is left in the log of what was done, for its owner neither."""
        self._kept_by.purge(self.db.conn)

    def close(self) -> None:
        """Let the files go, take back what was lent, forget the key."""
        self.db.conn.close()
        self._told.clear()
        self.files.close()
        self.drafts.close()
        self.key = b""

    def erase(self) -> None:
        """Close the store and make it unreadable for ever, then remove it: its key goes first."""
        self.close()
        erase(self.folder)

    @property
    def device(self) -> str:
        """The id of this installation."""
        return self.installation.id

    @property
    def unsent(self) -> int:
        """How many letters the office does not have yet."""
        counts = self.outbox.counts()
        return counts["waiting"] + counts["held"] + counts["refused"]

    def setting(self, key: str) -> Any:  # noqa: ANN401 - any JSON
        """A setting, or None."""
        told = self._told.get(key)
        if told is None:
            row = self.db.conn.execute("select value from setting where key = ?", (key,)).fetchone()
            told = row[0] if row else "null"
            # What a transaction has not committed yet may never have been.
            if not self.db.conn.in_transaction:
                self._told[key] = told
        return json.loads(told)

    def set(self, key: str, value: object) -> None:
        """Keep a setting; None forgets it. One statement: alone, it is committed by itself."""
        self._told.pop(key, None)
        if value is None:
            self.db.conn.execute("delete from setting where key = ?", (key,))
        else:
            self.db.conn.execute(
                "insert or replace into setting (key, value) values (?, ?)",
                (key, json.dumps(value, ensure_ascii=False)),
            )

    def report(self, subject: str, kind: str, body: Mapping[str, Any], at: str) -> str:
        """Keep what was stated and the letter that reports it; the letter's id.

        Only inside the transaction of the act: neither is ever there without the other.
        """
        if not self.db.conn.in_transaction:
            raise RuntimeError("a letter is written in its act's transaction")
        self._keep_record(kind, body, at)
        return self.outbox.write(subject, kind, dict(body), at)

    def correct(self, letter: Letter, body: Mapping[str, Any], at: str) -> str:
        """Keep what is stated now, and a new letter in the place of a refused or held one (更正).

        Only inside the transaction of the act. The old letter stays as it was written.
        """
        if not self.db.conn.in_transaction:
            raise RuntimeError("a letter is written in its act's transaction")
        stated = {name: one for name, one in body.items() if name != CORRECTS}
        if self.record(stated["id"]) is None:
            self._keep_record(letter.kind, stated, at)
        else:
            text = json.dumps(stated, ensure_ascii=False)
            self.db.table("record").update(stated["id"], {"body": text, "kept_at": at})
        if letter.state == "held":
            return self.outbox.write_anew(letter.id, stated, at)
        fresh = self.outbox.correct(letter.id, stated, at)
        if fresh is None:
            raise RuntimeError("only a refused letter is corrected")
        return fresh

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


KEY = "key.json"
ERASED = ".erased"


def erase(folder: Path) -> None:
    """Erase a store's folder, open or not: without its wrapped key all of it is noise.

    Goes on where it was broken off: the name says first that this folder is being erased.
    """
    if not folder.name.endswith(ERASED):
        going = folder.with_name(f"{folder.name}{ERASED}")
        if going.exists():
            erase(going)
        os.rename(folder, going)
        settle(going.parent)
        folder = going
    overwrite(folder / KEY)
    shutil.rmtree(folder)
    settle(folder.parent)
