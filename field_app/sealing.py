"""What is unsent here, sealed into a bundle (导出未上报数据、封存): a copy, nothing leaves the store.

One format for three uses: a file that its officer carries, one that a colleague carries, and one
that stays on this device when its officer cannot sign in any more.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from field_app import carrier, grants
from field_app.bundle import SUFFIX, OfficeKey, Sealed, seal
from field_app.disk import settle
from field_app.moments import day, kept, now
from field_app.refusals import (
    FolderUnusable,
    GrantMissingHere,
    NothingUnsent,
    SealingKeyMissing,
)
from field_app.schema import STEPS
from field_app.sharing import share
from field_app.shelves.outbox import Letter, Upload
from field_app.store import Store
from field_app.unsent import unsent_here

RESCUE, ASIDE = "rescue", "sealed"
COMING = ".part"
MOST_BYTES = 512 << 20
"""Of photos and PDFs in one bundle; what does not fit goes by another way."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a bundle is to hold: letters, files, drafts. `here`: files that come with their bytes."""

    letters: list[Letter]
    uploads: list[Upload]
    drafts: list[dict[str, Any]]
    here: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.letters or self.uploads or self.drafts)


def export(store: Store, folder: Path) -> Path:
    """Write what is unsent into a folder, for whoever carries it (导出未上报数据); the file.

    Refuses NothingUnsent, SealingKeyMissing, GrantMissingHere, FolderUnusable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # What was said of a visit with colleagues goes along: no contact tells it meanwhile.
        share(store)
        writing = begin(store, folder, RESCUE, _fitting(outstanding(store)))
        writing.write()
        return writing.keep("")[0]
    except OSError as error:
        raise FolderUnusable(error.strerror or "") from error


def _fitting(content: Content) -> Content:
    """What fits into one file that is carried; the bytes of the others go by another way."""
    here, room = [], MOST_BYTES
    for one in content.uploads:
        if one.size <= room:
            here.append(one.sha256)
            room -= one.size
    return Content(content.letters, content.uploads, content.drafts, frozenset(here))


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


def outstanding(store: Store) -> Content:
    """All that the office does not have."""
    uploads = _uploads(store)
    return Content(
        store.outbox.open_letters(),
        uploads,
        _drafts(store),
        frozenset(one.sha256 for one in uploads),
    )


class Writing:
    """A bundle being written: begun and kept by the store's own thread, written by any.

    Until it is kept it is a file that nobody takes for a bundle.
    """

    def __init__(self, store: Store, folder: Path, purpose: str, content: Content) -> None:
        """Refuses NothingUnsent, SealingKeyMissing, GrantMissingHere."""
        self._store, self._folder, self._purpose = store, folder, purpose
        self._head, self._here = _head(store, purpose, content)
        self._office = _office_key(store)
        self._coming = folder / f".{os.urandom(8).hex()}{COMING}"
        self._made: Sealed | None = None

    def write(self, tell: Callable[[float], None] = lambda _: None) -> None:
        """Seal the bytes; on disk when this returns. `tell`: how far it is, 0 to 1."""
        self._folder.mkdir(parents=True, exist_ok=True)
        size = sum(one.size for one in self._here)
        done = 0

        def bytes_of_one(upload: Upload) -> Iterator[bytes]:
            nonlocal done
            for piece in _bytes(self._store, upload):
                yield piece
                done += len(piece)
                tell(done / size)

        try:
            with self._coming.open("wb") as out:
                self._made = seal(
                    self._head, (bytes_of_one(one) for one in self._here), size,
                    device=self._store.installation, office=self._office, into=out,
                )  # fmt: skip
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            self._coming.unlink(missing_ok=True)
            raise
        tell(1.0)

    def keep(self, holds: str, covers: str | None = None) -> tuple[Path, Sealed]:
        """Name it: from now on it is a bundle."""
        made = self._made
        assert made is not None
        # The key of the reply first: a bundle that has left can always be answered.
        with self._store.atomic():
            self._store.db.table("bundle").insert(
                {
                    "sha256": made.sha256, "reply_key": made.reply_key, "purpose": self._purpose,
                    "letters": len(self._head["letters"]), "holds": holds, "covers": covers,
                    "made_at": self._head["made_at"],
                }
            )  # fmt: skip
        aside = self._purpose == ASIDE
        name = made.sha256 if aside else f"未上报数据-{day(now())}-{made.sha256[:8]}"
        place = self._folder / f"{name}{SUFFIX}"
        self._coming.replace(place)
        settle(self._folder)
        return place, made


def begin(store: Store, folder: Path, purpose: str, content: Content) -> Writing:
    """A bundle of this content, to be written. Refuses what `Writing` does."""
    return Writing(store, folder, purpose, content)


def _head(store: Store, purpose: str, content: Content) -> tuple[dict[str, Any], list[Upload]]:
    if not content:
        raise NothingUnsent
    if not (held := grants.held(store)):
        raise GrantMissingHere
    files, here = [], []
    for one in content.uploads:
        said = one.sha256 in content.here and store.files.place(one.path).is_file()
        if said:
            here.append(one)
        files.append(
            {"sha256": one.sha256, "size": one.size, "media_type": one.media_type, "here": said}
        )
    head = {
        "format": 1,
        "device": store.device,
        "purpose": purpose,
        "made_at": kept(now()),
        "versions": {"store": len(STEPS)},
        "grants": held,
        "letters": store.outbox.on_the_wire(content.letters),
        "files": files,
        "drafts": content.drafts,
    }
    return head, here


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


def _bytes(store: Store, upload: Upload) -> Iterator[bytes]:
    """A kept file, a piece at a time."""
    with store.files.reader(upload.path) as source:
        yield from source.chunks()
