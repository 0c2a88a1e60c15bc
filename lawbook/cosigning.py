"""A signature given on another officer's tablet (在其平板签名): what that tablet vouches for."""

import json
from collections.abc import Mapping, Sequence

MEMBERS = ("document", "digest", "officer", "name", "signed_at", "strokes", "device")


def statement(told: Mapping[str, object]) -> bytes:
    """The one spelling of who signed which document, when, how and on which device.

    `told`: document (id), digest (SHA-256 of the content that was shown), officer (执法证号), name,
    signed_at (UTC), strokes, device (id). The device's Ed25519 signature is over these bytes.
    """
    plain = {name: told[name] for name in MEMBERS}
    return json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def whole(strokes: Sequence[Sequence[Sequence[float]]]) -> list[list[list[int]]]:
    """Strokes in whole units, as they are kept."""
    return [[[round(x), round(y)] for x, y in stroke] for stroke in strokes if stroke]
