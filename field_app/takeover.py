"""Take over the plain store of an earlier version: encrypted, compared, swapped, then overwritten.

Everything is built in `people/NAME.taking/`, which becomes `people/NAME/` by one renaming. Until
then the plain store is whole and nothing else counts; afterwards the file `wipe` says that what is
plain has still to go. A kill at any point leaves one of these two, and the next start goes on.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from field_app.crypt import port
from field_app.disk import make_folder, overwrite, settle, write_whole
from field_app.files import FOLDER, Files
from lawbook.refusal import Refusal

PLAIN = "tablet.sqlite3"
TAKING = ".taking"
WIPE = "wipe"
_TABLES = (
    "select name, wr from pragma_table_list where schema = 'main' and type <> 'view' "
    "and name not like 'sqlite_%' order by name"
)


class TakeoverFailed(Refusal):
    """The encrypted copy is not what the plain store is: the plain one stays."""

    code = "takeover-failed"
    title = "旧记录转为加密存储时核对不符，旧记录原样保留"
    next_step = "不要删除任何文件，把设备交给管理员"


def owner(root: Path) -> dict[str, str] | None:
    """Who signed in last in a plain store below the root, or {} for nobody; None without a store."""
    if not (root / PLAIN).is_file():
        return None
    with closing(sqlite3.connect(root / PLAIN)) as plain:
        asked = "select key, value from setting where key in ('me', 'device')"
        found: dict[str, str] = dict(plain.execute(asked).fetchall())
    me = json.loads(found.get("me", "null")) or {}
    told = {name: str(me.get(name, "")) for name in ("account", "name")} if me else {}
    return told | ({"device": json.loads(found["device"])} if "device" in found else {})


def copy(root: Path, taking: Path, key: bytes) -> None:
    """Build the encrypted store in `taking` beside its key. Refuses TakeoverFailed."""
    kept_by = port.chosen(taking)
    for left in taking.iterdir():
        # A copy that was broken off is begun anew; sealed files are whole, each by its name.
        if left.is_file() and left.name != "key.json":
            left.unlink()
    kept_by.bring(root / PLAIN, taking, key)
    with (
        closing(sqlite3.connect(root / PLAIN)) as plain,
        closing(kept_by.connect(taking, key)) as sealed,
    ):
        if state(plain) != state(sealed):
            raise TakeoverFailed
    files = Files(taking, key)
    for plain_file in _plain_files(root):
        _seal(files, plain_file)


def swap(taking: Path, folder: Path) -> None:
    """From here on the encrypted store counts, and the plain one has to go."""
    write_whole(taking / WIPE, b"")
    settle(taking)
    os.rename(taking, folder)
    settle(folder.parent)


def wipe(root: Path, folder: Path) -> None:
    """Overwrite and remove what is plain; then there is nothing left to do."""
    for plain_file in _plain_files(root):
        overwrite(plain_file)
    shutil.rmtree(root / FOLDER, ignore_errors=True)
    for name in ("camera", "taken"):
        shutil.rmtree(root / name, ignore_errors=True)
    # The journal before the database: without it there would be an older state for a moment.
    for name in (f"{PLAIN}-wal", f"{PLAIN}-shm", PLAIN):
        overwrite(root / name)
    settle(root)
    (folder / WIPE).unlink(missing_ok=True)
    settle(folder)


def take_over(root: Path, folder: Path, key: bytes, keep_key: Callable[[Path], None]) -> None:
    """All of it. `keep_key` writes the wrapped key into the folder that it is given."""
    taking = folder.with_name(f"{folder.name}{TAKING}")
    make_folder(taking)
    keep_key(taking)
    copy(root, taking, key)
    swap(taking, folder)
    wipe(root, folder)


def state(store: sqlite3.Connection) -> dict[str, object]:
    """Each table's number of rows and the hash of them in order; the version of the schema."""
    found: dict[str, object] = {"version": store.execute("pragma user_version").fetchone()[0]}
    for table, unnumbered in store.execute(_TABLES).fetchall():
        count, digest = 0, hashlib.sha256()
        order = "" if unnumbered else " order by rowid"
        for row in store.execute(f'select * from "{table}"{order}'):
            count += 1
            digest.update(repr(tuple(row)).encode())
        found[table] = (count, digest.hexdigest())
    return found


def _plain_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / FOLDER).glob("*") if path.is_file())


def _seal(files: Files, plain: Path) -> None:
    """Seal one file and read it back. One whose bytes had rotted keeps its name, and is told so."""
    if plain.name.startswith("."):
        return
    path = f"{FOLDER}/{plain.name}"
    sha256 = hashlib.sha256(plain.read_bytes()).hexdigest()
    if files.whole(path, sha256):
        return
    with plain.open("rb") as source:
        kept = files.keep_all_of(source, plain.suffix[1:])
    if kept.path != path:
        files.place(kept.path).replace(files.place(path))
    if not files.whole(path, sha256):
        raise TakeoverFailed
