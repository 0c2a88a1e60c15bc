"""Days without the office (失联天数): amber from the second, red from the fifth (R25)."""

from datetime import datetime
from typing import NamedTuple

from field_app.contact import contact_of
from field_app.moments import read
from field_app.store import Store
from lawbook.devices import alarm, days_silent

TONES = {"calm": "quiet", "amber": "warn", "red": "bad"}


class Silence(NamedTuple):
    """How long the office has not been heard, in words, and how that looks; empty while it is calm."""

    text: str
    tone: str


def silence(store: Store, at: datetime) -> Silence:
    """What to show of the time since the office was last heard."""
    heard = max(
        filter(None, (contact_of(store.installation).heard_at, store.setting("office_heard_at"))),
        default=None,
    )
    days = days_silent(read(heard) if heard else None, at)
    tone = TONES[alarm(days)]
    return Silence("" if tone == "quiet" else f"已 {days} 天没有联系服务器", tone)
