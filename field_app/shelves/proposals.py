"""Proposals (台账补充) of this tablet: what was found at a plant, laid over the mirror while it is open."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from field_app.wire import Entity
from lawbook.entity import LedgerDictionary


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for one field of a plant.

    `state`: open (on its way), waiting (for the office), accepted, declined, refused (the letter).
    `reason`: why it was declined or refused. `version`: the plant's, once it has been accepted.
    """

    id: str
    entity_id: str
    field: str
    old_value: str
    new_value: str
    source: str
    written_at: str
    state: str
    reason: str
    version: int | None

    def counts(self, entity: Entity) -> bool:
        """Whether the plant is shown with it: until the mirror brings a value, or it is declined."""
        if self.state == "accepted":
            return int(entity.get("version", 0)) < (self.version or 0)
        held = entity["values"].get(self.field, "")
        return self.state in ("open", "waiting") and held == self.old_value


_PROPOSAL = """
    select p.id, p.entity_id, p.field, p.old_value, p.new_value, p.source, p.written_at,
        l.state, l.problem, m.body
    from proposal p
    left join letter l on l.subject = 'proposal:' || p.id and l.state <> 'replaced'
    left join mirror m on m.dataset = 'proposals' and m.id = p.id
    where p.entity_id = ? order by p.rowid"""


def _proposal(row: tuple[Any, ...]) -> Proposal:
    state, reason, version = "open", "", None
    if row[9]:
        told = json.loads(row[9])
        state, version = str(told["state"]), told["entity_version"]
        reason = str(told["reason"] or "")
    elif row[7] == "refused":
        state, reason = "refused", str(json.loads(row[8] or "{}").get("detail", ""))
    return Proposal(*(*row[:7], state, reason, version))


class Proposals:
    """What this tablet has proposed. `dictionary` gives the ledger's, or refuses PackMissing."""

    def __init__(self, db: Database, dictionary: Callable[[], LedgerDictionary]) -> None:
        self._db, self._dictionary = db, dictionary

    def keep(self, row: dict[str, Any]) -> None:
        """A proposal is made."""
        self._db.table("proposal").insert(row)

    def change(self, proposal_id: str, changes: dict[str, Any]) -> None:
        """A refused proposal is made anew."""
        self._db.table("proposal").update(proposal_id, changes)

    def of(self, entity_id: str) -> list[Proposal]:
        """The proposals for a plant, in the order in which they were made."""
        return [_proposal(row) for row in self._db.conn.execute(_PROPOSAL, (entity_id,)).fetchall()]

    def fields(self, entity: Entity) -> list[str]:
        """The fields of a plant, as the mirror has it, that open proposals fill."""
        return sorted({one.field for one in self.of(entity["id"]) if one.counts(entity)})

    def over(self, entity: Entity) -> Entity:
        """The plant as the mirror has it, with the open proposals; of two for a field the later."""
        found = {one.field: one.new_value for one in self.of(entity["id"]) if one.counts(entity)}
        if not found:
            return entity
        rules, values = self._dictionary(), entity["values"] | found
        missing = rules.missing(values)
        shown: Entity = {
            **entity,
            "values": values,
            "name": values.get(rules.name, entity["name"]),
            "credit_code": values.get(rules.credit_code),
            "trades": rules.trades(values),
            "op_status": values.get(rules.op_status, ""),
            "missing": missing,
            "complete": not missing,
        }
        return shown
