"""Opening a sealed bundle (拆封): whole and by our key, or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lawbook import bundles as layout
from lawbook.journal import key_id
from services.case_svc.bundles.problems import BundleDamaged, BundleKeyUnknown, NoBundle
from services.kit.receipts import text_of

MARK = "-----END PRIVATE KEY-----"
MOST_HEAD = 64 << 20


class Opener:
    """The office's sealing keys: bundles are sealed to the first; each of them opens its own."""

    def __init__(self, private_keys: str) -> None:
        """`private_keys`: PEMs of X25519 keys, the one in use first; empty: bundles are refused."""
        parts = [part + MARK for part in private_keys.split(MARK) if part.strip()]
        self._keys: dict[str, X25519PrivateKey] = {}
        for part in parts:
            key = serialization.load_pem_private_key(part.strip().encode(), None)
            if not isinstance(key, X25519PrivateKey):
                raise ValueError("a bundle key must be an X25519 key")
            self._keys[key_id(key.public_key().public_bytes_raw())] = key

    @property
    def public_keys(self) -> dict[str, str]:
        """Key id → 32 bytes as base64url, the one in use first."""
        return {
            name: text_of(key.public_key().public_bytes_raw()) for name, key in self._keys.items()
        }

    def unseal(self, source: Path, into: BinaryIO) -> tuple[str, bytes]:
        """Write the content of a bundle; the name of the key used, and the key for the reply.

        Refuses NoBundle, BundleKeyUnknown, BundleDamaged. What was written counts only on return.
        """
        with source.open("rb") as sealed:
            prefix = sealed.read(layout.PREFIX)
            if len(prefix) < layout.PREFIX or not prefix.startswith(layout.MAGIC):
                raise NoBundle()
            named = prefix[len(layout.MAGIC) :][: layout.KEY_ID].hex()
            key = self._keys.get(named)
            if key is None:
                raise BundleKeyUnknown()
            try:
                secret = key.exchange(X25519PublicKey.from_public_bytes(prefix[-layout.KEY :]))
                opener = AESGCM(_derived(secret, prefix, layout.CONTENT))
                for index, (chunk, last) in enumerate(_chunks(sealed)):
                    into.write(opener.decrypt(layout.nonce(index, last), chunk, prefix))
            except (InvalidTag, ValueError) as error:
                raise BundleDamaged() from error
        return named, _derived(secret, prefix, layout.REPLY)


def _derived(secret: bytes, prefix: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=prefix, info=purpose).derive(secret)


def _chunks(sealed: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    chunk = sealed.read(layout.CHUNK + layout.TAG)
    while True:
        following = sealed.read(layout.CHUNK + layout.TAG)
        yield chunk, not following
        if not following:
            return
        chunk = following


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle that was opened: its hash, the key it was sealed to, what it says, where files begin.

    `head` and `signature` are not verified yet: only the head names the device.
    """

    sha256: str
    key: str
    reply_key: bytes
    head: bytes
    signature: bytes
    content: Path
    files_at: int

    def reply(self, told: bytes) -> bytes:
        """A reply that only whoever made the bundle can read."""
        nonce = os.urandom(12)
        return nonce + AESGCM(self.reply_key).encrypt(nonce, told, self.sha256.encode())


@contextmanager
def opened(opener: Opener, sealed: Path) -> Iterator[Opened]:
    """A bundle opened beside its sealed file; what was opened goes at the end."""
    handle, name = tempfile.mkstemp(dir=sealed.parent, prefix="opened-")
    content = Path(name)
    try:
        with os.fdopen(handle, "w+b") as plain:
            key, reply_key = opener.unseal(sealed, plain)
            plain.seek(0)
            length = int.from_bytes(plain.read(layout.LENGTH), "big")
            if length > MOST_HEAD:
                raise BundleDamaged()
            head, signature = plain.read(length), plain.read(layout.SIGNATURE)
            if len(head) < length or len(signature) < layout.SIGNATURE:
                raise BundleDamaged()
            sha256 = _hash(sealed)
            files_at = plain.tell()
        yield Opened(sha256, key, reply_key, head, signature, content, files_at)
    finally:
        content.unlink(missing_ok=True)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
