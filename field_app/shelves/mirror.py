"""The mirror: the office's rows of my region, as they were last pulled, with the cursor."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlite_utils import Database

from field_app.shelves.finder import Finder
from field_app.wire import (
    Entity,
    Hazard,
    InspectionScheme,
    JointOfficer,
    Officer,
    PastCase,
    PastInspection,
    PlannedInspection,
    Unit,
)
from lawbook.places import Position

DROPPED = "dropped_cursors"
"""The setting that holds cursors which were dropped and by which nobody has asked since."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a dataset has been pulled, how many rows that brought, and when."""

    next: str
    rows: int
    pulled_at: str


OF_INSPECTION = (
    "id", "entity_id", "entity_name", "officers", "started_at", "ended_at", "outcome", "checklist",
    "unit",
)  # fmt: skip
"""What is kept of a past inspection: enough for a plant's history, not its every answer."""


def kept_of(dataset: str, row: dict[str, Any]) -> dict[str, Any]:
    """What the mirror keeps of a row."""
    if dataset != "inspections":
        return row
    kept = {name: row[name] for name in OF_INSPECTION if name in row}
    return kept | {"found": len(row.get("findings") or ())}


def _title(row: dict[str, Any]) -> str:
    return str(row.get("name") or row.get("entity_name") or "")


def _body(dataset: str, row: dict[str, Any]) -> str:
    return json.dumps(kept_of(dataset, row), ensure_ascii=False)


KEEP = "insert into mirror (dataset, id, title, body) values (?, ?, ?, ?)"
KEEP_OVER = (
    f"{KEEP} on conflict (dataset, id) do update set title = excluded.title, body = excluded.body"
)


