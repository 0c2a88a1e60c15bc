"""Retention (保留期): the one place where anything of the journal goes.

Thirty days after the office's receipt a letter's body may go, and at once when what it is about has
left the officer's sight; its hash, its link and its receipt stay, so that the chain is proved as
before. What has no receipt stays whole, however old it is.
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


def let_go(store: Store, subject: str, at: str) -> None:
    """Let the bodies go of all letters about something that has left this officer's sight.

    Only inside the transaction that erases the rest of it. SQLite refuses one without a receipt.
    """
    letters = store.db.conn.execute(
        # The latest first: what it took the place of goes with it.
        "select id from letter where subject = ? and emptied_at is null order by seq desc",
        (subject,),
    ).fetchall()
    for (letter,) in letters:
        store.db.conn.execute(
            "update letter set body = '{}', emptied_at = ?, problem = null where id = ?",
            (at, letter),
        )
