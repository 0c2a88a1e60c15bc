"""Files on their way side by side: what each has to keep is kept for several in one commit.

Before its first byte goes, a file's address is on disk; before it is shown as sent, its receipt is.
Neither has to be a commit of its own. A receipt that a kill took is told again by the office.
"""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from field_app.moments import now
from field_app.shelves.outbox import Upload
from field_app.store import Store

ADDRESSES = 16
"""Files that get their address in one commit."""
RECEIPTS = 8
"""Receipts that wait for a commit, at most: those of one second, while small files are on their way."""


class Together:
    """The addresses and receipts of files that are sent in one go."""

    def __init__(self, store: Store, uploads: Iterable[Upload] = ()) -> None:
        """`uploads`: those that will be sent, in this order; one that is not among them is alone."""
        self._store = store
        self._to_come = {one.sha256: None for one in uploads if one.url is None}
        self._addressed: dict[str, str] = {}
        self._receipts: dict[str, dict[str, Any]] = {}
        self._kept_at = now()

    def address(self, sha256: str) -> str:
        """A new address for a file, kept already."""
        if sha256 not in self._addressed:
            self._to_come.pop(sha256, None)
            chosen = [sha256, *list(self._to_come)[: ADDRESSES - 1]]
            self._addressed |= {one: f"/v1/files/{uuid4()}" for one in chosen}
            with self._store.atomic():
                for one in chosen:
                    self._to_come.pop(one, None)
                    self._store.outbox.upload_at(one, self._addressed[one], 0)
        return self._addressed.pop(sha256)

    def arrived(self, sha256: str, receipt: dict[str, Any]) -> None:
        """The office has the file: kept now, or with the next ones that come as fast."""
        self._receipts[sha256] = receipt
        if len(self._receipts) >= RECEIPTS or now() != self._kept_at:
            self.keep()

    def keep(self) -> None:
        """Keep every receipt."""
        self._kept_at = now()
        receipts, self._receipts = self._receipts, {}
        if receipts:
            with self._store.atomic():
                for sha256, receipt in receipts.items():
                    self._store.outbox.upload_done(sha256, receipt)

    def end(self) -> None:
        """Nothing more is sent: keep what is to be kept, and forget the addresses not used."""
        self.keep()
        unused, self._addressed = self._addressed, {}
        if unused:
            with self._store.atomic():
                for sha256 in unused:
                    self._store.outbox.upload_at(sha256, None, 0)
