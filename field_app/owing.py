"""What documents made on this tablet still owe, and who has answered (现场文书的后续手续)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from field_app.moments import read
from field_app.shelves.documents import Kept
from field_app.store import Store
from lawbook.owing import PROLONGED, REGISTRATION, Owed, owed
from lawbook.preconditions import SEIZURE

KINDS = (SEIZURE, REGISTRATION)


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that is owed and not answered, with the document that owes it."""

    document: Kept
    owed: Owed

    def overdue(self, at: datetime, on: str) -> bool:
        """Whether its moment, or its day (YYYY-MM-DD in Beijing), is past."""
        due = self.owed.due_at
        return due < at if due else self.owed.due_on.isoformat() < on


def _prolonged(store: Store, told: list[Mapping[str, Any]]) -> list[Open]:
    """Of what was issued here, the sealings that the head has let go on for thirty days more."""
    known = {document.id: document for document in store.documents.issued_of(KINDS)}
    return [
        Open(
            known[one["document_id"]],
            Owed(PROLONGED, one["title"], one["law"], date.fromisoformat(one["due_on"])),
        )
        for one in told
        if one.get("name") == PROLONGED and not one.get("answer") and one["document_id"] in known
    ]


def open_here(store: Store) -> list[Open]:
    """What is owed of what was issued here, the most urgent first, without what was answered."""
    told: list[Mapping[str, Any]] = store.setting("site_duties") or []
    answered = {one["id"] for one in told if one.get("answer")}
    calendar = store.packs.calendar()
    found = [
        Open(document, one)
        for document in store.documents.issued_of(KINDS)
        for one in owed(document.kind, document.data, read(document.issued_at or ""), calendar)
        if str(uuid5(UUID(document.id), one.name)) not in answered
    ]
    found += _prolonged(store, told)
    return sorted(found, key=lambda one: (one.owed.due_on, one.document.id))
