"""The grants (授权) under which letters were captured here: kept as long as a letter needs one.

The office judges what comes in a sealed bundle by the grant that held when it was written.
"""

import base64
import json
from datetime import UTC, datetime
from typing import Any

from field_app.moments import kept
from field_app.store import Store

MOST = 50
"""Grants that an office takes with a delivery; the newest go."""
NEEDLESS = """
delete from held_grant where since < (select max(since) from held_grant) and not exists (
    select 1 from letter where letter.state in ('waiting', 'held', 'refused')
    and letter.written_at >= held_grant.since and not exists (
        select 1 from held_grant as newer
        where newer.since > held_grant.since and newer.since <= letter.written_at
    )
)
"""
"""Not the newest, and of no unsent letter the newest before it."""


def keep(store: Store, token: object) -> None:
    """Keep a grant that a report was answered with; let go of those that nothing rests on."""
    said = _said(token)
    if said is None:
        return
    since, until = (kept(datetime.fromtimestamp(said[name], UTC)) for name in ("iat", "exp"))
    with store.atomic():
        store.db.conn.execute(
            "insert into held_grant (token, since, until) values (?, ?, ?) on conflict do nothing",
            (token, since, until),
        )
        store.db.conn.execute(NEEDLESS)


def held(store: Store) -> list[str]:
    """The grants that are kept, the oldest first."""
    found = store.db.conn.execute("select token from held_grant order by since")
    return [str(token) for (token,) in found.fetchall()]


def elsewhere(store: Store) -> list[str]:
    """All grants, once one of them is of a region in which its officer does not work now."""
    me, tokens = store.setting("me"), held(store)[-MOST:]
    said = [one for one in map(_read, tokens) if one]
    moved = me is not None and any(one.get("region") != me["region"] for one in said)
    return tokens if moved else []


def _said(token: object) -> dict[str, int] | None:
    """From when until when a grant lasts, as it says itself; only the office can tell whether it is one."""
    try:
        said = _read(token)
        return {name: int(said[name]) for name in ("iat", "exp")}
    except (ValueError, KeyError, TypeError):
        return None


def _read(token: object) -> dict[str, Any]:
    """What a grant says of itself; nothing where it is none."""
    try:
        part = str(token).split(".")[1]
        said = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
