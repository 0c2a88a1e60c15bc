"""Content-addressed files: a file is named by its SHA-256, written once, never changed.

Two adapters behind one interface: a folder (each file fsynced before it counts as stored) and S3.
"""

import asyncio
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

CHUNK = 1 << 20


class Store(Protocol):
    """Where finished files are kept."""

    async def keep(self, sha256: str, path: Path, check: Callable[[], None] | None = None) -> None:
        """Keep the content of `path` under `sha256`; durable on return, harmless to repeat.

        From here on `path` is never written to, only unlinked. `check`: looks at it before, in a
        thread, or writes it there; it keeps it from being kept by raising.
        """
        ...

    async def size(self, sha256: str) -> int | None:
        """Bytes of the file, or None when it is not here."""
        ...

    def read(self, sha256: str) -> AsyncIterator[bytes]:
        """The file in chunks."""
        ...


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _settle(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _copy(path: Path, target: Path) -> None:
    coming = target.with_name(f".{target.name}.{uuid4().hex}")
    try:
        shutil.copyfile(path, coming)
        _settle(coming)
        coming.replace(target)
    finally:
        coming.unlink(missing_ok=True)


class FolderStore:
    """Files in a folder, two levels deep."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._settled: set[Path] = set()
        """Folders whose own names this process has made durable."""

    def path(self, sha256: str) -> Path:
        """Where the file lies, or would."""
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def _keep(self, sha256: str, path: Path, check: Callable[[], None] | None) -> None:
        if check is not None:
            check()
        target = self.path(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            # Its name is the moment at which the file exists: by then its bytes are on the disk.
            # A second name for them where the file system allows it, elsewhere a copy.
            _settle(path)
            try:
                os.link(path, target)
            except FileExistsError:
                pass
            except OSError:
                _copy(path, target)
        # Whoever made the name may not have come as far as this yet.
        fsync_folder(target.parent)
        for folder in (target.parent, target.parent.parent):
            if folder not in self._settled:
                fsync_folder(folder.parent)
                self._settled.add(folder)

    async def keep(self, sha256: str, path: Path, check: Callable[[], None] | None = None) -> None:
        await asyncio.to_thread(self._keep, sha256, path, check)

    async def size(self, sha256: str) -> int | None:
        path = self.path(sha256)
        return path.stat().st_size if path.exists() else None

    async def read(self, sha256: str) -> AsyncIterator[bytes]:
        with self.path(sha256).open("rb") as source:
            while chunk := await asyncio.to_thread(source.read, CHUNK):
                yield chunk


class S3Store:
    """Files in a bucket, through obstore. Credentials and endpoint come as AWS_* variables."""

    def __init__(self, bucket: str, prefix: str) -> None:
        from obstore.store import S3Store as Bucket

        self._bucket = Bucket(bucket, prefix=prefix or None)

    async def keep(self, sha256: str, path: Path, check: Callable[[], None] | None = None) -> None:
        import obstore

        if check is not None:
            await asyncio.to_thread(check)
        if await self.size(sha256) is not None:
            return
        with path.open("rb") as source:
            # From a reader: obstore is ten times slower when it is handed the path itself.
            await obstore.put_async(self._bucket, sha256, source)

    async def size(self, sha256: str) -> int | None:
        import obstore

        try:
            meta = await obstore.head_async(self._bucket, sha256)
        except FileNotFoundError:
            return None
        return int(meta["size"])

    async def read(self, sha256: str) -> AsyncIterator[bytes]:
        import obstore

        found = await obstore.get_async(self._bucket, sha256)
        async for chunk in found.stream(min_chunk_size=CHUNK):
            yield bytes(chunk)


class FileStore:
    """The service's files: the store, and the spool folder in which arriving bytes gather."""

    def __init__(self, files: str, spool: Path) -> None:
        where = urlsplit(files)
        self.store: Store = (
            S3Store(where.netloc, where.path.strip("/"))
            if where.scheme == "s3"
            else FolderStore(Path(files))
        )
        self.spool = spool

    def spooled(self, name: str) -> Path:
        """The spool file of this name; its folder is made when needed."""
        self.spool.mkdir(parents=True, exist_ok=True)
        return self.spool / name

    async def keep(self, path: Path) -> tuple[str, int]:
        """Hash a spooled file, keep it, and tell (sha256, size)."""
        sha256, size = await asyncio.to_thread(hash_file, path)
        await self.store.keep(sha256, path)
        return sha256, size

    async def keep_bytes(self, data: bytes) -> tuple[str, int]:
        """Keep what was made in memory, a document at most, and tell (sha256, size)."""
        sha256, path = hashlib.sha256(data).hexdigest(), self.spooled(f"made-{uuid4().hex}")

        def write() -> None:
            path.write_bytes(data)

        try:
            # Written in the thread that keeps it: one way there and back instead of three.
            await self.store.keep(sha256, path, write)
        finally:
            path.unlink(missing_ok=True)
        return sha256, len(data)

    @asynccontextmanager
    async def on_disk(self, sha256: str) -> AsyncIterator[Path]:
        """The kept file on this disk for the length of the block, to be read alone: itself where it
        lies in a folder, a copy in the spool where it comes from elsewhere. FileNotFoundError.
        """
        if isinstance(self.store, FolderStore):
            path = self.store.path(sha256)
            if not path.is_file():
                raise FileNotFoundError(sha256)
            yield path
            return
        copy = self.spooled(f"copy-{uuid4().hex}")
        try:
            with copy.open("wb") as file:
                async for chunk in self.store.read(sha256):
                    file.write(chunk)
            yield copy
        finally:
            copy.unlink(missing_ok=True)


def hash_file(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file, read in chunks."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
