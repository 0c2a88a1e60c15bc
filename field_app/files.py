"""Files named by what they hold, sealed. One that has its name is whole and on disk.

The name is the SHA-256 of the plain bytes, as the office knows them. Plain bytes are read by
offset; a plain copy is made only where a viewer outside needs a path, in a folder that is emptied
whenever the store is opened or closed.
"""

import hashlib
import io
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from field_app.crypt.chunks import Damaged, Reader, seal, sealed_size
from field_app.crypt.keys import derived
from field_app.disk import settle
from lawbook.refusal import Refusal

FOLDER = "files"
LENT, DRAFTS = "lent", "drafts"


class FileMissing(Refusal):
    """A file that is not there, or is not what its name says."""

    code = "file-missing"
    title = "本机文件缺失或已损坏"
    next_step = "需要时重新拍照；已送达的文件可在办公室查看"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A kept file: the SHA-256 and size of its plain bytes, and its path below the store's folder."""

    sha256: str
    size: int
    path: str


class _Hashing:
    """A source that knows what it gave."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self.digest, self.size = source, hashlib.sha256(), 0

    def read(self, count: int) -> bytes:
        """Up to `count` bytes: fewer only at the end."""
        data = self._source.read(count)
        self.digest.update(data)
        self.size += len(data)
        return data


class Files:
    """The sealed files below a store's folder."""

    def __init__(self, store: Path, key: bytes) -> None:
        self._store, self._key = store, derived(key, "files")

    def place(self, path: str) -> Path:
        """Where a file lies, sealed, by the path that a row gives it."""
        return self._store / path

    def keep(self, data: bytes, extension: str) -> KeptFile:
        """Keep bytes; on disk when this returns. The same bytes, once."""
        sha256 = hashlib.sha256(data).hexdigest()
        kept = KeptFile(sha256, len(data), f"{FOLDER}/{sha256}.{extension}")
        place = self.place(kept.path)
        if place.is_file() and place.stat().st_size == sealed_size(len(data)):
            # Whole, but perhaps renamed a moment before the power went: name it durably again.
            settle(place.parent)
            return kept
        return self.keep_all_of(io.BytesIO(data), extension)

    def keep_all_of(self, source: BinaryIO, extension: str) -> KeptFile:
        """Keep what a source gives to its end, of any size, without holding it in memory."""
        folder = self._store / FOLDER
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True)
            settle(self._store)
        # Sealed aside and renamed: a name never stands for half a file.
        aside, counted = folder / f".{uuid4().hex}.part", _Hashing(source)
        try:
            with aside.open("wb") as file:
                seal(counted, file, self._key)  # type: ignore[arg-type]
                file.flush()
                os.fsync(file.fileno())
            sha256 = counted.digest.hexdigest()
            kept = KeptFile(sha256, counted.size, f"{FOLDER}/{sha256}.{extension}")
            aside.replace(self.place(kept.path))
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        settle(folder)
        return kept

    def reader(self, path: str) -> Reader:
        """Plain bytes by offset. Refuses FileMissing."""
        try:
            return Reader(self.place(path), self._key)
        except (FileNotFoundError, Damaged) as error:
            raise FileMissing from error

    def whole(self, path: str, sha256: str) -> bool:
        """Whether the file is there, to its end, with this hash."""
        digest = hashlib.sha256()
        try:
            with self.reader(path) as source:
                for chunk in source.chunks():
                    digest.update(chunk)
        except (FileMissing, Damaged):
            return False
        return digest.hexdigest() == sha256

    def read(self, path: str) -> bytes:
        """All plain bytes, and that they are what the name says. Refuses FileMissing."""
        try:
            with self.reader(path) as source:
                data = b"".join(source.chunks())
        except Damaged as error:
            raise FileMissing from error
        if hashlib.sha256(data).hexdigest() != self.place(path).stem:
            raise FileMissing
        return data

    def lend(self, path: str, name: str) -> Path:
        """A plain copy for a viewer outside, until `take_back` or `erase`. `name`: what a person sees."""
        folder = self._lent(path) / uuid4().hex
        folder.mkdir(mode=0o700, parents=True)
        copy = folder / f"{name.replace('/', '／')}{self.place(path).suffix}"
        digest = hashlib.sha256()
        try:
            with self.reader(path) as source, copy.open("wb") as plain:
                for chunk in source.chunks():
                    digest.update(chunk)
                    plain.write(chunk)
        except Damaged as error:
            copy.unlink()
            raise FileMissing from error
        if digest.hexdigest() != self.place(path).stem:
            copy.unlink()
            raise FileMissing
        return copy

    def lend_draft(self, data: bytes, name: str) -> Path:
        """A plain copy of what is drawn to be signed and never kept, until `take_back_drafts`."""
        folder = self._store / LENT / DRAFTS / uuid4().hex
        folder.mkdir(mode=0o700, parents=True)
        copy = folder / name.replace("/", "／")
        copy.write_bytes(data)
        return copy

    def take_back_drafts(self) -> None:
        """Remove the plain copies of drafts that were lent."""
        shutil.rmtree(self._store / LENT / DRAFTS, ignore_errors=True)

    def erase(self, path: str) -> None:
        """Take a file away, with what was lent of it; what a flash disk keeps of it is sealed."""
        shutil.rmtree(self._lent(path), ignore_errors=True)
        self.place(path).unlink(missing_ok=True)

    def _lent(self, path: str) -> Path:
        """Where its plain copies lie."""
        return self._store / LENT / self.place(path).stem

    def close(self) -> None:
        """Take back what was lent, and forget the key."""
        self.take_back()
        self._key = b""

    def take_back(self) -> None:
        """Remove every plain copy that was lent."""
        shutil.rmtree(self._store / LENT, ignore_errors=True)

    @property
    def scratch(self) -> Path:
        """Where the device's camera may write: emptied with what is lent."""
        return self._store / LENT / "camera"
