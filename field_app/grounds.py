"""What a document on this tablet rests on (制作依据): gathered here, judged by the lawbook."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from field_app.covering import covered
from field_app.found import found_at
from field_app.moments import day
from field_app.officers import WITHHELD
from field_app.shelves.documents import Kept
from field_app.store import Store
from lawbook.covering import KINDS, PENALTY
from lawbook.inspection import PresentOfficer
from lawbook.preconditions import ORDER, Grounds, judge
from lawbook.refusal import Refusal


def grounds(
    store: Store,
    inspection_id: str,
    about: str,
    officers: Sequence[str],
    said: Mapping[str, Any],
    at: datetime,
    kind: str = "",
) -> Grounds:
    """Grounds of a document of a kind about `about`, which belongs to this inspection."""
    known = store.documents.of_inspection(inspection_id)
    issued = {one.kind for one in known if one.issued_at}
    if said.get("order_number"):
        # Given by another tablet: this one knows it by the number that the officer quotes.
        issued.add(ORDER)
    again = store.inspections.again(about)
    old = store.documents.one(about)
    return Grounds(
        at=at,
        on=day(at),
        officers=tuple(present(store, number) for number in officers),
        issued=frozenset(issued),
        findings=len(found_at(store, inspection_id)),
        reinspected=again is not None and again.reinspected_at is not None,
        corrects=old is not None and old.issued_at is not None,
        said=said,
        covered=covered(store, inspection_id, kind, said.get("party")) if kind in KINDS else {},
        scales=store.packs.scales() if kind == PENALTY else None,
    )


def present(store: Store, number: str) -> PresentOfficer:
    """An officer by certificate; one that is withheld counts as none."""
    known = store.mirror.officer(number)
    if known is None:
        return PresentOfficer(number, "", None)
    certificate = known["certificate"]
    withheld = certificate["state"] in WITHHELD
    until = None if withheld else date.fromisoformat(certificate["valid_until"])
    return PresentOfficer(number, known["name"], until)


def standing(store: Store, document: Kept, at: datetime) -> tuple[Refusal, ...]:
    """What stands against issuing a draft at this moment; empty when it may be issued."""
    officers = [one["number"] for one in document.data["officers"]]
    found = grounds(
        store, document.inspection_id, document.about, officers, document.data, at, document.kind
    )
    return judge(document.kind, found)
