"""Where we are, in the ledger's terms: only a fix of a datum that may be compared with it counts."""

from field_app.store import Store
from field_app.wire import Location
from lawbook.places import LEDGER_DATUM, Position, comparable, spoken_distance
from lawbook.refusal import Refusal


def here(store: Store, location: Location | None) -> Position | None:
    """The fix as a place among the ledger's; None without one, or of another datum (坐标系)."""
    if location is None or not comparable(location["datum"], ledger_datum(store)):
        return None
    return Position(location["lat"], location["lon"])


def ledger_datum(store: Store) -> str:
    """The datum of the ledger's coordinates, as its dictionary says."""
    try:
        fields = store.packs.body("ledger", "ledger").get("field", ())
    except Refusal:
        return LEDGER_DATUM
    said = (str(field["datum"]) for field in fields if field.get("datum"))
    return next(said, LEDGER_DATUM)


def distance(store: Store, entity_id: str, at: Position | None) -> str:
    """How far a plant is, in words; empty where that is not known."""
    far = store.mirror.finder.far(entity_id, at) if at else None
    return "" if far is None else spoken_distance(far)