class Mirror:
    """Rows by dataset (entities, officers, units, …) and id."""

    def __init__(self, db: Database, over: Callable[[Entity], Entity]) -> None:
        """`over` lays over a plant what was proposed of it here."""
        self._db, self._over = db, over
        # A plant that has left is overwritten, not only unlinked.
        db.conn.execute("pragma secure_delete = on")
        self.finder = Finder(db)

    def place(self, dataset: str) -> Place | None:
        """The cursor of a dataset, or None before its first pull."""
        row = self._db.conn.execute(
            "select next, rows, pulled_at from cursor where dataset = ?", (dataset,)
        ).fetchone()
        return Place(*row) if row else None

    def apply(
        self, dataset: str, rows: Sequence[dict[str, Any]], place: Place, *, whole: bool,
        as_came: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        """Rows and the new cursor, in one transaction. `whole`: what is not among them is gone.

        `as_came`: the same rows as the office wrote them, which are kept so where all of a row is.
        """
        # The latest word of each counts.
        latest = {str(row["id"] if "id" in row else row["code"]): at for at, row in enumerate(rows)}
        here = [(key, at) for key, at in latest.items() if not rows[at].get("removed")]
        # In the order of the index: each of its pages is met once.
        here.sort()
        with self._db.atomic():
            if dataset == "entities":
                self._depart(rows, place.pulled_at, whole=whole)
            if whole:
                if dataset == "entities":
                    self.finder.clear()
                self._db.conn.execute("delete from mirror where dataset = ?", (dataset,))
            self._db.conn.executemany(
                "delete from mirror where dataset = ? and id = ?",
                [(dataset, key) for key, at in latest.items() if rows[at].get("removed")],
            )
            text = as_came if dataset != "inspections" else None
            self._db.conn.executemany(
                KEEP if whole else KEEP_OVER,
                [
                    (dataset, key, _title(rows[at]), text[at] if text else _body(dataset, rows[at]))
                    for key, at in here
                ],
            )
            if dataset == "entities" and here:
                self.finder.keep(rows[at] for _, at in here)
            self._db.conn.execute(
                "insert or replace into cursor (dataset, next, rows, pulled_at) "
                "values (?, ?, ?, ?)",
                (dataset, place.next, place.rows, place.pulled_at),
            )

    def _depart(self, rows: Sequence[dict[str, Any]], at: str, *, whole: bool) -> None:
        """Note plants that leave what may be seen here, and those that have come back."""
        gone = {str(row["id"]) for row in rows if row.get("removed")}
        here = {str(row["id"]) for row in rows} - gone
        if whole:
            known = self._db.conn.execute(
                "select id from mirror where dataset = 'entities' "
                "union select entity_id from inspection union select entity_id from proposal"
            )
            gone = {str(one) for (one,) in known} - here
        self._db.conn.executemany(
            "insert into departed (entity_id, left_at) values (?, ?) "
            "on conflict do update set left_at = excluded.left_at, erased_at = null",
            [(one, at) for one in sorted(gone)],
        )
        erased = self._db.conn.execute(
            "select entity_id from departed where erased_at is not null"
        ).fetchall()
        if here.intersection(one for (one,) in erased):
            # What the office showed of it all the while was erased here, and is not told anew.
            self._drop("where dataset not in ('units', 'officers', 'entities')")
        self._db.conn.executemany(
            "delete from departed where entity_id = ?", [(one,) for one in sorted(here)]
        )

    def forget_places(self) -> None:
        """Drop every cursor and row: the next refresh brings everything anew."""
        with self._db.atomic():
            self._drop()
            self.finder.clear()
            self._db.conn.execute("delete from mirror")

    def dropped(self, dataset: str) -> str | None:
        """The cursor that was dropped and by which nobody has asked since, or None."""
        return self._dropped().get(dataset)

    def asked_by_dropped(self, dataset: str) -> None:
        """The office was asked by the dropped cursor; in the transaction that applies its answer."""
        left = self._dropped()
        if left.pop(dataset, None) is not None:
            self._keep_dropped(left)

    def _drop(self, which: str = "") -> None:
        """Drop cursors. What they were stays known: by them the office tells whether it is still the
        one that it was then.
        """
        found = self._db.conn.execute(f"select dataset, next from cursor {which}").fetchall()
        if found:
            self._keep_dropped(dict(found) | self._dropped())
        self._db.conn.execute(f"delete from cursor {which}")

    def _dropped(self) -> dict[str, str]:
        row = self._db.conn.execute(
            "select value from setting where key = ?", (DROPPED,)
        ).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def _keep_dropped(self, cursors: dict[str, str]) -> None:
        self._db.conn.execute(
            "insert into setting (key, value) values (?, ?) "
            "on conflict (key) do update set value = excluded.value",
            (DROPPED, json.dumps(cursors)),
        )

    def one(self, dataset: str, key: str | None) -> dict[str, Any] | None:
        """A row by its id, or None."""
        row = self._db.conn.execute(
            "select body from mirror where dataset = ? and id = ?", (dataset, key)
        ).fetchone()
        return dict(json.loads(row[0])) if row else None

    def rows(self, dataset: str, **equal: str | int) -> Iterator[dict[str, Any]]:
        """The rows of a dataset whose members equal these, by title."""
        where = "".join(f" and json_extract(body, '$.{name}') = ?" for name in equal)
        if dataset != "entities":
            # What the indexes of the other datasets are told by: plants have the finder's.
            where += " and dataset <> 'entities'"
        found = self._db.conn.execute(
            f"select body from mirror where dataset = ?{where} order by title, id",
            (dataset, *equal.values()),
        )
        return (json.loads(body) for (body,) in found.fetchall())

    def count(self, dataset: str) -> int:
        """How many rows of a dataset there are."""
        (count,) = self._db.conn.execute(
            "select count(*) from mirror where dataset = ?", (dataset,)
        ).fetchone()
        return int(count)

    def search_entities(
        self, words: str, limit: int = 50, here: Position | None = None
    ) -> list[tuple[Entity, float | None]]:
        """Plants that hold these words in name, credit code or initials, each with its distance.

        The nearest first when we know where we are (metres), else by name (企业查找).
        """
        found = self.finder.find(words, here, limit)
        return [(entity, hit.far) for hit in found if (entity := self.entity(hit.entity_id))]

    def by_credit_code(self, code: str) -> Entity | None:
        """The plant of this credit code, or None."""
        found = (entity for entity, _ in self.search_entities(code, 5))
        return next((entity for entity in found if entity["credit_code"] == code), None)

    def as_pulled(self, entity_id: str) -> Entity | None:
        """A plant as the office last told of it, or None."""
        return cast("Entity | None", self.one("entities", entity_id))

    def entity(self, entity_id: str) -> Entity | None:
        """A plant with what this tablet has found of it since, or None."""
        pulled = self.as_pulled(entity_id)
        return self._over(pulled) if pulled else None

    def unit(self, code: str) -> Unit | None:
        """A unit by its code, or None."""
        return cast("Unit | None", self.one("units", code))

    def scheme(self, scheme_id: str) -> InspectionScheme | None:
        """An inspection scheme, or None."""
        return cast("InspectionScheme | None", self.one("inspection-schemes", scheme_id))

    def schemes(self) -> list[InspectionScheme]:
        """Every inspection scheme."""
        return cast("list[InspectionScheme]", list(self.rows("inspection-schemes")))

    def planned(self) -> list[PlannedInspection]:
        """Every planned inspection."""
        return cast("list[PlannedInspection]", list(self.rows("planned-inspections")))

    def hazards(self, **equal: str) -> list[Hazard]:
        """Hazards that the office knows."""
        return cast("list[Hazard]", list(self.rows("hazards", **equal)))

    def inspections(self, entity_id: str) -> list[PastInspection]:
        """Inspections of a plant that the office has, the latest first."""
        found = cast("list[PastInspection]", list(self.rows("inspections", entity_id=entity_id)))
        return sorted(found, key=lambda one: one["started_at"], reverse=True)

    def cases(self, entity_id: str) -> list[PastCase]:
        """Decided cases of a plant, the latest first."""
        found = cast("list[PastCase]", list(self.rows("cases", entity_id=entity_id)))
        return sorted(found, key=lambda one: one["decided_on"], reverse=True)

    def officer(self, number: str) -> Officer | None:
        """An officer by the number of the certificate (执法证号), or None."""
        for row in self._db.conn.execute(
            "select body from mirror where dataset in ('officers', 'joint-officers') "
            "and json_extract(body, '$.certificate.number') = ? order by dataset = 'joint-officers'",
            (number,),
        ):
            return cast("Officer", json.loads(row[0]))
        return None

    def joint(self) -> list[JointOfficer]:
        """Officers of other bureaus with whom one may inspect (联合检查), by unit."""
        found = self._db.conn.execute(
            "select body from mirror where dataset = 'joint-officers' order by title, id"
        )
        return [cast("JointOfficer", json.loads(body)) for (body,) in found.fetchall()]

    def join(self, officers: Sequence[JointOfficer]) -> None:
        """These are the officers of other bureaus with whom one may inspect; who was before goes."""
        with self._db.atomic():
            self._db.conn.execute("delete from mirror where dataset = 'joint-officers'")
            for one in officers:
                self._db.conn.execute(
                    "insert into mirror (dataset, id, title, body) values ('joint-officers', ?, ?, ?)",
                    (one["id"], one["unit_name"], json.dumps(one, ensure_ascii=False)),
                )
