"""Replies to bundles (回执文件): what the office made of letters that went by another's hand."""

import json
from pathlib import Path
from typing import Any

from field_app import carrier
from field_app.bundle import open_reply
from field_app.delivery import Delivered, settle
from field_app.device import bytes_of
from field_app.moments import kept, now
from field_app.receipt_keys import receipt_keys
from field_app.refusals import ReplyUnreadable
from field_app.store import Store

MOST_BYTES = 64 << 20


def take_in(store: Store, path: Path) -> Delivered:
    """Take in a reply; receipts are verified as those of any delivery. Again: nothing changes.

    Refuses ReplyUnreadable.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReplyUnreadable
        told = json.loads(path.read_bytes())
        bundle, sealed = str(told["bundle"]), bytes_of(str(told["reply"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReplyUnreadable from error
    row = store.db.conn.execute(
        "select reply_key from bundle where sha256 = ?", (bundle,)
    ).fetchone()
    if row is None:
        raise ReplyUnreadable
    reply: dict[str, Any] = json.loads(open_reply(sealed, bundle, row[0]))
    done = Delivered()
    keys = receipt_keys(store)
    by_id = {one["id"]: one for one in reply["verdicts"]}
    with store.atomic():
        for letter in store.outbox.open_letters():
            if verdict := by_id.get(letter.id):
                settle(store, letter, verdict, keys, done)
        for upload in store.outbox.uploads():
            # Only the office and this store have the key of the reply: what it says, it said.
            if reply["files"].get(upload.sha256) == "arrived" and upload.state != "sent":
                store.outbox.upload_done(upload.sha256, {"bundle": bundle})
                done.files += 1
        store.db.conn.execute(
            "update bundle set answered_at = ? where sha256 = ?", (kept(now()), bundle)
        )
    return done


def collect(store: Store) -> Delivered:
    """Take in the replies on this device that are to this store's bundles."""
    done = Delivered()
    own = {sha256 for (sha256,) in store.db.conn.execute("select sha256 from bundle")}
    waiting = {path.stem for path in carrier.waiting(store.installation)}
    for path in carrier.replies(store.installation):
        if path.stem not in own:
            continue
        taken = take_in(store, path)
        done.sent, done.refused = done.sent + taken.sent, done.refused + taken.refused
        done.files += taken.files
        if path.stem not in waiting:
            path.unlink()
    return done
