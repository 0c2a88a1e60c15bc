"""What is shown to the party: our certificates, large, and who of the plant is there."""

from dataclasses import dataclass
from datetime import date

from field_app.moments import spoken
from field_app.readiness import certificate_doubt
from field_app.session import signed_in
from field_app.store import Store
from field_app.wire import Present


@dataclass(frozen=True, slots=True)
class Certificate:
    """One officer's certificate (执法证), as the party reads it."""

    name: str
    number: str
    unit: str
    until: str
    doubt: str


@dataclass(frozen=True, slots=True)
class AtTheGate:
    """The certificates, mine first; who is there; when they were shown, or empty."""

    plant: str
    certificates: list[Certificate]
    present: list[Present]
    shown: str
    ended: bool


def at_the_gate(store: Store, inspection_id: str, today: date) -> AtTheGate | None:
    """What to show about an inspection; None when this tablet does not have it."""
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        return None
    entity = store.mirror.entity(inspection.entity_id)
    me = signed_in(store)
    mine = me["officer"] if me else ""
    numbers = sorted(inspection.officers, key=lambda number: number != mine)
    at = inspection.certificate_shown_at
    return AtTheGate(
        entity["name"] if entity else "",
        [_certificate(store, number, today) for number in numbers],
        [inspection.present, *inspection.also_present],
        spoken(at) if at else "",
        ended=inspection.ended_at is not None,
    )


def _certificate(store: Store, number: str, today: date) -> Certificate:
    officer = store.mirror.officer(number)
    if officer is None:
        return Certificate("", number, "", "", certificate_doubt(store, number, today))
    unit = store.mirror.unit(officer["unit"])
    until = date.fromisoformat(officer["certificate"]["valid_until"])
    return Certificate(
        officer["name"],
        number,
        unit["name"] if unit else officer["unit"],
        f"{until.year}年{until.month}月{until.day}日",
        certificate_doubt(store, number, today),
    )
