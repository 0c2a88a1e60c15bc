"""A tablet with an attestation, for tests of what proves a document: keys, attestation, codes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lawbook.journal import key_id
from lawbook.proof import Attestation, Proof, attest, prove
from paper.digest import digest
from paper.examples import Example

DEVICE = UUID("00000000-0000-4000-8000-00000000d001")
GATEWAY = "https://zhifa.example.gov.cn"


@dataclass(frozen=True)
class Prover:
    """The office's key and a tablet's, as they meet in an attestation."""

    office: Ed25519PrivateKey
    tablet: Ed25519PrivateKey
    device: UUID = DEVICE

    @property
    def public(self) -> str:
        """The office's public key as PEM."""
        key = self.office.public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def attestation(self, **changes: Any) -> Attestation:
        """What the office says of the tablet."""
        plain = Attestation(
            self.device, self.tablet.public_key().public_bytes_raw(), "140802", "盐湖区应急管理局",
            date(2026, 1, 5), date(2027, 1, 31), key_id(self.office.public_key().public_bytes_raw()),
        )  # fmt: skip
        return attest(replace(plain, **changes), self.office.sign)

    def code(
        self, template: str, number: str | None, data: Mapping[str, Any],
        day: date = date(2026, 6, 23), gateway: str = GATEWAY, **changes: Any,
    ) -> str:  # fmt: skip
        """What the QR code of a document says."""
        party = str(data.get("entity_name") or data.get("party") or "")
        seal = digest(template.partition("@")[0], number, data)
        proof = Proof(self.attestation(**changes), template, number, day, party, seal)
        return prove(proof, self.tablet.sign, gateway)

    def of(self, given: Example, **changes: Any) -> str:
        """What the QR code of an example says."""
        return self.code(given.template.ref, given.number, given.data, **changes)


def prover() -> Prover:
    """An office and a tablet with keys of their own."""
    return Prover(Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate())
