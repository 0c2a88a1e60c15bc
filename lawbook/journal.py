"""The journal (信件链): how each letter of a device is bound to the one before it.

The same code on the tablet that writes the chain, at the office that keeps it, and for the auditor
who proves it without either.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

UNSIGNED = "signature"
"""The one member of a receipt that its signature does not cover."""


def spelled(told: object) -> bytes:
    """The one spelling of something as JSON: sorted keys, UTF-8, nothing between."""
    text = json.dumps(
        told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    # A half character is spelled as the tablet hashed it; nothing refuses it before it is judged.
    return text.encode(errors="surrogatepass")


def link_of(
    *, device: str, seq: int, prev: str, id: str, subject: str, kind: str, written_at: str,
    sha256: str,
) -> str:  # fmt: skip
    """The link of a letter: SHA-256, in hexadecimal, of what it is and of the link before it.

    `seq` counts from 1; `prev` of the first letter is the name of the journal; `written_at` is
    spelled in UTC with Z; `sha256` is that of the letter's body.
    """
    told = {
        "device": device, "seq": seq, "prev": prev, "id": id, "subject": subject, "kind": kind,
        "written_at": written_at, "sha256": sha256,
    }  # fmt: skip
    return hashlib.sha256(spelled(told)).hexdigest()


def signed_part(receipt: Mapping[str, Any]) -> bytes:
    """The bytes of a receipt that its signature covers: all members but the signature."""
    return spelled({name: told for name, told in receipt.items() if name != UNSIGNED})


def key_id(public_key: bytes) -> str:
    """The name of a public key (32 bytes): the first sixteen digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]
