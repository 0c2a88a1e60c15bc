"""Number leases (文号段): numbers that this tablet may give without asking."""

from dataclasses import dataclass

from sqlite_utils import Database

from field_app.wire import NumberLease
from lawbook.refusal import Refusal


class NoNumbersLeft(Refusal):
    """The lease is used up, or there is none for this year."""

    code = "no-numbers-left"
    title = "本机可用的文号已用完"
    next_step = "在有信号处点“更新”，领取新的文号段"


@dataclass(frozen=True, slots=True)
class Taken:
    """A number taken from a lease."""

    lease_id: str
    unit: str
    pattern: str
    year: int
    sequence: int


class Leases:
    """Leases by kind of document and year, used in the order in which they were given."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def left(self, document: str, year: int, unit: str | None = None) -> int:
        """How many numbers can still be given: a unit's, or all that are here."""
        (left,) = self._db.conn.execute(
            "select coalesce(sum(last - next + 1), 0) from lease "
            "where document = ? and year = ? and unit = coalesce(?, unit)",
            (document, year, unit),
        ).fetchone()
        return int(left)

    def ask(self, lease_id: str, document: str, year: int, count: int, at: str) -> None:
        """Remember that a lease is being asked for, so that a lost answer is asked for again."""
        self._db.table("lease").insert(
            {
                "id": lease_id,
                "document": document,
                "year": year,
                "count": count,
                "asked_at": at,
            }
        )

    def asked(self) -> list[tuple[str, str, int, int]]:
        """(id, document, year, count) of every lease that has not been answered."""
        return list(
            self._db.conn.execute(
                "select id, document, year, count from lease where first is null order by asked_at"
            )
        )

    def grant(self, lease_id: str, lease: NumberLease) -> None:
        """The office has given it. Being told twice changes nothing."""
        with self._db.atomic():
            self._db.conn.execute(
                "update lease set unit = ?, first = ?, last = ?, next = ?, pattern = ? "
                "where id = ? and first is null",
                (
                    lease["unit"],
                    lease["first"],
                    lease["last"],
                    lease["first"],
                    lease["pattern"],
                    lease_id,
                ),
            )

    def withdraw(self, lease_id: str) -> None:
        """The office will not give it: ask anew another time, under another id."""
        with self._db.atomic():
            self._db.conn.execute("delete from lease where id = ? and first is null", (lease_id,))

    def year(self, lease_id: str) -> int:
        """The year of a lease's numbers."""
        (year,) = self._db.conn.execute(
            "select year from lease where id = ?", (lease_id,)
        ).fetchone()
        return int(year)

    def take(self, document: str, year: int, unit: str) -> Taken:
        """The next number of a unit's. Only inside the transaction that keeps its document.

        Refuses NoNumbersLeft.
        """
        if not self._db.conn.in_transaction:
            raise RuntimeError("a number is taken in its document's transaction")
        row = self._db.conn.execute(
            "update lease set next = next + 1 where id = ("
            "select id from lease where document = ? and year = ? and unit = ? and next <= last "
            "order by first limit 1) returning id, pattern, next - 1",
            (document, year, unit),
        ).fetchall()
        if not row:
            raise NoNumbersLeft(f"{year} 年的文号已用完")
        lease_id, pattern, sequence = row[0]
        return Taken(lease_id, unit, pattern, year, sequence)
