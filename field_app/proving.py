"""Prove a document (验真): what the QR code on its page says, signed by this tablet."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from field_app.contact import contact_of
from field_app.device import Device, bytes_of
from field_app.shelves.documents import Kept
from field_app.store import Store
from lawbook.proof import Attestation, Proof, prove, told_name

PARTY = "entity.name"
"""The source of the field that names the party."""


def proof_of(store: Store, document: Kept, on: date) -> str | None:
    """The proof of a document that is issued on this day.

    None where the office has not attested this tablet's key for that day: such a page carries no
    code, rather than one that would be called wrong.
    """
    device = store.installation
    contact = contact_of(device)
    attestation = _attestation(device, contact.attestation)
    if attestation is None or not attestation.since <= on <= attestation.until:
        return None
    template = store.packs.template(document.template)
    named = (one.code for one in template.fields if one.source == PARTY)
    party = "、".join(str(document.data[code]) for code in named if code in document.data)
    proof = Proof(
        attestation, document.template, document.number, on, told_name(party), document.digest
    )
    return prove(proof, device.sign, contact.gateway)


def _attestation(device: Device, told: Mapping[str, str] | None) -> Attestation | None:
    if told is None:
        return None
    return Attestation(
        device=UUID(device.id),
        public_key=bytes_of(device.public_key),
        unit=told["unit"],
        unit_name=told["unit_name"],
        since=date.fromisoformat(told["since"]),
        until=date.fromisoformat(told["until"]),
        key=told["key"],
        signature=bytes_of(told["signature"]),
    )
