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


@dataclass(frozen=True, slots=True)
class Unused:
    """Numbers of a lease that were never taken, both ends included."""

    lease_id: str
    first: int
    last: int


class Leases:
    """Leases by kind of document and year, used in the order in which they were given.

    A number that was taken for a draft and never shown to anybody comes back as a spare; spares are
    given first. A lease that has been returned gives nothing any more.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def left(self, document: str, year: int, unit: str | None = None) -> int:
        """How many numbers can still be given: a unit's, or all that are here."""
        (left,) = self._db.conn.execute(
            "select coalesce(sum(last - next + 1 "
            "+ (select count(*) from spare where lease_id = lease.id)), 0) from lease "
            "where document = ? and year = ? and unit = coalesce(?, unit) and returned_at is null",
            (document, year, unit),
        ).fetchone()
        return int(left)

    def documents(self, year: int) -> list[str]:
        """The kinds of documents that numbers of a year were ever here for."""
        found = self._db.conn.execute(
            "select distinct document from lease where year = ? and unit is not null", (year,)
        )
        return sorted(kind for (kind,) in found.fetchall())

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

    def returned(self, lease_id: str) -> bool:
        """Whether a lease's unused numbers have been given back."""
        (at,) = self._db.conn.execute(
            "select returned_at from lease where id = ?", (lease_id,)
        ).fetchone()
        return at is not None

    def held_before(self, document: str, moment: str) -> bool:
        """Whether numbers of this kind were asked for before a moment."""
        return bool(
            self._db.conn.execute(
                "select 1 from lease where document = ? and asked_at < ?", (document, moment)
            ).fetchone()
        )

    def number(self, lease_id: str, sequence: int) -> str:
        """A number of a lease as it is written; its sequence alone for a lease that is not here."""
        row = self._db.conn.execute(
            "select pattern from lease where id = ?", (lease_id,)
        ).fetchone()
        return str(row[0]).format(sequence=sequence) if row and row[0] else f"{sequence}号"

    def sequence(self, lease_id: str, number: str) -> int:
        """The sequence of a number of this lease."""
        (pattern,) = self._db.conn.execute(
            "select pattern from lease where id = ?", (lease_id,)
        ).fetchone()
        before, _, after = str(pattern).partition("{sequence}")
        return int(number.removeprefix(before).removesuffix(after))

    def put_back(self, lease_id: str, sequence: int) -> None:
        """A number that was taken and shown to nobody: the next draft takes it."""
        self._db.table("spare").insert({"lease_id": lease_id, "sequence": sequence})

    def unused_before(self, year: int) -> list[Unused]:
        """What was never taken of leases of earlier years that have not been returned."""
        runs: list[Unused] = []
        for lease_id, first, last in self._db.conn.execute(
            "select id, next, last from lease "
            "where year < ? and first is not null and returned_at is null order by year, first",
            (year,),
        ).fetchall():
            spares = self._db.conn.execute(
                "select sequence from spare where lease_id = ? order by sequence", (lease_id,)
            )
            for (sequence,) in spares.fetchall():
                before = runs[-1] if runs else None
                if before and (before.lease_id, before.last + 1) == (lease_id, sequence):
                    runs[-1] = Unused(lease_id, before.first, sequence)
                else:
                    runs.append(Unused(lease_id, sequence, sequence))
            if first <= last:
                runs.append(Unused(lease_id, first, last))
        return runs

    def close_before(self, year: int, at: str) -> None:
        """Leases of earlier years give nothing any more. Only with the letters that return them."""
        if not self._db.conn.in_transaction:
            raise RuntimeError("leases are closed in the transaction that returns their numbers")
        self._db.conn.execute(
            "delete from spare where lease_id in (select id from lease where year < ?)", (year,)
        )
        self._db.conn.execute(
            "update lease set returned_at = ? "
            "where year < ? and first is not null and returned_at is null",
            (at, year),
        )

    def take(self, document: str, year: int, unit: str) -> Taken:
        """The next number of a unit's. Only inside the transaction that keeps its document.

        Refuses NoNumbersLeft.
        """
        if not self._db.conn.in_transaction:
            raise RuntimeError("a number is taken in its document's transaction")
        given = (document, year, unit)
        row = (
            self._db.conn.execute(
                "delete from spare where (lease_id, sequence) in ("
                "select lease_id, sequence from spare join lease on lease.id = lease_id "
                "where document = ? and year = ? and unit = ? and returned_at is null "
                "order by sequence limit 1) "
                "returning lease_id, (select pattern from lease where id = lease_id), sequence",
                given,
            ).fetchall()
            or self._db.conn.execute(
                "update lease set next = next + 1 where id = ("
                "select id from lease where document = ? and year = ? and unit = ? and next <= last "
                "and returned_at is null order by first limit 1) returning id, pattern, next - 1",
                given,
            ).fetchall()
        )
        if not row:
            raise NoNumbersLeft(f"{year} 年的文号已用完")
        lease_id, pattern, sequence = row[0]
        return Taken(lease_id, unit, pattern, year, sequence)
