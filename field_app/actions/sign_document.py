"""Sign a document on the glass (手写签名): the signature vouches for the content now shown."""

from collections.abc import Sequence

from field_app.store import Store


def sign_document(
    store: Store,
    document_id: str,
    role: str,
    name: str,
    officer_number: str | None,
    strokes: Sequence[Sequence[Sequence[float]]],
) -> None:
    """Keep a signature. `role`: officer, party or witness; officers by their certificate number.

    Signing again replaces the same person's earlier signature. Refuses DocumentIssued, NotASigner,
    SignatureUnreadable.
    """
    raise NotImplementedError
