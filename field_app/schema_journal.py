"""The step of the store that gave every letter its place in a chain (schema.py); never edited."""

import hashlib
import json
from uuid import uuid4

from sqlite_utils import Database

from lawbook.journal import link_of


def keep_a_journal(db: Database) -> None:
    """Every letter gets a place in a chain, in the order in which they were written."""
    for statement in (
        "create table journal (name text not null)",
        "alter table letter add column seq integer",
        "alter table letter add column prev text",
        "alter table letter add column link text",
        "alter table letter add column emptied_at text",
        "create unique index letter_seq on letter (seq)",
    ):
        db.conn.execute(statement)
    name = hashlib.sha256(uuid4().bytes).hexdigest()
    db.conn.execute("insert into journal (name) values (?)", (name,))
    device = db.conn.execute("select value from setting where key = 'device'").fetchone()
    rows = db.conn.execute(
        "select id, subject, kind, written_at, sha256 from letter order by position, rowid"
    ).fetchall()
    link = name
    for seq, (id_, subject, kind, written_at, sha256) in enumerate(rows, start=1):
        prev, link = link, link_of(
            device=json.loads(device[0]), seq=seq, prev=link, id=id_, subject=subject, kind=kind,
            written_at=written_at, sha256=sha256,
        )  # fmt: skip
        db.conn.execute(
            "update letter set seq = ?, prev = ?, link = ? where id = ?", (seq, prev, link, id_)
        )
    for guard in GUARDS:
        db.conn.execute(guard)


GUARDS = (
    """create trigger letter_stays before delete on letter begin
        select raise(abort, 'a letter is never deleted'); end""",
    """create trigger letter_is_as_written
        before update of id, seq, prev, link, subject, kind, sha256, written_at on letter
        begin select raise(abort, 'a letter is never changed'); end""",
    """create trigger letter_keeps_its_body before update of body, emptied_at on letter
        when new.emptied_at is null or new.body <> '{}' or old.receipt is null
        begin select raise(abort, 'a body goes only by retention, with a receipt'); end""",
)
"""SQLite's own word on the journal: no code path deletes or changes what has no receipt."""
