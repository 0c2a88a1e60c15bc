"""What is being written on a screen and belongs to no act yet: never two seconds from the disk (R1).

By screen, by what it is about (an id) and by field. It is no record: it goes with the act that it
was written for, in the same transaction.
"""

import io
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from sqlite_utils import Database

from field_app.crypt.chunks import Damaged, Reader, seal
from field_app.crypt.keys import derived
from field_app.disk import make_folder, settle

FOLDER = "laid"
Value = str | list[str]
"""A text, or what is chosen."""


class Drafts:
    """What was being written when a screen was left, or the battery died."""

    def __init__(self, db: Database, store: Path, key: bytes) -> None:
        self._db, self._folder, self._key = db, store / FOLDER, derived(key, "drafts")
        for half in self._folder.glob("*.part"):
            # Nobody was told that it is saved.
            half.unlink()

    def of(self, screen: str, about: str) -> dict[str, Value]:
        """What was being written on a screen about something, by field."""
        self.take_in()
        rows = self._db.conn.execute(
            "select field, value from draft where about = ? and screen = ?", (about, screen)
        )
        return {field: json.loads(value) for field, value in rows.fetchall()}

    def keep(self, screen: str, about: str, said: Mapping[str, Value | None]) -> None:
        """Keep what stands in these fields; None forgets one. On disk when it returns."""
        with self._db.atomic():
            for field, value in said.items():
                if value is None:
                    self._db.conn.execute(
                        "delete from draft where about = ? and screen = ? and field = ?",
                        (about, screen, field),
                    )
                else:
                    self._db.conn.execute(
                        "insert or replace into draft (about, screen, field, value) "
                        "values (?, ?, ?, ?)",
                        (about, screen, field, json.dumps(value, ensure_ascii=False)),
                    )

    def forget(self, screen: str, about: str, part: str = "") -> None:
        """Forget the fields whose names begin so: what they were written for is done."""
        self._db.conn.execute(
            "delete from draft where about = ? and screen = ? and substr(field, 1, ?) = ?",
            (about, screen, len(part), part),
        )

    def lay(self, screen: str, about: str, field: str, text: str) -> None:
        """Lay down a text from any thread, while the screen's own may stand still; on disk when it
        returns. The database belongs to the screen's thread: it takes the text in when it can.
        """
        if not self._key:
            raise RuntimeError("the store is closed")
        make_folder(self._folder)
        said = json.dumps([screen, about, field, text], ensure_ascii=False).encode()
        # Ordered by their names: what was laid down last stands.
        place = self._folder / f"{time.time_ns():020}-{uuid4().hex}"
        aside = place.with_suffix(".part")
        try:
            with aside.open("wb") as file:
                seal(io.BytesIO(said), file, self._key)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(place)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        settle(self._folder)

    def take_in(self) -> None:
        """Keep what was laid down meanwhile."""
        if not self._folder.is_dir():
            return
        for place in sorted(self._folder.iterdir()):
            if place.suffix:
                # Being written at this moment.
                continue
            try:
                with Reader(place, self._key) as file:
                    screen, about, field, text = json.loads(b"".join(file.chunks()))
            except Damaged:
                continue
            self.keep(screen, about, {field: text})
            place.unlink()

    def close(self) -> None:
        """Forget the key."""
        self._key = b""
