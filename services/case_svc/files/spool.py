"""Bytes that are arriving: one spool file an upload, whose own size is what has arrived.

Whatever dies, the file is the truth: a row that lags behind it is no matter, and the hash of the
whole decides in the end.
"""

import asyncio
import errno
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from services.kit.files import fsync_folder
from services.kit.problems import Conflict, Problem, TooLarge

FULL = (errno.ENOSPC, errno.EDQUOT)


class UploadLocked(Problem):
    """Another request is writing to this upload right now."""

    status, code, title = HTTPStatus.LOCKED, "upload-locked", "该文件正在由另一个请求写入"
    next_step = "稍候再从服务器所说的位置继续"


class OffsetDiffers(Conflict):
    """A chunk for another place than where the file stands."""

    code, title = "offset-differs", "续传位置与服务器已收到的不同"
    next_step = "以服务器所说的位置为准继续"


class ChecksumDiffers(Problem):
    """A chunk that was altered on its way; nothing of it was kept."""

    code, title = "checksum-differs", "这一段内容在传输中损坏，未被保存"
    next_step = "重新送出这一段"
    status = 460  # tus's own status


class StorageFull(Problem):
    """No room for what arrives."""

    status, code, title = HTTPStatus.INSUFFICIENT_STORAGE, "storage-full", "服务器存储空间不足"
    next_step = "稍后会自动再送；请告知系统管理员"


def arrived(path: Path) -> int:
    """Bytes that are here; 0 when there is no spool file (any more)."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a chunk must come to, by this algorithm of hashlib's."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """A spool file that is ours alone; whether it was made just now."""

    handle: int
    made: bool

    @property
    def size(self) -> int:
        """Bytes that are here."""
        return os.fstat(self.handle).st_size


@contextmanager
def held(path: Path) -> Iterator[Held]:
    """The spool file, ours alone among all processes; made when there is none. UploadLocked."""
    made = False
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        handle, made = os.open(path, os.O_RDWR | os.O_CREAT, 0o600), True
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadLocked() from error
        yield Held(handle, made)
    finally:
        os.close(handle)


async def append(
    path: Path, handle: int, chunk: AsyncIterator[bytes], offset: int, whole: int, most: int,
    checksum: Checksum | None,
) -> tuple[int, str | None]:  # fmt: skip
    """Append a chunk at `offset` as it arrives: the new size, and the SHA-256 of a file in one chunk.

    Durable on return, except for the last bytes of the whole: these are when they are kept. Never
    holds more than a piece. What is too large or altered leaves nothing behind; a chunk that is cut
    keeps what came, and when that is durable does not matter: what the next request finds is the
    truth, and the hash of the whole decides.
    """
    counted, size = None, 0
    # A file that comes in one chunk is read but once.
    digest = hashlib.sha256() if offset == 0 and most >= whole else None
    if checksum is not None:
        # Against accidents on the way; the SHA-256 of the whole is what the file is believed by.
        same = digest is not None and checksum.algorithm == digest.name
        counted = digest if same else hashlib.new(checksum.algorithm, usedforsecurity=False)
    sums = {id(one): one for one in (digest, counted) if one is not None}.values()
    os.lseek(handle, offset, os.SEEK_SET)
    try:
        async for piece in chunk:
            if size + len(piece) > most:
                raise TooLarge(f"这一段超过 {most} 字节")
            _write(handle, piece)
            for one in sums:
                one.update(piece)
            size += len(piece)
        if checksum and counted and counted.digest() != checksum.digest:
            raise ChecksumDiffers()
        if offset + size < whole:
            await asyncio.to_thread(_settle, path, handle)
    except (TooLarge, ChecksumDiffers):
        os.ftruncate(handle, offset)
        raise
    except OSError as error:
        if error.errno in FULL:
            os.ftruncate(handle, offset)
            raise StorageFull() from error
        raise
    complete = digest is not None and size == whole
    return offset + size, digest.hexdigest() if digest is not None and complete else None


def _settle(path: Path, handle: int) -> None:
    os.fsync(handle)
    # The file may have been made for these very bytes.
    fsync_folder(path.parent)


def _write(handle: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(handle, view) :]
