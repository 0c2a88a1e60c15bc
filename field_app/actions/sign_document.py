"""Sign a document on the glass (手写签名): the signature vouches for the content now shown."""

from collections.abc import Sequence

from field_app.acts import clock_at_act, dated_here
from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.refusals import DocumentIssued, DocumentUnknown, NotASigner, PagesSigned
from field_app.shelves.documents import Kept, on_paper
from field_app.store import Store
from field_app.wire import Location
from field_app.wire_documents import SignatureBody
from field_app.writing import LONG, SHORT, written
from lawbook.signatures import PARTY
from paper.compose import compose
from paper.signing import fit


def open_draft(store: Store, document_id: str) -> Kept:
    """A document that can still be signed. Refuses DocumentUnknown, DocumentIssued."""
    document = store.documents.one(document_id)
    if document is None:
        raise DocumentUnknown
    if document.issued_at:
        raise DocumentIssued
    return document


def sign_document(
    store: Store,
    document_id: str,
    role: str,
    name: str,
    officer_number: str | None,
    strokes: Sequence[Sequence[Sequence[float]]],
    refused: str | None = None,
    page: int = 0,
    location: Location | None = None,
) -> None:
    """Keep a signature. `role`: officer, party or witness; officers by their certificate number.

    `strokes`: x to the right, y downwards, in any unit. Signing again replaces the same person's
    earlier signature. `refused`: why the party does not sign (拒绝签字); there are no strokes then.
    `page`: which page is signed, where the party signs every one (逐页签名). `location`: where the
    tablet is, if it knows.
    Refuses DocumentIssued, NotASigner, PagesSigned, SignatureUnreadable.
    """
    document = open_draft(store, document_id)
    require_in_use(store)
    require_signer(store, document, role, name, officer_number)
    if refused is not None and role != PARTY:
        raise NotASigner("只有当事人可以拒绝签字")
    signature: SignatureBody = {
        "role": role,
        "name": written(name, SHORT, "签名人姓名"),
        "officer_number": officer_number if role == "officer" else None,
        "signed_at": kept(dated_here(store, now())),
        "digest": document.digest,
        "strokes": [[[round(x), round(y)] for x, y in stroke] for stroke in strokes if stroke],
        "refused": written(refused, LONG, "拒绝签字的情况") if refused is not None else None,
    }
    if refused is None and (own := _page(store, document, role, page)) is not None:
        signature["page"], signature["page_digest"] = page, own
    fit(on_paper([signature])[0])
    if location:
        signature["location"] = location
    with store.atomic():
        signature["clock"] = clock_at_act(store)
        store.documents.show(document_id, signature["signed_at"])
        store.documents.sign(document_id, signature)


def _page(store: Store, document: Kept, role: str, page: int) -> str | None:
    """The digest of the page that is signed; None where the whole is. Refuses PagesSigned."""
    form = store.packs.template(document.template)
    each = form.each_page and role == PARTY
    pages = compose(form, document.data, document.number, []).pages if each else ()
    if each != (0 < page <= len(pages)):
        raise PagesSigned(f"{form.name}共 {len(pages)} 页" if each else f"{form.name}不逐页签名")
    return pages[page - 1] if each else None


def require_signer(store: Store, document: Kept, role: str, name: str, number: str | None) -> None:
    """Refuse whom the form has no place for, and an officer who is none of the document's: NotASigner."""
    template = store.packs.template(document.template)
    if role not in {signatory.role for signatory in template.signatories} or not name.strip():
        raise NotASigner
    if (
        role == "officer"
        and {"name": name.strip(), "number": number} not in document.data["officers"]
    ):
        raise NotASigner(f"{name}（{number or '无证号'}）不是这份文书的执法人员")
