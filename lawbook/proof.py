"""The proof of a document (验真码): what its QR code says, as bytes, and what is signed of it.

The same code on the tablet that proves, at the office that attests the tablet, and for whoever
draws the page. Version 1 is a fixed order of parts, texts in UTF-8 with their length before them:

    version, algorithm · device (UUID), its public key, unit, unit's name, valid since, until
    · id of the office's key, the office's signature over the part between the dots
    · kind, template's version, number, day of issue, party, digest · the device's signature over
    everything before it

Days are counted from 2000-01-01 in two bytes. A signature covers a mark of what it is for, so that
none can be taken for another.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from uuid import UUID

VERSION = 1
ED25519 = 1
"""Ed25519 over SHA-256. Another algorithm (SM2 over SM3) gets the next number and its sizes."""
SIZES = {ED25519: (32, 64)}
"""Algorithm → bytes of a public key and of a signature."""
ATTESTATION = b"zhifa-attestation:1\n"
PROOF = b"zhifa-proof:1\n"
PAGE = "/verify#"
NOWHERE = "zhifa:"
FIRST_DAY = date(2000, 1, 1)
BEIJING = timezone(timedelta(hours=8))
NAME = 40
"""Characters of a name that are told; the digest covers all of it."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, which are misread."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """The office's word that a key is that of a tablet of a unit, from day to day (平板证书).

    `key`: id of the office's key (lawbook.journal.key_id). Both days are included.
    """

    device: UUID
    public_key: bytes
    unit: str
    unit_name: str
    since: date
    until: date
    key: str
    signature: bytes = b""
    algorithm: int = ED25519


@dataclass(frozen=True, slots=True)
class Proof:
    """What a document's QR code says: which document, its digest, and who vouches for it.

    `template`: "kind@version". `party`: the first NAME characters of the party's name.
    """

    attestation: Attestation
    template: str
    number: str | None
    day: date
    party: str
    digest: str
    signature: bytes = b""


class ProofUnreadable(ValueError):
    """Not the bytes of a proof of this version."""


def day_of(moment: datetime) -> date:
    """The day of a moment on the clocks of Beijing: the day of issue, the days of validity."""
    return moment.astimezone(BEIJING).date()


def told_name(name: str) -> str:
    """A name as a proof tells it: cut where it is long."""
    return name if len(name) <= NAME else name[: NAME - 1] + "…"


def attested(attestation: Attestation) -> bytes:
    """The bytes that the office signs for a device."""
    return ATTESTATION + bytes([attestation.algorithm]) + _holder(attestation)


def attest(attestation: Attestation, sign: Callable[[bytes], bytes]) -> Attestation:
    """The attestation with the office's signature."""
    return replace(attestation, signature=sign(attested(attestation)))


def signed_part(proof: Proof) -> bytes:
    """The bytes that the device signs for a document."""
    return PROOF + _body(proof)


def prove(proof: Proof, sign: Callable[[bytes], bytes], gateway: str = "") -> str:
    """The text of the QR code: the address of the page that verifies it, and the signed proof."""
    signature = sign(signed_part(proof))
    return (gateway.rstrip("/") or NOWHERE) + PAGE + _text(_body(proof) + signature)


def read_proof(code: str) -> Proof:
    """What the text of a QR code says. ProofUnreadable; whether it holds is not looked at."""
    _, mark, payload = code.rpartition(PAGE)
    if not mark:
        raise ProofUnreadable("no proof")
    try:
        data = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        proof = _read(_Reader(data))
    except (ValueError, IndexError, OverflowError) as error:
        raise ProofUnreadable(str(error)) from error
    # One proof has one spelling: no bits that decoding ignores.
    if _text(_body(proof) + proof.signature) != payload:
        raise ProofUnreadable("spelled otherwise")
    return proof


def content_code(digest: str) -> str:
    """The short code of a digest (内容码), to be compared by eye: 60 bits in three groups of four."""
    number = int(digest[:15], 16)
    plain = "".join(ALPHABET[number >> 5 * place & 31] for place in range(11, -1, -1))
    return "-".join(plain[at : at + 4] for at in range(0, 12, 4))


def _holder(attestation: Attestation) -> bytes:
    return (
        attestation.device.bytes
        + attestation.public_key
        + _spelled(attestation.unit)
        + _spelled(attestation.unit_name)
        + _day(attestation.since)
        + _day(attestation.until)
    )


def _body(proof: Proof) -> bytes:
    kind, _, version = proof.template.partition("@")
    attestation = proof.attestation
    return (
        bytes([VERSION, attestation.algorithm])
        + _holder(attestation)
        + bytes.fromhex(attestation.key)
        + attestation.signature
        + b"".join(map(_spelled, (kind, version, proof.number or "")))
        + _day(proof.day)
        + _spelled(proof.party)
        + bytes.fromhex(proof.digest)
    )


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _spelled(text: str) -> bytes:
    told = text.encode()
    if len(told) > 255:
        raise ValueError("too long for a proof")
    return bytes([len(told)]) + told


def _day(day: date) -> bytes:
    return (day - FIRST_DAY).days.to_bytes(2, "big")


class _Reader:
    """Takes parts off the front."""

    def __init__(self, data: bytes) -> None:
        self._left = data

    def take(self, size: int) -> bytes:
        if len(self._left) < size:
            raise ValueError("cut off")
        part, self._left = self._left[:size], self._left[size:]
        return part

    def text(self) -> str:
        return self.take(self.take(1)[0]).decode()

    def day(self) -> date:
        return FIRST_DAY + timedelta(int.from_bytes(self.take(2), "big"))

    def end(self) -> None:
        if self._left:
            raise ValueError("more than a proof")


def _read(parts: _Reader) -> Proof:
    version, algorithm = parts.take(2)
    if version != VERSION or algorithm not in SIZES:
        raise ValueError(f"version {version}, algorithm {algorithm}")
    key, signature = SIZES[algorithm]
    attestation = Attestation(
        device=UUID(bytes=parts.take(16)), public_key=parts.take(key), unit=parts.text(),
        unit_name=parts.text(), since=parts.day(), until=parts.day(), key=parts.take(8).hex(),
        signature=parts.take(signature), algorithm=algorithm,
    )  # fmt: skip
    kind, of = parts.text(), parts.text()
    proof = Proof(
        attestation, f"{kind}@{of}", parts.text() or None, parts.day(), parts.text(),
        parts.take(32).hex(), parts.take(signature),
    )  # fmt: skip
    parts.end()
    return proof
