"""The finder (企业查找): plants by any part of name, credit code or pinyin initials, and by distance.

SQLite's own trigram index finds nothing for two characters. Here every two neighbouring characters
are one word of a full-text index, and what is typed is the phrase of its pairs. What few plants
hold is taken from that index; what many hold is met at once on a walk from the nearest, or from
the first by name. Deleting a row of the mirror deletes it here, by a trigger: nothing of a plant
that has left stays behind.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from math import cos, radians
from operator import add
from typing import Any

from sqlite_utils import Database

from field_app.initials import initials_of, plain
from lawbook.places import Position, metres, position

MANY = 2000
"""More plants than this that hold the words, and they are met on a walk."""
_WORDS = "create virtual table plant_words using fts5(pairs, tokenize = 'ascii')"
TABLES = (
    "create table plant (number integer primary key, id text not null unique, "
    "sort text not null, spelled text not null, lat real, lon real)",
    "create index plant_sort on plant (sort)",
    "create index plant_place on plant (lat, lon)",
    _WORDS,
    "create trigger plant_leaves after delete on mirror when old.dataset = 'entities' begin "
    "delete from plant_words where rowid = (select number from plant where id = old.id); "
    "delete from plant where id = old.id; end",
)
_RINGS = (0.02, 0.1, 0.5)
"""Degrees of latitude to each side: about 2, 11 and 55 km. Then everywhere; where no plant lies
within the widest, by the distance over the globe: the plane is not true enough any more."""


_Found = tuple[str, float | None, float | None]
"""Id, latitude and longitude."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A plant found; `far` in metres, or None where it or we have no place."""

    entity_id: str
    far: float | None


def pairs(text: str) -> str:
    """Every two neighbouring characters of each word, and its last one: 龙门厂 → 龙门 门厂 厂."""
    return " ".join(chain.from_iterable(map(add, word, (*word[1:], "")) for word in text.split()))


def _phrase(word: str) -> str:
    if len(word) == 1:
        return f'"{word}"*'
    return '"' + " ".join(word[at : at + 2] for at in range(len(word) - 1)) + '"'


def build(db: Database) -> None:
    """A store's finder from nothing: tables, and every plant that the mirror has already."""
    for statement in TABLES:
        db.conn.execute(statement)
    kept = db.conn.execute("select body from mirror where dataset = 'entities'").fetchall()
    Finder(db).keep(json.loads(body) for (body,) in kept)


