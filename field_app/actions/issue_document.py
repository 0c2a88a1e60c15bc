"""Issue a document (出具文书): drawn, frozen and reported. Its bytes never change afterwards."""

from field_app.shelves.documents import Kept
from field_app.store import Store


def missing_signatures(store: Store, document_id: str) -> list[str]:
    """Who has still to sign, in words for a person; empty when it can be issued."""
    raise NotImplementedError


def issue_document(store: Store, document_id: str) -> Kept:
    """Draw the PDF, keep it, write the letter, queue the file. Again: the same document.

    Refuses SignaturesMissing, naming who has not signed.
    """
    raise NotImplementedError
