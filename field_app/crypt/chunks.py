"""A sealed file: chunks of 1 MiB under AES-GCM, each bound to its place and to being the last.

    magic (8) · salt (16) · chunk · chunk · …        a chunk: ciphertext · tag (16)

Each file has a key of its own, from the store's key and the salt, so that a nonce can simply be the
chunk's index and the flag of the last one (the STREAM construction). A chunk that was moved, left
out, or cut away with all that follows it does not open.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from field_app.crypt.keys import derived
from lawbook.refusal import Refusal

MAGIC = b"ZHIFA\0\0\1"
SALT = 16
HEAD = len(MAGIC) + SALT
CHUNK = 1 << 20
TAG = 16


class Damaged(Refusal):
    """Sealed bytes that are not as they were written, or were written under another key."""

    code = "file-damaged"
    title = "本机文件已损坏，无法读取"
    next_step = "不要删除任何文件，把设备交给管理员"


def sealed_size(size: int) -> int:
    """How long the sealed file of so many plain bytes is."""
    return HEAD + size + TAG * max(1, -(-size // CHUNK))


def _opener(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(derived(key, "file", salt))


def _nonce(index: int, last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes((last,))


def seal(source: BinaryIO, into: BinaryIO, key: bytes) -> None:
    """Seal all that `source` gives."""
    head = MAGIC + os.urandom(SALT)
    opener = _opener(key, head[len(MAGIC) :])
    into.write(head)
    index, chunk = 0, source.read(CHUNK)
    while True:
        following = source.read(CHUNK) if len(chunk) == CHUNK else b""
        nonce = _nonce(index, not following)
        into.write(opener.encrypt(nonce, chunk, head + nonce))
        if not following:
            return
        index, chunk = index + 1, following


class Reader:
    """Plain bytes of a sealed file by offset; nothing plain is written anywhere."""

    def __init__(self, place: Path, key: bytes) -> None:
        """Raises FileNotFoundError; Damaged for what is no sealed file."""
        self._file = place.open("rb")
        head = self._file.read(HEAD)
        body = place.stat().st_size - HEAD
        self._chunks = max(1, -(-body // (CHUNK + TAG)))
        self.size = body - TAG * self._chunks
        if len(head) < HEAD or head[: len(MAGIC)] != MAGIC or self.size < 0:
            self._file.close()
            raise Damaged("no sealed file")
        self._head, self._opener = head, _opener(key, head[len(MAGIC) :])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def chunk(self, index: int) -> bytes:
        """One chunk's plain bytes. Raises Damaged."""
        self._file.seek(HEAD + index * (CHUNK + TAG))
        nonce = _nonce(index, index == self._chunks - 1)
        try:
            return self._opener.decrypt(nonce, self._file.read(CHUNK + TAG), self._head + nonce)
        except InvalidTag as error:
            raise Damaged(f"chunk {index} does not open") from error

    def chunks(self) -> Iterator[bytes]:
        """All plain bytes, chunk by chunk. Raises Damaged."""
        return (self.chunk(index) for index in range(self._chunks))

    def read(self, offset: int, count: int) -> bytes:
        """Up to `count` plain bytes from `offset` on. Raises Damaged."""
        end, found = min(offset + count, self.size), []
        while offset < end:
            index, within = divmod(offset, CHUNK)
            found.append(self.chunk(index)[within : within + end - offset])
            offset += len(found[-1])
        return b"".join(found)
