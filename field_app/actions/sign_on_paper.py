"""Sign on paper (已在纸质件签名): the document is printed, signed by pen, and photographed.

The photo is evidence of the visit, its original bytes hashed; the signature names that hash and the
digest of what was printed, so that another photo or another content is none.
"""

import hashlib
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from field_app.actions.compose_document import shown
from field_app.actions.keep_evidence import EVIDENCE, declare_of, enter, require_room
from field_app.actions.sign_document import open_draft, require_signer
from field_app.actions.take_photo import EXTENSIONS, require_photo
from field_app.acts import clock_at_act, dated_here
from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.shelves.documents import Kept
from field_app.shelves.inspections import Photo
from field_app.store import Store
from field_app.wire import Location
from field_app.wire_documents import SignatureBody
from field_app.writing import CAPTION, SHORT, written
from paper.blocks import CopiesLine, Document, Paragraph
from paper.refusals import RendererMissing
from paper.render import available, render


def to_sign(store: Store, document_id: str) -> Document:
    """A draft as it is printed to be signed: with the digest of its content on it."""
    document = shown(store, document_id)
    last = len(document.blocks) - isinstance(document.blocks[-1], CopiesLine)
    # The digest on a line of its own: it has no place to break at.
    said = ("待签件，签名后拍照附卷。内容摘要：", document.digest)
    lines = (Paragraph(one, indent=False) for one in said)
    return replace(document, blocks=(*document.blocks[:last], *lines, *document.blocks[last:]))


def print_to_sign(store: Store, document_id: str) -> Path:
    """A plain PDF of a draft, for a printer; from now on its number is known outside.

    Refuses DocumentUnknown, DocumentIssued, RendererMissing.
    """
    draft = open_draft(store, document_id)
    here = available()
    if not here:
        raise RendererMissing
    at = now()
    pdf = render(to_sign(store, document_id), here[0], issued_at=at)
    store.documents.show(document_id, kept(at))
    name = store.packs.template(draft.template).name
    return store.files.lend_draft(pdf, f"{name}{draft.called}（待签）.pdf")


def sign_on_paper(
    store: Store,
    document_id: str,
    role: str,
    name: str,
    officer_number: str | None,
    data: bytes,
    media_type: str,
    location: Location | None = None,
) -> None:
    """Keep that somebody signed the printed document, every page of it, and the photo that shows it.

    Photo, its evidence and the signature are one transaction; one photo may show several
    signatures. Refuses DocumentUnknown, DocumentIssued, NotASigner, PhotoUnreadable,
    EvidenceTooLarge, DiskFull, TooLong.
    """
    document = open_draft(store, document_id)
    require_in_use(store)
    require_signer(store, document, role, name, officer_number)
    signer = written(name, SHORT, "签名人姓名")
    require_photo(data, media_type)
    sha256 = hashlib.sha256(data).hexdigest()
    if not _here(store, document, sha256):
        require_room(store, len(data))
    # The file first: a row never names bytes that are not there.
    file = store.files.keep(data, EXTENSIONS[media_type])
    at = dated_here(store, now())
    signature: SignatureBody = {
        "role": role,
        "name": signer,
        "officer_number": officer_number if role == "officer" else None,
        "signed_at": kept(at),
        "digest": document.digest,
        "strokes": [],
        "refused": None,
        "signed_paper": sha256,
    }
    if location:
        signature["location"] = location
    caption = _caption(store, document)
    with store.atomic():
        signature["clock"] = clock_at_act(store)
        visit = store.inspections.one(document.inspection_id)
        if _here(store, document, sha256):
            pass
        elif visit:
            enter(store, visit, file, media_type, caption, None, location, at)
        else:
            photo = Photo(
                str(uuid4()), document.inspection_id, None, sha256, file.size, media_type,
                file.path, caption, kept(at), location, signature["clock"],
            )  # fmt: skip
            declare_of(store, photo, None)
        store.documents.show(document_id, signature["signed_at"])
        # Who signs the paper signs every page: single pages signed on the glass stand no more.
        store.documents.unsign_by(document_id, role, signer)
        store.documents.sign(document_id, signature)


def _caption(store: Store, document: Kept) -> str:
    name = store.packs.template(document.template).name
    said = f"{name}{document.called}：已签名的纸质件（内容摘要 {document.digest}）"
    return written(said, CAPTION, "证据说明")


def _here(store: Store, document: Kept, sha256: str) -> bool:
    """Whether this photo is evidence of the visit already."""
    if store.inspections.photo(document.inspection_id, sha256):
        return True
    found = store.db.conn.execute(
        "select 1 from record where kind = ? and json_extract(body, '$.inspection_id') = ? "
        "and json_extract(body, '$.sha256') = ?",
        (EVIDENCE, document.inspection_id, sha256),
    )
    return found.fetchone() is not None
