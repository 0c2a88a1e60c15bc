"""What this installation knows of the office: enrolled or not, its state, the time at last contact.

`contact.json` beside `device.json`: nothing about anybody, and readable before anybody has signed
in. On disk before the next report is sent, so that a number is never used twice.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from field_app.device import Device, keep_privately

FILE = "contact.json"
ACTIVE, FROZEN, WIPE_REQUESTED, WIPED = "active", "frozen", "wipe_requested", "wiped"
WIPING = frozenset((WIPE_REQUESTED, WIPED))


@dataclass(frozen=True, slots=True)
class Contact:
    """The last that was heard. Moments as they are kept; `travel` and `monotonic` in milliseconds.

    `number`: of the last report that was begun. `skew`: seconds by which our clock was fast.
    `attestation`: the office's word on our key, None while there is none.
    """

    unit: str = ""
    unit_name: str = ""
    gateway: str = ""
    state: str = ""
    reason: str = ""
    cloned: bool = False
    number: int = 0
    nonce: str | None = None
    offline_days: int | None = None
    heard_at: str | None = None
    monotonic: int = 0
    boot: str = ""
    travel: int = 0
    skew: int | None = None
    attestation: dict[str, str] | None = None

    @property
    def enrolled(self) -> bool:
        """Whether the office knows this installation."""
        return bool(self.state)

    @property
    def in_use(self) -> bool:
        """Whether anything new may be captured here; one that is not enrolled is not held back."""
        return self.state in ("", ACTIVE)


def contact_of(device: Device) -> Contact:
    """What this installation has last heard; of one that is new, nothing."""
    path = device.folder / FILE
    try:
        at = os.stat(path)
    except FileNotFoundError:
        return NOTHING
    return _told(path, at.st_ino, at.st_mtime_ns, at.st_size)


NOTHING = Contact()


@lru_cache(maxsize=1)
def _told(path: Path, *_: int) -> Contact:
    """What the file says; read anew when it is another file than before (every act asks for it)."""
    told = json.loads(path.read_text("utf-8"))
    return Contact(**{name: told[name] for name in Contact.__slots__ if name in told})


def note(device: Device, **changes: Any) -> Contact:  # noqa: ANN401 - members of Contact
    """Keep what was heard; on disk when this returns."""
    now = replace(contact_of(device), **changes)
    keep_privately(device.folder / FILE, asdict(now))
    # A disk may give a new file an old one's number within one tick of its clock.
    _told.cache_clear()
    return now
