"""The one spelling of what is signed or hashed: canonical JSON, the same here and at the office."""

import hashlib
import json


def canonical(body: object) -> bytes:
    """The one spelling of a letter's body as bytes: sorted keys, UTF-8, nothing between."""
    text = json.dumps(
        body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def fingerprint(body: object) -> str:
    """SHA-256 of the canonical body: what a receipt must repeat."""
    return hashlib.sha256(canonical(body)).hexdigest()
