"""Issue a document (出具文书): drawn, frozen and reported. Its bytes never change afterwards."""

from field_app.actions.compose_document import shown
from field_app.actions.void_number import REPLACED, void_number
from field_app.acts import clock_at_act, clock_now, dated_here
from field_app.contact import contact_of
from field_app.enrolment import require_in_use
from field_app.files import KeptFile
from field_app.grounds import standing
from field_app.moments import day, kept, now, read
from field_app.proving import proof_of
from field_app.refusals import (
    DocumentUnknown,
    LetterNotRefused,
    NumberOfAnotherYear,
    SignaturesMissing,
)
from field_app.shelves.documents import Kept
from field_app.store import Store
from field_app.wire import Location
from field_app.wire_documents import DocumentBody
from lawbook.devices import require_day
from lawbook.signatures import PARTY, Signed, lacking
from paper.refusals import RendererMissing
from paper.render import available, render

PDF = "application/pdf"


def missing_signatures(store: Store, document_id: str) -> list[str]:
    """Who has still to sign, in words for a person; empty when it can be issued."""
    document = _known(store, document_id)
    places = {one.role: one for one in store.packs.template(document.template).signatories}
    lack = lacking(
        {role: place.count for role, place in places.items()},
        {one["number"]: one["name"] for one in document.data["officers"]},
        [
            Signed(
                one["role"], one["name"], one["officer_number"], read(one["signed_at"]),
                one["refused"], one.get("page", 0), "signed_paper" in one,
            )
            for one in store.documents.signatures(document_id)
        ],
        len(shown(store, document_id).pages),
    )  # fmt: skip
    party = places[PARTY].label.replace("（签名）", "") if PARTY in places else ""
    return [
        one.text.replace("当事人", party, 1) if one.role == PARTY and party else one.text
        for one in lack
    ]


def issue_document(store: Store, document_id: str, location: Location | None = None) -> Kept:
    """Draw the PDF, keep it, write the letter, queue the file. Again: the same document.

    `location`: where it is issued, as far as the tablet knows.

    Refuses SignaturesMissing, naming who has not signed, what stands against it in law, and
    ClockInDoubt where nobody can tell on which day it is.
    """
    document = _known(store, document_id)
    if document.issued_at:
        return document
    require_in_use(store)
    if missing := missing_signatures(store, document_id):
        raise SignaturesMissing("尚未签名：" + "、".join(missing), missing=missing)
    here = available()
    if not here:
        raise RendererMissing
    at = dated_here(store, now())
    for refusal in standing(store, document, at):
        raise refusal
    if document.lease_id and store.leases.year(document.lease_id) != day(at).year:
        raise NumberOfAnotherYear(f"{document.number} 不能在 {day(at).year} 年出具")
    # A tablet that no office knows has nobody to set its clock by; it is held to no more than before.
    if contact_of(store.installation).enrolled:
        require_day(clock_now(store))
    proof = proof_of(store, document, day(at))
    pdf = render(shown(store, document_id, proof), here[0], issued_at=at)
    file = store.files.keep(pdf, "pdf")
    with store.atomic():
        store.documents.change(
            document_id,
            {
                "issued_at": kept(at),
                "renderer": here[0],
                "pdf_path": file.path,
                "pdf_sha256": file.sha256,
                "pdf_size": file.size,
                "proof": proof,
            },
        )
        issued = _known(store, document_id)
        inspection = store.inspections.one(issued.inspection_id)
        # While the visit goes on its record is not written yet: the document must not stand before it.
        still_open = inspection is not None and inspection.ended_at is None
        subject = f"document:{issued.id}" if still_open else f"inspection:{issued.inspection_id}"
        body = _body(store, issued, here[0], file, location)
        if issued.instead_of:
            _take_the_place(store, issued, body, kept(at))
        else:
            store.report(subject, "document.issue", body, kept(at))
        store.outbox.add_upload(file.sha256, file.path, file.size, PDF, kept(at))
    return issued


def _take_the_place(store: Store, issued: Kept, body: DocumentBody, at: str) -> None:
    """The letter goes in the place of the refused one (更正), whose document's number is voided."""
    letter = store.outbox.one(issued.instead_of or "")
    old = store.documents.one(str(letter.body["id"])) if letter else None
    if letter is None or letter.state != "refused" or old is None:
        raise LetterNotRefused
    store.correct(letter, body, at)
    if old.lease_id and old.number:
        void_number(store, old.lease_id, old.number, REPLACED, at)


def _known(store: Store, document_id: str) -> Kept:
    document = store.documents.one(document_id)
    if document is None:
        raise DocumentUnknown
    return document


def _body(
    store: Store, issued: Kept, renderer: str, file: KeptFile, location: Location | None
) -> DocumentBody:
    body: DocumentBody = {
        "id": issued.id,
        "inspection_id": issued.inspection_id,
        "kind": issued.kind,
        "template": issued.template,
        "number": issued.number,
        "lease_id": issued.lease_id,
        "corrects": issued.corrects,
        "data": issued.data,
        "digest": issued.digest,
        "signatures": store.documents.signatures(issued.id),
        "renderer": renderer,
        "pdf_sha256": file.sha256,
        "pdf_size": file.size,
        "issued_at": issued.issued_at or "",
        "device": store.device,
        "clock": clock_at_act(store),
    }
    if location:
        body["location"] = location
    if issued.proof:
        body["proof"] = issued.proof
    if pages := shown(store, issued.id).pages:
        body["pages"] = list(pages)
    return body
