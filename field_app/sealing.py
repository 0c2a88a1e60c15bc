"""What is unsent here, sealed into a bundle (导出未上报数据、封存): a copy, nothing leaves the store.

One format for three uses: a file that its officer carries, one that a colleague carries, and one
that stays on this device when its officer cannot sign in any more.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from field_app import carrier, grants
from field_app.bundle import SUFFIX, OfficeKey, Sealed, seal
from field_app.moments import day, kept, now
from field_app.refusals import (
    FolderUnusable,
    GrantMissingHere,
    NothingUnsent,
    SealingKeyMissing,
)
from field_app.schema import STEPS
from field_app.shelves.outbox import Upload
from field_app.store import Store
from field_app.unsent import OPEN, unsent_here
from field_app.wire import canonical
from lawbook.refusal import Refusal

RESCUE, ASIDE = "rescue", "sealed"
MOST_BYTES = 512 << 20
"""Of photos and PDFs in one bundle; what does not fit goes by another way."""


def export(store: Store, folder: Path) -> Path:
    """Write what is unsent into a folder, for whoever carries it (导出未上报数据); the file.

    Refuses NothingUnsent, SealingKeyMissing, GrantMissingHere, FolderUnusable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _written(store, folder, RESCUE)[0]
    except OSError as error:
        raise FolderUnusable(error.strerror or "") from error


def set_aside(store: Store) -> Path | None:
    """Seal what is unsent beside the store, for whoever works on this device next (封存).

    None where nothing is unsent. Again with nothing new: the same bundle. A later one takes the
    place of an earlier, which it holds. Refuses SealingKeyMissing, GrantMissingHere.
    """
    try:
        holds = _holds(store)
    except NothingUnsent:
        return None
    before = store.db.conn.execute(
        "select sha256, holds from bundle where purpose = ? and closed_at is null", (ASIDE,)
    ).fetchall()
    waiting = {path.stem: path for path in carrier.waiting(store.installation)}
    for sha256, held in before:
        if held == holds and sha256 in waiting:
            return waiting[sha256]
    place, made = _written(store, carrier.folder_of(store.installation), ASIDE)
    for sha256, _ in before:
        carrier.forget(store.installation, sha256)
    with store.atomic():
        store.db.conn.execute(
            "update bundle set closed_at = ? where purpose = ? and sha256 <> ?",
            (kept(now()), ASIDE, made.sha256),
        )
    return place


def own(store: Store) -> set[str]:
    """Bundles on this device that hold what is in this store, by their SHA-256."""
    found = store.db.conn.execute(
        "select sha256 from bundle where purpose = ? and closed_at is null", (ASIDE,)
    )
    return {str(sha256) for (sha256,) in found.fetchall()}


def take_back(store: Store) -> None:
    """Remove this store's own bundles once all that they hold has gone by itself."""
    if unsent_here(store) or not (needless := own(store)):
        return
    for sha256 in needless:
        carrier.forget(store.installation, sha256)
    with store.atomic():
        store.db.conn.execute(
            "update bundle set closed_at = ? where purpose = ? and closed_at is null",
            (kept(now()), ASIDE),
        )


def try_to_set_aside(store: Store) -> bool:
    """Whether what is unsent here lies sealed on this device, or nothing is."""
    try:
        set_aside(store)
    except Refusal:
        return False
    return True


