"""What is unsent, sealed beside the store for whoever works on this device next (封存), bit by bit.

Files are sealed once, in bundles of their own that are never made anew (`base`); letters, what was
begun, and the newest files lie in one bundle more (`tail`), which a later one replaces. So what is
new costs little, each time the app goes to the background. A bundle takes its place whole, by a
rename, and what it replaces goes only afterwards: wherever it is broken off, no half of one counts,
and the earlier one still stands.

What touches the store's database is done by its own thread; what seals bytes needs only files and
keys, and may run in another (`Writing.write`).
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from field_app import carrier
from field_app.moments import kept, now
from field_app.sealing import ASIDE, Content, Writing, begin, outstanding
from field_app.shelves.outbox import Upload
from field_app.store import Store
from field_app.wire import canonical
from lawbook.refusal import Refusal

ROLL = 16 << 20
"""Bytes of new files that the tail holds; above that they get a bundle of their own."""
MOST_BYTES = 512 << 20
"""Bytes of files in one bundle, but for a single file that is larger."""
BASE, TAIL = "base", "tail"

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Made:
    """A bundle on this device, and which files it holds."""

    sha256: str
    role: str
    holds: str
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A bundle that is to be made."""

    role: str
    content: Content

    @property
    def holds(self) -> str:
        """What it would hold, as a hash."""
        held = self.content
        said = [[one.id for one in held.letters], sorted(held.here), held.drafts]
        return hashlib.sha256(canonical(said)).hexdigest()

    @property
    def covers(self) -> str:
        """Which files it holds, to be read again."""
        return json.dumps({"role": self.role, "files": sorted(self.content.here)})


def set_aside(store: Store, *, quick: bool = False, tell: Tell = lambda _: None) -> Path | None:
    """Seal what is unsent and not sealed yet; the newest bundle, None where nothing is unsent.

    Again with nothing new: the same bundle, nothing is written. `quick`: of new files no more than
    the tail holds, for the moment in which the app goes to the background. Refuses
    SealingKeyMissing, GrantMissingHere.
    """
    wanted = _wanted(store, quick=quick)
    for part in _missing(store, wanted):
        writing = begin(store, carrier.folder_of(store.installation), ASIDE, part.content)
        writing.write(tell)
        _take_place(store, part, writing)
    return _tidied(store, wanted)


async def set_aside_meanwhile(store: Store, tell: Tell = lambda _: None) -> Path | None:
    """The same, all of it, the sealing in another thread. `tell`: how far it is, 0 to 1; from there.

    Refuses SealingKeyMissing, GrantMissingHere.
    """
    wanted = _wanted(store, quick=False)
    missing = _missing(store, wanted)
    for number, part in enumerate(missing):
        writing = begin(store, carrier.folder_of(store.installation), ASIDE, part.content)

        def told(far: float, number: int = number) -> None:
            tell((number + far) / len(missing))

        # Not to be broken off in the middle: what was begun ends, whoever waits for it.
        await asyncio.shield(asyncio.to_thread(writing.write, told))
        _take_place(store, part, writing)
    return _tidied(store, wanted)


def _take_place(store: Store, part: _Part, writing: Writing) -> None:
    """A bundle that was written is named; a tail that it replaces goes afterwards."""
    before = [one for one in _made(store) if one.role != BASE and part.role == TAIL]
    writing.keep(part.holds, part.covers)
    _close(store, [one.sha256 for one in before])


def _wanted(store: Store, *, quick: bool) -> list[_Part]:
    """The bundles that are to be here beside the bases that hold something already."""
    content = outstanding(store)
    based = {file for one in _made(store) if one.role == BASE for file in one.files}
    files = [one for one in content.uploads if one.sha256 not in based]
    if sum(one.size for one in files) <= ROLL:
        return [_part(TAIL, files, content)]
    if quick:
        return [_part(TAIL, list(_smallest(files)), content)]
    bases = [_part(BASE, some) for some in _by_room(files)]
    return [*bases, _part(TAIL, [], content)]


def _part(role: str, files: list[Upload], rest: Content | None = None) -> _Part:
    """A bundle of these files, and of all letters and drafts where `rest` is given."""
    letters, drafts = (rest.letters, rest.drafts) if rest else ([], [])
    return _Part(role, Content(letters, files, drafts, frozenset(one.sha256 for one in files)))


def _smallest(files: list[Upload]) -> Iterator[Upload]:
    room = ROLL
    for one in sorted(files, key=lambda one: one.size):
        room -= one.size
        if room >= 0:
            yield one


def _by_room(files: list[Upload]) -> Iterator[list[Upload]]:
    some: list[Upload] = []
    for one in files:
        if some and sum(each.size for each in some) + one.size > MOST_BYTES:
            yield some
            some = []
        some.append(one)
    if some:
        yield some


def _missing(store: Store, wanted: list[_Part]) -> list[_Part]:
    """Of the bundles that are to be here, those that are not and would hold something."""
    held = {one.holds for one in _made(store)}
    return [one for one in wanted if one.content and one.holds not in held]


def _made(store: Store) -> list[_Made]:
    """Bundles of this store that lie on this device, the oldest first."""
    here = {path.stem for path in carrier.waiting(store.installation)}
    rows = store.db.conn.execute(
        "select sha256, holds, covers from bundle where purpose = ? and closed_at is null "
        "order by made_at, rowid",
        (ASIDE,),
    ).fetchall()
    made = []
    for sha256, holds, covers in rows:
        said: dict[str, Any] = json.loads(covers) if covers else {}
        if sha256 in here:
            made.append(
                _Made(sha256, said.get("role", ""), holds, frozenset(said.get("files", ())))
            )
    return made


def _tidied(store: Store, wanted: list[_Part]) -> Path | None:
    """Let bundles go that hold nothing which is not elsewhere; the newest that is left."""
    content = outstanding(store)
    open_files = {one.sha256 for one in content.uploads}
    tails = {one.holds for one in wanted if one.role == TAIL and one.content}
    needless = [
        one.sha256
        for one in _made(store)
        if (one.role == BASE and not one.files & open_files)
        or (one.role != BASE and one.holds not in tails)
    ]
    _close(store, needless)
    left = _made(store)
    return carrier.place_of(store.installation, left[-1].sha256) if left else None


def _close(store: Store, bundles: list[str]) -> None:
    if not bundles:
        return
    for sha256 in bundles:
        carrier.forget(store.installation, sha256)
    with store.atomic():
        store.db.conn.execute(
            "update bundle set closed_at = ? where closed_at is null "
            "and sha256 in (select value from json_each(?))",
            (kept(now()), json.dumps(bundles)),
        )


def try_to_set_aside(store: Store) -> bool:
    """Whether what is unsent here lies sealed on this device, all of it, or nothing is."""
    try:
        set_aside(store)
    except Refusal:
        return False
    return True


def much_is_new(store: Store) -> bool:
    """Whether more files are new than a moment is enough to seal."""
    based = {file for one in _made(store) if one.role == BASE for file in one.files}
    new = (one.size for one in outstanding(store).uploads if one.sha256 not in based)
    return sum(new) > ROLL // 2
