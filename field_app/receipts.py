"""Receipts (回执) as the tablet reads them: believed only when the office has signed this very one."""

import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from field_app.device import bytes_of, text_of
from field_app.wire import Problem
from lawbook.journal import key_id, signed_part

AGAIN = "系统会再次送出；多次出现时请联系管理员"
DIFFERS: Problem = {
    "code": "receipt-differs",
    "title": "回执与本机内容不一致，暂不视为已送达",
    "next_step": AGAIN,
}
UNSIGNED: Problem = {
    "code": "receipt-unsigned",
    "title": "回执没有服务器的签名，暂不视为已送达",
    "next_step": AGAIN,
}
KEY_UNKNOWN: Problem = {
    "code": "receipt-key-unknown",
    "title": "本机还不认识签署回执的密钥，暂不视为已送达",
    "next_step": "更新数据后会再次送出；多次出现时请联系管理员",
}
FORGED: Problem = {
    "code": "receipt-forged",
    "title": "回执的签名不正确，暂不视为已送达",
    "next_step": "请勿清除本机数据，并联系管理员",
}
SIGNED = frozenset(
    ("letter", "device", "seq", "link", "sha256", "received_at", "state", "key", "signature")
)
FILE_SIGNED = frozenset(
    ("file", "size", "media_type", "upload", "received_at", "state", "key", "signature")
)
"""Members of the receipt of a file."""
OLDER = frozenset(("letter", "sha256", "received_at", "state"))
"""Members of a receipt of an office that did not sign yet."""

Keys = Mapping[str, str]
"""Key id → public key, 32 bytes as base64url."""


def keys_of(items: object) -> dict[str, str]:
    """The keys that GET /v1/receipt-keys tells; one whose name is not its own is left out."""
    found: dict[str, str] = {}
    for item in items if isinstance(items, list) else []:
        try:
            raw = bytes_of(item["public_key"])
            if len(raw) == 32 and item["key"] == key_id(raw):
                found[item["key"]] = text_of(raw)
        except (TypeError, KeyError, ValueError):
            continue
    return found


def signed_by(receipt: Mapping[str, Any], keys: Keys) -> Problem | None:
    """None when a known key has signed this very receipt; else why it cannot be believed."""
    if not isinstance(receipt.get("signature"), str):
        return UNSIGNED
    key = keys.get(str(receipt.get("key")))
    if key is None:
        return KEY_UNKNOWN
    try:
        signature = bytes_of(receipt["signature"])
        Ed25519PublicKey.from_public_bytes(bytes_of(key)).verify(signature, signed_part(receipt))
    except (ValueError, InvalidSignature):
        return FORGED
    # The last character of a signature holds bits that decoding ignores.
    return None if text_of(signature) == receipt["signature"] else FORGED


def of_file(header: str) -> dict[str, Any] | None:
    """The receipt that the header `zhifa-receipt` holds; None when it is none."""
    try:
        told = json.loads(bytes_of(header))
    except ValueError:
        return None
    return told if isinstance(told, dict) and set(told) == FILE_SIGNED else None


def doubt_of_file(receipt: Mapping[str, Any], sha256: str, size: int, keys: Keys) -> Problem | None:
    """None when `receipt` is the office's word for this file; else why it is not believed."""
    if (receipt["file"], receipt["size"], receipt["state"]) != (sha256, size, "kept"):
        return DIFFERS
    return signed_by(receipt, keys)


def doubt(receipt: object, of: Mapping[str, Any], keys: Keys) -> Problem | None:
    """None when `receipt` is the office's word for the letter `of`; else why it is not believed.

    `of`: letter, device, seq, link and sha256 of the tablet's own letter.
    """
    if not isinstance(receipt, Mapping):
        return DIFFERS
    if receipt.get("letter") != of["letter"] or receipt.get("sha256") != of["sha256"]:
        return DIFFERS
    if "signature" not in receipt:
        return UNSIGNED
    if any(receipt.get(name) != said for name, said in of.items()):
        return DIFFERS
    return signed_by(receipt, keys)
