"""What the officers of a visit said (同行检查): every patch, this tablet's own and those that came."""

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from field_app.wire_visits import PatchBody
from lawbook.merging import Change, Patch


def as_patch(body: PatchBody) -> Patch:
    """A patch of the wire as the lawbook reads it."""
    fields = {
        name: Change(told["value"], frozenset(told["over"]))
        for name, told in body["fields"].items()
    }
    return Patch(
        body["id"], body["item"], fields, body["officer"], body["device"], body["answered_at"]
    )


_COLUMNS = "id, item, fields, officer, device, answered_at"


def _body(row: tuple[Any, ...]) -> PatchBody:
    return {
        "id": row[0], "item": row[1], "fields": json.loads(row[2]), "officer": row[3],
        "device": row[4], "answered_at": row[5],
    }  # fmt: skip


class Visits:
    """Patches by visit. They are only added to; what stands is computed from all of them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, visit_id: str, patches: Iterable[PatchBody], *, told: bool) -> list[str]:
        """Keep patches; the ids of those that are new here. `told`: the office has them already."""
        new = []
        for one in patches:
            made = self._db.conn.execute(
                "insert into patch (id, inspection_id, item, fields, officer, device, answered_at, "
                "told) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                (
                    one["id"], visit_id, one["item"],
                    json.dumps(one["fields"], ensure_ascii=False), one["officer"], one["device"],
                    one["answered_at"], int(told),
                ),
            )  # fmt: skip
            if made.rowcount:
                new.append(one["id"])
        return new

    def patches(self, visit_id: str, item: str | None = None) -> list[Patch]:
        """Everything that was said in a visit, or of one item."""
        which, given = (" and item = ?", (visit_id, item)) if item else ("", (visit_id,))
        found = self._db.conn.execute(
            f"select {_COLUMNS} from patch where inspection_id = ?{which} order by answered_at, id",
            given,
        )
        return [as_patch(_body(row)) for row in found.fetchall()]

    def untold(self, visit_id: str) -> list[PatchBody]:
        """The patches that no letter tells yet, in the order in which they were made."""
        found = self._db.conn.execute(
            f"select {_COLUMNS} from patch where inspection_id = ? and told = 0 "
            "order by answered_at, id",
            (visit_id,),
        )
        return [_body(row) for row in found.fetchall()]

    def mark_untold(self, visit_id: str) -> None:
        """Something is said in a visit that no letter tells yet."""
        self._db.conn.execute("update inspection set untold = 1 where id = ?", (visit_id,))

    def told(self, visit_id: str) -> None:
        """A letter tells all patches of a visit now."""
        self._db.conn.execute(
            "update patch set told = 1 where inspection_id = ? and told = 0", (visit_id,)
        )
        self._db.conn.execute("update inspection set untold = 0 where id = ?", (visit_id,))

    def to_share(self) -> list[str]:
        """The visits of which colleagues or the office do not know everything yet.

        One that goes on; one that was shared; one whose record was refused. A visit that ended
        before anybody heard of it is told by its record alone.
        """
        found = self._db.conn.execute(
            "select id from inspection i where (shared_at is null or untold = 1) and ("
            "ended_at is null or shared_at is not null or exists ("
            "select 1 from letter where subject = 'inspection:' || i.id "
            "and kind = 'inspection.record' and state = 'refused')) order by started_at, id"
        )
        return [id_ for (id_,) in found.fetchall()]
