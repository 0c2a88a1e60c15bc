"""The tablet that holds the draft: asks the other officer to sign it, and takes the signature."""

from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from field_app.actions.sign_document import open_draft
from field_app.clocks import ClockBody
from field_app.cosigning.frames import ASKS, MessageDamaged, frames
from field_app.device import bytes_of
from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.refusals import InspectionUnknown, NotASigner
from field_app.shelves.documents import on_paper
from field_app.store import Store
from field_app.wire import Location
from field_app.wire_documents import SignatureBody
from lawbook.cosigning import MEMBERS, statement
from lawbook.refusal import Refusal
from paper.signing import fit


class SignatureOfAnother(Refusal):
    """A signature under another document, or under what this one was before it changed."""

    code = "signature-of-another"
    title = "签名不是给这份文书的，未加入"
    next_step = "文书改动过的，请对方按新的码重新签名"


class ProofFails(Refusal):
    """A signature that is not as the other tablet gave it."""

    code = "signature-proof-fails"
    title = "签名与其平板的证明不符，未加入"
    next_step = "请对方重新出示签名码，再读一次"


def ask_to_sign(store: Store, document_id: str) -> list[str]:
    """A draft as frames for the other tablet; from now on its number is known outside.

    Refuses DocumentUnknown, DocumentIssued.
    """
    document = open_draft(store, document_id)
    about = store.inspections.one(document.inspection_id)
    if about is None:
        raise InspectionUnknown
    store.documents.show(document.id, kept(now()))
    content = {
        "document": document.id, "entity": about.entity_id, "template": document.template, "number": document.number,
        "data": document.data, "digest": document.digest,
    }  # fmt: skip
    return frames(ASKS, content)


def take_signature(store: Store, document_id: str, content: dict[str, Any]) -> str:
    """Add the signature that another tablet gave; who signed. Again: the same signature.

    Refuses SignatureOfAnother (document or digest), NotASigner, ProofFails, MessageDamaged,
    DocumentIssued, SignatureUnreadable.
    """
    document = open_draft(store, document_id)
    require_in_use(store)
    if missing := [name for name in (*MEMBERS, "key", "proof") if name not in content]:
        raise MessageDamaged("缺少：" + "、".join(missing))
    if (content["document"], content["digest"]) != (document.id, document.digest):
        raise SignatureOfAnother
    who = {"name": content["name"], "number": content["officer"]}
    if who not in document.data["officers"]:
        raise NotASigner(f"{content['name']}（{content['officer']}）不是这份文书的执法人员")
    _require_proof(content)
    signature: SignatureBody = {
        "role": "officer",
        "name": str(content["name"]),
        "officer_number": str(content["officer"]),
        "signed_at": str(content["signed_at"]),
        "digest": document.digest,
        "strokes": content["strokes"],
        "refused": None,
        "given_on": {
            "device": str(content["device"]),
            "key": str(content["key"]),
            "proof": str(content["proof"]),
        },
    }
    # As the other tablet says, if it is one that says it.
    if clock := _said(content.get("clock"), ClockBody):
        signature["clock"] = cast("ClockBody", clock)
    if location := _said(content.get("location"), Location):
        signature["location"] = cast("Location", location)
    try:
        fit(on_paper([signature])[0])
    except (TypeError, ValueError) as error:
        raise MessageDamaged from error
    with store.atomic():
        store.documents.sign(document.id, signature)
    return signature["name"]


def _said(told: object, shape: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a TypedDict
    """What is of this shape; None of anything else: the office would refuse the whole document."""
    if not isinstance(told, dict) or not shape.__required_keys__ <= set(told):
        return None
    known = shape.__required_keys__ | shape.__optional_keys__
    return {name: value for name, value in told.items() if name in known}


def _require_proof(content: dict[str, Any]) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes_of(str(content["key"])))
        key.verify(bytes_of(str(content["proof"])), statement(content))
    except (InvalidSignature, ValueError, TypeError) as error:
        raise ProofFails from error
