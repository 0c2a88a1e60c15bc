"""The tablet's journal (信件日志): every letter chained to the one before it, proved or not, told.

A broken chain is never repaired: what is there stays as it is, for whoever looks into it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlite_utils import Database

from lawbook.journal import link_of

PLACED = "seq, prev, link, id, subject, kind, written_at, sha256"


class Break(NamedTuple):
    """Where a chain does not hold: the letter's place, its id, and why in plain words."""

    seq: int
    letter: str
    why: str


def linked(device: str, row: Mapping[str, Any]) -> str:
    """The link that a letter should have; `row` has the members of `PLACED` but for link."""
    return link_of(
        device=device, seq=row["seq"], prev=row["prev"], id=row["id"], subject=row["subject"],
        kind=row["kind"], written_at=row["written_at"], sha256=row["sha256"],
    )  # fmt: skip


def first_break(
    device: str, rows: Iterable[Mapping[str, Any]], journal: str, after: tuple[int, str] | None
) -> Break | None:
    """Where letters, in order of seq, do not follow `after` (seq, link), or one another."""
    seq, link = after or (0, journal)
    for row in rows:
        if row["seq"] != seq + 1:
            return Break(row["seq"] or 0, row["id"], f"第 {seq} 封之后缺少信件")
        if row["prev"] != link:
            return Break(row["seq"], row["id"], "与前一封信件不相接")
        if row["link"] != linked(device, row):
            return Break(row["seq"], row["id"], "内容与链值不符")
        seq, link = row["seq"], row["link"]
    return None


class Journal:
    """The chain of one store, looked through as far as it has not been yet."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._sound: tuple[int, str] | None = None

    @property
    def name(self) -> str:
        """The journal's name: what the first letter follows. Random, made with the store."""
        (name,) = self._db.conn.execute("select name from journal").fetchone()
        return str(name)

    def next_place(self) -> tuple[int, str]:
        """Where the next letter goes: its seq, and the link that it follows."""
        last = self._db.conn.execute(
            "select seq, link from letter where seq is not null order by seq desc limit 1"
        ).fetchone()
        return (last[0] + 1, last[1]) if last else (1, self.name)

    def broken(self, device: str) -> Break | None:
        """Where the chain does not hold; None when it does. Only what is new is looked at again."""
        names = PLACED.split(", ")
        after = self._sound
        found = self._db.conn.execute(
            f"select {PLACED} from letter where seq is null or seq > ? order by seq",
            (after[0] if after else 0,),
        )
        rows = [dict(zip(names, row, strict=True)) for row in found]
        if broken := first_break(device, rows, self.name, after):
            return broken
        if rows:
            self._sound = (rows[-1]["seq"], rows[-1]["link"])
        return None
