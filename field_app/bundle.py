"""Sealed bundles (封装包) as the tablet makes them: only the office can open one.

The layout is `lawbook/bundles.py`; the office's own reader is held to this writer by a test.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from field_app.device import Device, bytes_of, text_of
from field_app.refusals import NoBundle, ReplyUnreadable
from field_app.wire import canonical
from lawbook import bundles as layout
from lawbook.journal import key_id

SUFFIX, REPLY_SUFFIX = ".zhifa", ".huizhi"


class Sealed(NamedTuple):
    """A bundle that was written: its hash, its size, and the key that opens the reply to it."""

    sha256: str
    size: int
    reply_key: str


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """The office's public sealing key (X25519): its name, and 32 bytes as base64url."""

    key: str
    public_key: str

    @property
    def sound(self) -> bool:
        """Whether the name is the key's own."""
        try:
            raw = bytes_of(self.public_key)
        except ValueError:
            return False
        return len(raw) == layout.KEY and key_id(raw) == self.key


def seal(
    head: dict[str, Any],
    files: Iterable[Iterable[bytes]],
    size: int,
    *,
    device: Device,
    office: OfficeKey,
    into: BinaryIO,
) -> Sealed:
    """Write a bundle. `files`: the bytes of each file that the head says is here, `size` in all."""
    head_bytes = canonical(head | {"office": office.key})
    signature = device.sign(layout.signed_part(head_bytes))
    start = len(head_bytes).to_bytes(layout.LENGTH, "big") + head_bytes + signature
    filling = layout.padded(len(start) + size) - len(start) - size
    own = X25519PrivateKey.generate()
    public = X25519PublicKey.from_public_bytes(bytes_of(office.public_key))
    prefix = layout.MAGIC + bytes.fromhex(office.key) + own.public_key().public_bytes_raw()
    secret = own.exchange(public)
    opener = AESGCM(_derived(secret, prefix, layout.CONTENT))
    digest, written = hashlib.sha256(prefix), into.write(prefix)
    plain = _chunks(_joined(start, files, filling))
    index, chunk = 0, next(plain)
    while True:
        following = next(plain, None)
        nonce = layout.nonce(index, following is None)
        sealed = opener.encrypt(nonce, chunk, prefix)
        digest.update(sealed)
        written += into.write(sealed)
        if following is None:
            break
        index, chunk = index + 1, following
    if written != layout.sealed_size(layout.padded(len(start) + size)):
        raise ValueError("a file is not as long as the head says")
    reply_key = text_of(_derived(secret, prefix, layout.REPLY))
    return Sealed(digest.hexdigest(), written, reply_key)


def open_reply(sealed: bytes, bundle: str, reply_key: str) -> bytes:
    """What the office answers to a bundle, named by its hash. Refuses ReplyUnreadable."""
    try:
        return AESGCM(bytes_of(reply_key)).decrypt(sealed[:12], sealed[12:], bundle.encode())
    except (InvalidTag, ValueError) as error:
        raise ReplyUnreadable from error


def require_bundle(prefix: bytes) -> None:
    """Refuses NoBundle for what does not begin as a bundle does."""
    if len(prefix) < layout.PREFIX or not prefix.startswith(layout.MAGIC):
        raise NoBundle


def _derived(secret: bytes, prefix: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=prefix, info=purpose).derive(secret)


def _joined(start: bytes, files: Iterable[Iterable[bytes]], filling: int) -> Iterator[bytes]:
    yield start
    for file in files:
        yield from file
    while filling:
        part = min(filling, layout.CHUNK)
        yield bytes(part)
        filling -= part


def _chunks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, a mebibyte at a time; the last is shorter."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) > layout.CHUNK:
            yield bytes(held[: layout.CHUNK])
            del held[: layout.CHUNK]
    yield bytes(held)
