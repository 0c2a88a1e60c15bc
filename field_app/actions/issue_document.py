"""Issue a document (出具文书): drawn, frozen and reported. Its bytes never change afterwards."""

from field_app import files
from field_app.actions.compose_document import shown
from field_app.moments import day, kept, now
from field_app.refusals import DocumentUnknown, NumberOfAnotherYear, SignaturesMissing
from field_app.shelves.documents import Kept
from field_app.store import Store
from field_app.wire import DocumentBody
from paper.refusals import RendererMissing
from paper.render import available, render

PDF = "application/pdf"


def missing_signatures(store: Store, document_id: str) -> list[str]:
    """Who has still to sign, in words for a person; empty when it can be issued."""
    document = _known(store, document_id)
    given = store.documents.signatures(document_id)
    signed = {one["officer_number"] for one in given if one["role"] == "officer"}
    officers = document.data["officers"]
    missing = []
    # Two officers make an inspection (行政处罚法 §42); a third may be there and not sign.
    if len(signed) < 2:
        missing = [f"执法人员{one['name']}" for one in officers if one["number"] not in signed]
    if not any(one["role"] in ("party", "witness") for one in given):
        missing.append("被检查单位负责人（或见证人）")
    return missing


def issue_document(store: Store, document_id: str) -> Kept:
    """Draw the PDF, keep it, write the letter, queue the file. Again: the same document.

    Refuses SignaturesMissing, naming who has not signed.
    """
    document = _known(store, document_id)
    if document.issued_at:
        return document
    if missing := missing_signatures(store, document_id):
        raise SignaturesMissing("尚未签名：" + "、".join(missing), missing=missing)
    here = available()
    if not here:
        raise RendererMissing
    at = now()
    if store.leases.year(document.lease_id) != day(at).year:
        raise NumberOfAnotherYear(f"{document.number} 不能在 {day(at).year} 年出具")
    pdf = render(shown(store, document_id), here[0], issued_at=at)
    file = files.keep(store.folder, pdf, "pdf")
    with store.atomic():
        store.documents.change(
            document_id,
            {
                "issued_at": kept(at),
                "renderer": here[0],
                "pdf_path": file.path,
                "pdf_sha256": file.sha256,
                "pdf_size": file.size,
            },
        )
        issued = _known(store, document_id)
        subject = f"inspection:{issued.inspection_id}"
        store.report(subject, "document.issue", _body(store, issued, here[0], file), kept(at))
        store.outbox.add_upload(file.sha256, file.path, file.size, PDF, kept(at))
    return issued


def _known(store: Store, document_id: str) -> Kept:
    document = store.documents.one(document_id)
    if document is None:
        raise DocumentUnknown
    return document


def _body(store: Store, issued: Kept, renderer: str, file: files.KeptFile) -> DocumentBody:
    return {
        "id": issued.id,
        "inspection_id": issued.inspection_id,
        "kind": issued.kind,
        "number": issued.number,
        "lease_id": issued.lease_id,
        "data": issued.data,
        "digest": issued.digest,
        "signatures": store.documents.signatures(issued.id),
        "renderer": renderer,
        "pdf_sha256": file.sha256,
        "pdf_size": file.size,
        "issued_at": issued.issued_at or "",
        "device": store.device,
    }
