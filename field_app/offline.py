"""Working without the office: for how many days the password alone opens a person's records.

`may_work_offline` is asked whenever it does; who it is, the vault says (field_app/vault.py).
"""

from datetime import datetime, timedelta

from field_app.contact import contact_of
from field_app.moments import kept, now, read
from field_app.refusals import ClockSetBack, OfficeTooLongAgo
from field_app.store import Store
from lawbook.devices import MOST_SKEW

DAYS = 7
"""Days without the office where it has not said how many (待确认)."""
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


def is_offline(store: Store) -> bool:
    """Whether whoever works here has signed in without the office."""
    token = store.setting("token")
    return bool(token) and not token["access"]
