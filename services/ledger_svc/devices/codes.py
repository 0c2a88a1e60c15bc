"""Enrolment codes: made of the enrolment's id and our key, so that none is kept (注册码)."""

import hashlib
import hmac
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, which are misread."""
LENGTH = 12
MISREAD = str.maketrans("ILO", "110", "- \t")


def code_of(secret: str, enrolment: UUID) -> str:
    """The code of an enrolment, in three groups of four."""
    mac = hmac.digest(secret.encode(), b"zhifa-enrol:" + enrolment.bytes, "sha256")
    number = int.from_bytes(mac, "big")
    plain = "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
    return "-".join(plain[at : at + 4] for at in range(0, LENGTH, 4))


def plain(code: str) -> str:
    """A code as it was typed, spelled as it was given: case, dashes and misread letters undone."""
    return code.upper().translate(MISREAD)


def code_hash(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(plain(code).encode()).hexdigest()


def qr_text(gateway: str, code: str) -> str:
    """What the QR code of an enrolment says."""
    return f"zhifa-enrol:1:{gateway}:{code}"
