"""What scanning needs: the plant of a code, and when a picture was made."""

from datetime import UTC, datetime
from pathlib import Path

from field_app.moments import kept
from field_app.refusals import EntityUnknown
from field_app.store import Store


def plant_of(store: Store, code: str) -> str:
    """The id of the plant of this credit code. Refuses EntityUnknown."""
    entity = store.mirror.by_credit_code(code)
    if entity is None:
        raise EntityUnknown(f"台账中没有信用代码为 {code} 的企业")
    return entity["id"]


def picked(path: Path) -> str:
    """When a picture was made, as moments are kept."""
    return kept(datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0))
