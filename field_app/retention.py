"""Retention (保留期): the one place where anything of the journal goes.

Thirty days after the office's receipt a letter's body may go; its hash, its link and its receipt
stay, so that the chain is proved as before. What has no receipt stays whole, however old it is.
"""

from datetime import datetime, timedelta

from field_app.moments import kept, read
from field_app.store import Store

KEPT = timedelta(days=30)
"""How long a body is kept after its receipt."""


def tidy(store: Store, at: datetime) -> int:
    """Let the bodies of letters go whose receipt is old enough; how many went.

    Old by the office's clock too: a tablet's that has jumped ahead must not empty the journal.
    """
    (newest,) = store.db.conn.execute(
        "select max(json_extract(receipt, '$.received_at')) from letter"
    ).fetchone()
    if newest is None:
        return 0
    until = kept(min(at, read(newest)) - KEPT)
    with store.atomic():
        return int(
            store.db.conn.execute(
                "update letter set body = '{}', emptied_at = ? where emptied_at is null "
                "and state in ('sent', 'replaced') "
                "and json_extract(receipt, '$.signature') is not null "
                "and json_extract(receipt, '$.received_at') < ?",
                (kept(at), until),
            ).rowcount
        )
