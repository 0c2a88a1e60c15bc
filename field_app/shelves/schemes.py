"""Inspection schemes that were drafted on this tablet (现场拟制的检查方案)."""

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class OwnScheme:
    """A scheme drafted here. `record`: what it says; `drafted_at`: when it was last sent for approval.
    `pdf_path`: as it was last printed.

    `inspection_id`: the visit that was too urgent to wait for it. `letter`: where the letter stands
    (waiting, held, sent, refused); empty while it has not been sent.
    """

    id: str
    entity_id: str
    inspection_id: str | None
    record: dict[str, Any]
    drafted_at: str | None
    pdf_path: str | None
    letter: str
    letter_id: str


_OWN = """
    select s.id, s.entity_id, s.inspection_id, s.record, s.drafted_at, s.pdf_path,
        coalesce(l.state, ''), coalesce(l.id, '')
    from scheme s left join letter l on l.rowid = (
        select max(rowid) from letter where subject = 'scheme:' || s.id and state <> 'replaced'
    )"""


class Schemes:
    """What this tablet's officer drafted; how far it has come is told by the mirror."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, row: dict[str, Any]) -> None:
        """A scheme is drafted."""
        self._db.table("scheme").insert(row)

    def change(self, scheme_id: str, changes: dict[str, Any]) -> None:
        """It says something else now, or is sent."""
        self._db.table("scheme").update(scheme_id, changes)

    def drop(self, scheme_id: str) -> None:
        """A draft that nobody was asked about is given up."""
        self._db.conn.execute("delete from scheme where id = ?", (scheme_id,))

    def one(self, scheme_id: str) -> OwnScheme | None:
        """A scheme drafted here, or None."""
        return self._first("where s.id = ?", scheme_id)

    def of_visit(self, inspection_id: str) -> OwnScheme | None:
        """The scheme of a visit that did not wait for it, or None."""
        return self._first("where s.inspection_id = ?", inspection_id)

    def all(self) -> list[OwnScheme]:
        """Every scheme drafted here, the newest first."""
        found = self._db.conn.execute(f"{_OWN} order by s.rowid desc").fetchall()
        return [_own(row) for row in found]

    def _first(self, which: str, key: str) -> OwnScheme | None:
        row = self._db.conn.execute(f"{_OWN} {which}", (key,)).fetchone()
        return _own(row) if row else None


def _own(row: tuple[Any, ...]) -> OwnScheme:
    return OwnScheme(row[0], row[1], row[2], json.loads(row[3]), *row[4:])
