"""Compose and number a document (制作文书) from what is on the tablet. Draft until it is issued."""

from collections.abc import Mapping
from typing import Any

from paper.blocks import Document

from field_app.shelves.documents import Kept
from field_app.store import Store


def compose_document(
    store: Store, about: str, kind: str, chosen: Mapping[str, Any] | None = None
) -> Kept:
    """Make the document of a kind about an inspection or re-inspection, or make its draft anew.

    `about`: the id of a finished inspection (inspection-record, correction-order) or of a finished
    re-inspection (reinspection-opinion). `chosen`: what the officer fills in, by the template's
    field codes (situation, handling, party_opinion, objection, party_refusal, opinion, …); None
    keeps what was chosen before. The number comes from the lease in the same transaction and never
    changes; signatures fall when the content changes. An issued document is given back as it is.
    Refuses InspectionNotEnded, NothingToCorrect, NoNumbersLeft, PackMissing, FieldMissing, ….
    """
    raise NotImplementedError


def shown(store: Store, document_id: str) -> Document:
    """The document as blocks, with the signatures given so far: what a screen shows to a signer."""
    raise NotImplementedError
