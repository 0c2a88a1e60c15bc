"""Keys (密钥): a random data key for each store, wrapped with a key that the password gives.

The password is never kept. Keys for single purposes come from the data key by HKDF (RFC 5869), the
wrapping key from the password by scrypt (RFC 7914).
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from field_app.wire import canonical

SIZE = 32
NONCE = 12
MOST_MEMORY = 1 << 28
"""A key file that asks for more than this is no key file of ours."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one guess at a password costs: scrypt's n, r, p. 32 MiB, three times over."""

    n: int = 1 << 15
    r: int = 8
    p: int = 3


def new_key() -> bytes:
    """A data key: 256 random bits."""
    return token_bytes(SIZE)


def derived(key: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """The key for one purpose; no purpose's key tells of another's."""
    return HKDF(SHA256(), SIZE, salt, f"zhifa {purpose} v1".encode()).derive(key)


def stretched(password: str, salt: bytes, work: Work) -> bytes:
    """The wrapping key of a password: slow on purpose."""
    memory = 128 * work.n * work.r
    if memory > MOST_MEMORY:
        raise ValueError("the work asked for is too much")
    return hashlib.scrypt(
        password.encode(), salt=salt, n=work.n, r=work.r, p=work.p,
        maxmem=2 * memory + (1 << 20), dklen=SIZE,
    )  # fmt: skip


def wrap(key: bytes, password: str, work: Work) -> dict[str, Any]:
    """What stands in key.json: how the password is stretched, and the key under it."""
    salt, nonce = token_bytes(16), token_bytes(NONCE)
    head = {"version": 1, "kdf": "scrypt", **asdict(work), "salt": _spelled(salt)}
    sealed = AESGCM(stretched(password, salt, work)).encrypt(nonce, key, canonical(head))
    return head | {"nonce": _spelled(nonce), "key": _spelled(sealed)}


def unwrap(told: Mapping[str, Any], password: str) -> bytes | None:
    """The data key; None when this is not the password, or the file is not as it was written."""
    head = {name: told[name] for name in ("version", "kdf", "n", "r", "p", "salt")}
    work = Work(told["n"], told["r"], told["p"])
    stretch = stretched(password, _bytes(told["salt"]), work)
    try:
        return AESGCM(stretch).decrypt(_bytes(told["nonce"]), _bytes(told["key"]), canonical(head))
    except InvalidTag:
        return None


def _spelled(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
