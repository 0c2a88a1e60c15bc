"""Files named by what they hold. One that has its name is whole and on disk."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

FOLDER = "files"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A kept file: its SHA-256, size, and path below the store's folder."""

    sha256: str
    size: int
    path: str


def keep(folder: Path, data: bytes, extension: str) -> KeptFile:
    """Keep bytes below the store's folder; on disk when this returns. The same bytes, once."""
    sha256 = hashlib.sha256(data).hexdigest()
    kept = KeptFile(sha256, len(data), f"{FOLDER}/{sha256}.{extension}")
    place = folder / kept.path
    if place.is_file() and place.stat().st_size == len(data):
        # Whole, but perhaps renamed a moment before the power went: name it durably again.
        _settle(place.parent)
        return kept
    if not place.parent.is_dir():
        place.parent.mkdir(parents=True)
        _settle(folder)
    # Written aside and renamed: a name never stands for half a file.
    aside = place.with_name(f".{place.name}.part")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(place)
    _settle(place.parent)
    return kept


def _settle(folder: Path) -> None:
    """Make the names in a folder durable, where the system knows how."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
