"""Bytes that are on disk when a call returns, and bytes that are to be gone from it."""

import errno
import os
import sqlite3
from pathlib import Path

BLOCK = 1 << 20


def is_full(error: Exception) -> bool:
    """Whether something failed for want of room: SQLite says so by its own code, files by the system's."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    # SQLCipher has exceptions of its own, with the same code.
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def settle(folder: Path) -> None:
    """Make the names in a folder durable, where the system knows how."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can read, its name durable."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settle(folder.parent)


def write_whole(place: Path, data: bytes) -> None:
    """Put bytes in the place of what was there: after a kill there is the old or the new."""
    aside = place.with_name(f".{place.name}.part")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(place)
    settle(place.parent)


def overwrite(place: Path) -> None:
    """Write over a file and take its name away. What a flash disk moved elsewhere stays there."""
    if not place.is_file():
        return
    left = place.stat().st_size
    with place.open("r+b") as file:
        while left > 0:
            left -= file.write(os.urandom(min(left, BLOCK)))
        file.flush()
        os.fsync(file.fileno())
    place.unlink()
    settle(place.parent)
