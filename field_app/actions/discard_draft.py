"""Give up a draft (放弃草稿): its number goes back, or is voided with a reason. None gets lost."""

from field_app.actions.compose_document import quote_anew
from field_app.actions.void_number import void_number
from field_app.moments import kept, now
from field_app.refusals import DocumentIssued, DocumentUnknown, VoidReasonMissing
from field_app.store import Store
from field_app.writing import SHORT, written

REASONS = (
    "内容有误，重新制作",
    "情况有变，不再出具",
    "签名或打印时损毁",
    "重复制作",
)
NOT_ISSUED = "草稿未出具，文号段已退回"


def must_void(store: Store, document_id: str) -> bool:
    """Whether giving up this draft voids its number: somebody was to sign under it."""
    document = store.documents.one(document_id)
    if document is None:
        raise DocumentUnknown
    return document.number is not None and document.shown_at is not None


def discard_draft(store: Store, document_id: str, reason: str = "") -> None:
    """Give up a draft and what was written in it.

    A number that nobody saw goes back to its lease, for the next draft of the kind. One that was
    held before a signer is voided with `reason`, since a paper or a photo of it may be about.
    Refuses DocumentIssued, VoidReasonMissing, NumberQuoted.
    """
    document = store.documents.one(document_id)
    if document is None:
        raise DocumentUnknown
    if document.issued_at:
        raise DocumentIssued
    said = written(reason, SHORT, "作废原因") if reason.strip() else ""
    if document.shown_at and document.number and not said:
        raise VoidReasonMissing(f"{document.number} 已用于签名")
    at = kept(now())
    with store.atomic():
        store.documents.discard(document.id)
        if document.lease_id is None or document.number is None:
            return
        if document.shown_at or store.leases.returned(document.lease_id):
            void_number(store, document.lease_id, document.number, said or NOT_ISSUED, at)
        else:
            sequence = store.leases.sequence(document.lease_id, document.number)
            store.leases.put_back(document.lease_id, sequence)
        quote_anew(store, document, document.number)
