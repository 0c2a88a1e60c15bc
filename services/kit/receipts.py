"""Receipts (回执) signed with Ed25519, so that whoever holds the public key can prove them offline."""

import base64
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from lawbook.journal import key_id, signed_part

MARK = "-----END PUBLIC KEY-----"


def text_of(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Signer:
    """Signs receipts with one key and tells every key by which receipts may be verified."""

    def __init__(self, private_key: str, public_keys: str = "") -> None:
        """`private_key`: PEM; `public_keys`: PEMs of a key to come, and of those that are gone."""
        key = serialization.load_pem_private_key(private_key.encode(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("the receipt key must be an Ed25519 key")
        self._key = key
        own = key.public_key().public_bytes_raw()
        self.key = key_id(own)
        others = (_raw(part + MARK) for part in public_keys.split(MARK) if part.strip())
        self.public_keys: dict[str, str] = {
            key_id(raw): text_of(raw) for raw in (own, *others)
        }  # fmt: skip

    def sign(self, receipt: Mapping[str, Any]) -> dict[str, Any]:
        """The receipt with `key` and `signature`. The same receipt gets the same signature."""
        told = {**receipt, "key": self.key}
        return told | {"signature": text_of(self._key.sign(signed_part(told)))}


def _raw(pem: str) -> bytes:
    key = serialization.load_pem_public_key(pem.strip().encode())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("a receipt key must be an Ed25519 key")
    return key.public_bytes_raw()


def verified(receipt: Mapping[str, Any], public_keys: Mapping[str, str]) -> bool:
    """Whether one of the keys (id → 32 bytes as base64url) has signed this very receipt."""
    try:
        key = base64.urlsafe_b64decode(public_keys[receipt["key"]] + "=")
        signature = str(receipt["signature"])
        told = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        Ed25519PublicKey.from_public_bytes(key).verify(told, signed_part(receipt))
    except (KeyError, ValueError, TypeError, InvalidSignature):
        return False
    # The last character holds four bits that decoding ignores.
    return text_of(told) == signature