def _written(store: Store, folder: Path, purpose: str) -> tuple[Path, Sealed]:
    head, uploads = _head(store, purpose)
    here = [one for one, said in zip(uploads, head["files"], strict=True) if said["here"]]
    folder.mkdir(parents=True, exist_ok=True)
    coming = folder / f".{os.urandom(8).hex()}.part"
    try:
        with coming.open("wb") as out:
            made = seal(
                head,
                (_bytes(store, one) for one in here),
                sum(one.size for one in here),
                device=store.installation,
                office=_office_key(store),
                into=out,
            )
            out.flush()
            os.fsync(out.fileno())
        # The key of the reply first: a bundle that has left can always be answered.
        with store.atomic():
            store.db.table("bundle").insert(
                {
                    "sha256": made.sha256,
                    "reply_key": made.reply_key,
                    "purpose": purpose,
                    "letters": len(head["letters"]),
                    "holds": _holds(store),
                    "made_at": head["made_at"],
                }
            )
        name = made.sha256 if purpose == ASIDE else f"未上报数据-{day(now())}-{made.sha256[:8]}"
        place = folder / f"{name}{SUFFIX}"
        coming.replace(place)
    finally:
        coming.unlink(missing_ok=True)
    return place, made


def _head(store: Store, purpose: str) -> tuple[dict[str, Any], list[Upload]]:
    letters, drafts = store.outbox.open_letters(), _drafts(store)
    uploads = _uploads(store)
    if not (letters or drafts or uploads):
        raise NothingUnsent
    if not (held := grants.held(store)):
        raise GrantMissingHere
    files, room = [], MOST_BYTES
    for one in uploads:
        here = one.size <= room and store.files.place(one.path).is_file()
        room -= one.size if here else 0
        files.append(
            {"sha256": one.sha256, "size": one.size, "media_type": one.media_type, "here": here}
        )
    head = {
        "format": 1,
        "device": store.device,
        "purpose": purpose,
        "made_at": kept(now()),
        "versions": {"store": len(STEPS)},
        "grants": held,
        "letters": store.outbox.on_the_wire(letters),
        "files": files,
        "drafts": drafts,
    }
    return head, uploads


def _office_key(store: Store) -> OfficeKey:
    told = store.setting("bundle_key")
    if not told or not (key := OfficeKey(**told)).sound:
        raise SealingKeyMissing
    return key


def _uploads(store: Store) -> list[Upload]:
    """Files that the office does not have; of visits that go on, their photos too."""
    queued = [one for one in store.outbox.uploads() if one.state != "sent"]
    known = {one.sha256 for one in store.outbox.uploads()}
    found = store.db.conn.execute(
        "select distinct e.sha256, e.path, e.size, e.media_type from evidence as e "
        "join inspection as i on i.id = e.inspection_id where i.ended_at is null order by e.sha256"
    )
    going_on = [
        Upload(sha256, path, size, media_type, None, 0, "waiting", None)
        for sha256, path, size, media_type in found.fetchall()
        if sha256 not in known
    ]
    return queued + going_on


def _drafts(store: Store) -> list[dict[str, Any]]:
    """What was begun and not ended, as its tables hold it, for the supervisor to read."""
    found = []
    for kind, ended in (
        ("inspection", "ended_at"),
        ("reinspection", "reinspected_at"),
        ("document", "issued_at"),
    ):
        for row in store.db.query(f"select * from {kind} where {ended} is null order by id"):
            about = dict(row)
            if kind == "inspection":
                about["answers"] = list(
                    store.db.query("select * from answer where inspection_id = ?", [row["id"]])
                )
                about["photos"] = list(
                    store.db.query(
                        "select id, check_item, sha256, caption, captured_at from evidence "
                        "where inspection_id = ?",
                        [row["id"]],
                    )
                )
            found.append({"kind": kind, "id": str(row["id"]), "about": about})
    return found


def _holds(store: Store) -> str:
    """What a bundle made now would hold, as a hash. Refuses NothingUnsent."""
    ids = [
        row[0]
        for row in store.db.conn.execute(
            "select id from letter where state in (?, ?, ?) order by seq", OPEN
        )
    ]
    files, drafts = [one.sha256 for one in _uploads(store)], _drafts(store)
    if not (ids or files or drafts):
        raise NothingUnsent
    return hashlib.sha256(canonical([ids, files, drafts])).hexdigest()


def _bytes(store: Store, upload: Upload) -> Iterator[bytes]:
    """A kept file, a piece at a time."""
    with store.files.reader(upload.path) as source:
        yield from source.chunks()