class Finder:
    """Plants by words and by distance. Written only inside the transaction of the mirror's row."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def clear(self) -> None:
        """Forget all: what comes next comes whole."""
        self._db.conn.execute("delete from plant")
        self._db.conn.execute("drop table plant_words")
        self._db.conn.execute(_WORDS)

    def keep(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Plants as the ledger now has them."""
        conn, kept = self._db.conn, {str(row["id"]): row for row in rows}
        known = self._known(list(kept))
        (last,) = conn.execute("select coalesce(max(number), 0) from plant").fetchone()
        plants, words, gone = [], [], []
        for key, row in kept.items():
            place = position(row.get("values") or {})
            name = str(row.get("name") or "")
            told, code = plain(name), plain(str(row.get("credit_code") or ""))
            ways = initials_of(told)
            spelled = " ".join((told, code, *ways))
            number, before = known.get(key) or (0, None)
            if before is None:
                last = number = last + 1
            plants.append((number, key, f"{ways[0]} {name}", spelled, *_degrees(place)))
            if before != spelled:
                words.append((number, pairs(spelled)))
                if before is not None:
                    gone.append((number,))
        conn.executemany(
            "insert into plant (number, id, sort, spelled, lat, lon) values (?, ?, ?, ?, ?, ?) "
            "on conflict (id) do update set sort = excluded.sort, "
            "spelled = excluded.spelled, lat = excluded.lat, lon = excluded.lon",
            plants,
        )
        conn.executemany("delete from plant_words where rowid = ?", gone)
        conn.executemany("insert into plant_words (rowid, pairs) values (?, ?)", words)

    def _known(self, keys: list[str]) -> dict[str, tuple[int, str]]:
        """Number and spelling of those of these plants that are here."""
        found = self._db.conn.execute(
            "select id, number, spelled from plant where id in (select value from json_each(?))",
            (json.dumps(keys),),
        )
        return {key: (number, spelled) for key, number, spelled in found}

    def find(self, typed: str, here: Position | None, limit: int) -> list[Hit]:
        """Plants that hold every word typed; nothing typed is held by all.

        The nearest first, however far, those without a place last; by name where we do not know
        where we are.
        """
        return [_hit(row, here) for row in self._find(typed, here, limit)]

    def _find(self, typed: str, here: Position | None, limit: int) -> list[_Found]:
        words = [word for part in typed.split() if (word := plain(part))]
        if words:
            match = " AND ".join(map(_phrase, words))
            (count,) = self._db.conn.execute(
                "select count(*) from (select 1 from plant_words where plant_words match ? limit ?)",
                (match, MANY + 1),
            ).fetchone()
            if count <= MANY:
                few = "number in (select rowid from plant_words where plant_words match ?)"
                return self._ordered(few, [match], here, limit)
        elif typed.strip():
            return []
        held = " and ".join("instr(spelled, ?) > 0" for _ in words) or "1"
        return self._walk(held, words, here, limit)

    def _around(self, here: Position) -> bool:
        """Whether any plant lies around us."""
        (near,) = self._db.conn.execute(
            "select exists (select 1 from plant where lat between ? and ? and lon between ? and ?)",
            _box(here, _RINGS[-1]),
        ).fetchone()
        return bool(near)

    def _ordered(
        self, where: str, given: list[Any], here: Position | None, limit: int
    ) -> list[_Found]:
        if here is not None and not self._around(here):
            return self._from_afar(where, given, here, limit)
        apart, at = _apart(here)
        found = self._db.conn.execute(
            f"select id, lat, lon from plant where {where} order by {apart} sort limit ?",
            (*given, *at, limit),
        )
        return list(found.fetchall())

    def _from_afar(self, where: str, given: list[Any], here: Position, limit: int) -> list[_Found]:
        found = self._db.conn.execute(
            f"select id, lat, lon from plant where {where} order by sort", given
        ).fetchall()
        placed = ((_hit(row, here).far, at) for at, row in enumerate(found))
        nearest = nsmallest(limit, ((far, at) for far, at in placed if far is not None))
        nowhere = [row for row in found if row[1] is None or row[2] is None]
        return [*(found[at] for _, at in nearest), *nowhere][:limit]

    def _walk(self, held: str, words: list[str], here: Position | None, limit: int) -> list[_Found]:
        if here is None or not self._around(here):
            return self._ordered(held, list(words), here, limit)
        for ring in _RINGS:
            near = f"lat between ? and ? and lon between ? and ? and {held}"
            found = self._ordered(near, [*_box(here, ring), *words], here, limit)
            # Within the ring itself, not in the corners of its box: nobody outside is nearer.
            reach = metres(here, Position(here.lat + ring, here.lon))
            if len(found) == limit and (_hit(found[-1], here).far or 0) <= reach:
                return found
        return self._ordered(held, list(words), here, limit)

    def far(self, entity_id: str, here: Position | None) -> float | None:
        """How far a plant is, in metres; None where it or we have no place."""
        row = self._db.conn.execute(
            "select id, lat, lon from plant where id = ?", (entity_id,)
        ).fetchone()
        return _hit(row, here).far if row else None


def _degrees(place: Position | None) -> tuple[float | None, float | None]:
    return (place.lat, place.lon) if place else (None, None)


def _box(here: Position, ring: float) -> tuple[float, float, float, float]:
    wide = ring / max(cos(radians(here.lat)), 0.01)
    return here.lat - ring, here.lat + ring, here.lon - wide, here.lon + wide


def _apart(here: Position | None) -> tuple[str, tuple[float, ...]]:
    """How SQLite orders by distance: the plane is true enough to tell which is nearer."""
    if here is None:
        return "", ()
    east = cos(radians(here.lat)) ** 2
    told = "lat is null, (lat - ?) * (lat - ?) + (lon - ?) * (lon - ?) * ?, "
    return told, (here.lat, here.lat, here.lon, here.lon, east)


def _hit(row: _Found, here: Position | None) -> Hit:
    key, lat, lon = row
    if here is None or lat is None or lon is None:
        return Hit(key, None)
    return Hit(key, metres(here, Position(lat, lon)))
