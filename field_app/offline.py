"""Working without the office: who may sign in with no signal, and for how many days.

`may_work_offline` says how long; it is asked whatever opens the records. Until those are encrypted
under the password, a slow hash kept at the last sign-in with a signal says who.
"""

import hashlib
import hmac
import os
from datetime import datetime, timedelta
from typing import Any

from field_app.contact import contact_of
from field_app.device import bytes_of, text_of
from field_app.moments import kept, now, read
from field_app.refusals import ClockSetBack, OfficeTooLongAgo
from field_app.store import Store
from field_app.wire import Me
from lawbook.devices import MOST_SKEW

DAYS = 7
"""Days without the office where it has not said how many (待确认)."""
WORK = {"n": 1 << 15, "r": 8, "p": 1, "maxmem": 1 << 27}
"""What a guess at a password costs (scrypt, RFC 7914): 32 MB and some 0.1 s."""
OFFLINE = {"access": "", "refresh": None}
"""The sign-in of somebody whom the office has not seen yet: it opens nothing there."""


def heard(store: Store) -> None:
    """The office has answered in this person's name. A clock set back takes nothing away."""
    before = store.setting("office_heard_at")
    store.set("office_heard_at", max(filter(None, (before, kept(now())))))


def may_work_offline(store: Store, at: datetime | None = None) -> None:
    """Refuses OfficeTooLongAgo after `offline_days` without the office, ClockSetBack before it.

    A store from before this was counted, on a device that is not enrolled, may be used.
    """
    contact, this = contact_of(store.installation), at or now()
    since = max(filter(None, (contact.heard_at, store.setting("office_heard_at"))), default=None)
    if since is None:
        return
    days = DAYS if contact.offline_days is None else contact.offline_days
    ours = this - timedelta(seconds=contact.skew or 0)
    if ours < read(since) - MOST_SKEW:
        raise ClockSetBack
    if ours - read(since) > timedelta(days=days):
        raise OfficeTooLongAgo(f"上次联系服务器已超过 {days} 天")


def remember(store: Store, username: str, password: str, me: Me) -> None:
    """Keep what tells this person again with no signal; the password itself is not kept."""
    salt = os.urandom(16)
    people: dict[str, Any] = store.setting("offline") or {}
    people[username] = {
        "salt": text_of(salt), "hash": text_of(_stretched(password, salt)), "me": me,
    }  # fmt: skip
    store.set("offline", people)


def known_here(store: Store, username: str, password: str) -> Me | None:
    """Who this is, with no signal; None for a stranger or another password."""
    person = (store.setting("offline") or {}).get(username)
    # As slow for a stranger: names cannot be told from their absence.
    salt = bytes_of(person["salt"]) if person else bytes(16)
    given = _stretched(password, salt)
    if person is None or not hmac.compare_digest(given, bytes_of(person["hash"])):
        return None
    me: Me = person["me"]
    return me


def is_offline(store: Store) -> bool:
    """Whether whoever works here has signed in without the office."""
    token = store.setting("token")
    return bool(token) and not token["access"]


def _stretched(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, dklen=32, **WORK)
