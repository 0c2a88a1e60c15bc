"""Who refuses to sign a document of the site: noted by a witness or by two officers, and printed."""

import pytest

from field_app.actions.compose_document import compose_document, shown
from field_app.actions.issue_document import issue_document, missing_signatures
from field_app.actions.sign_document import sign_document
from field_app.refusals import NotASigner, SignaturesMissing
from paper.blocks import Signatures
from paper.refusals import SignatureUnreadable
from tests.field_app.tablet import (
    FIRST,
    NAMES,
    PRESENT,
    SECOND,
    STROKES,
    signed,
)
from tests.field_app.test_documents_of_the_site import ORDER, open_visit, visit

__all__ = ["open_visit", "visit"]


def refuse(store, document_id, why="认为处理过重，不愿签字"):
    sign_document(store, document_id, "party", PRESENT["name"], None, [], why)


def test_a_refusal_to_sign_is_noted_by_a_witness_and_printed(store, visit):
    order = compose_document(store, visit, ORDER)
    signed(store, order.id, party=False)
    refuse(store, order.id)
    store.db.conn.execute(
        "update signature set signed_at = '2026-01-01T00:00:00Z' where role = 'officer'"
    )
    assert missing_signatures(store, order.id) == ["见证人，或者两名执法人员在记明拒签后签名"]
    with pytest.raises(SignaturesMissing):
        issue_document(store, order.id)
    sign_document(store, order.id, "witness", "村民甲", None, STROKES)
    issued = issue_document(store, order.id)
    letter = store.outbox.letters()[-1]
    assert [one["refused"] for one in letter.body["signatures"] if one["role"] == "party"] == [
        "认为处理过重，不愿签字"
    ]
    (block,) = [b for b in shown(store, issued.id).blocks if isinstance(b, Signatures)]
    (slot,) = [one for one in block.slots if one.note]
    assert "拒绝签字" in slot.note
    assert "认为处理过重" in slot.note
    assert slot.strokes == ()


def test_two_officers_who_sign_after_it_note_a_refusal_too(store, visit):
    order = compose_document(store, visit, ORDER)
    refuse(store, order.id)
    for number in (FIRST, SECOND):
        sign_document(store, order.id, "officer", NAMES[number], number, STROKES)
    assert issue_document(store, order.id).issued_at


def test_a_refusal_has_a_reason_and_is_the_partys_own(store, visit):
    order = compose_document(store, visit, ORDER)
    with pytest.raises(SignatureUnreadable):
        sign_document(store, order.id, "party", PRESENT["name"], None, STROKES, "不签")
    with pytest.raises(NotASigner):
        sign_document(store, order.id, "officer", NAMES[FIRST], FIRST, [], "不签")
