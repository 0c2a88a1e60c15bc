"""Who signs the printed page instead of the glass has signed (已在纸质件签名), and a photo shows it."""

import pytest

from field_app.actions.compose_document import compose_document, shown
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document, missing_signatures
from field_app.actions.sign_document import sign_document
from field_app.actions.sign_on_paper import print_to_sign, sign_on_paper, to_sign
from field_app.delivery import deliver
from field_app.refresh import refresh
from field_app.refusals import DocumentIssued, NotASigner, PhotoUnreadable
from field_app.screens.document.as_text import as_text
from field_app.screens.document.view import paper
from paper.blocks import Signatures
from tests.examples import jpeg
from tests.field_app.tablet import (
    FIRST,
    NAMES,
    PRESENT,
    SECOND,
    STROKES,
    answered,
    begun,
    lease,
    signed,
)
from tests.field_app.weather import Weather

RECORD = "inspection-record"
PHOTO = jpeg(64, 48, seed=5)
PARTY = ("party", PRESENT["name"], None)


@pytest.fixture
def draft(store):
    """The record of a visit without problems, not signed yet."""
    visit = answered(store, begun(store), unmet=0)
    finish_inspection(store, visit)
    return compose_document(store, visit, RECORD)


def text_of(document):
    return "\n".join(said.label + said.text for said in as_text(document.blocks))


def test_the_printed_draft_bears_the_digest_of_what_is_signed(store, draft):
    assert draft.digest in text_of(to_sign(store, draft.id))
    lent = print_to_sign(store, draft.id)
    assert lent.read_bytes().startswith(b"%PDF")
    # The number has been seen outside.
    assert store.documents.one(draft.id).shown_at
    store.files.take_back()
    assert not lent.exists()


def test_who_signed_on_paper_has_signed_and_the_document_says_by_which_photo(store, draft):
    signed(store, draft.id, party=False)
    assert missing_signatures(store, draft.id)
    sign_on_paper(store, draft.id, *PARTY, PHOTO, "image/jpeg")
    assert missing_signatures(store, draft.id) == []
    (photo,) = store.inspections.photos(draft.inspection_id)
    (slots,) = [one.slots for one in shown(store, draft.id).blocks if isinstance(one, Signatures)]
    (own,) = [one for one in slots if one.mark]
    assert (own.mark, photo.sha256 in own.note) == ("已在纸质件签名", True)
    assert draft.digest in photo.caption
    (line,) = [one for one in paper(store, draft.id).signers if one.role == "party"]
    assert (line.on_paper, line.refused) == (True, "")
    issue_document(store, draft.id)
    letters = {one.kind: one.body for one in store.outbox.letters()}
    (told,) = [s for s in letters["document.issue"]["signatures"] if s["role"] == "party"]
    assert told["signed_paper"] == letters["evidence.declare"]["sha256"] == photo.sha256
    assert (told["strokes"], told["refused"], told["digest"]) == ([], None, draft.digest)
    with pytest.raises(DocumentIssued):
        sign_on_paper(store, draft.id, *PARTY, PHOTO, "image/jpeg")


def test_every_page_is_signed_by_who_signed_them_on_paper(store):
    visit = begun(store)
    lease(store, "inquiry-notice")
    notice = compose_document(store, visit, "inquiry-notice", written(store, "inquiry-notice"))
    issue_document(store, signed(store, notice.id))
    inquiry = compose_document(store, visit, "inquiry-record", written(store, "inquiry-record"))
    for number in (FIRST, SECOND):
        sign_document(store, inquiry.id, "officer", NAMES[number], number, STROKES)
    asked = str(inquiry.data["asked"])
    sign_document(store, inquiry.id, "party", asked, None, STROKES, page=1)
    sign_on_paper(store, inquiry.id, "party", asked, None, PHOTO, "image/jpeg")
    assert missing_signatures(store, inquiry.id) == []
    assert [one.get("page") for one in store.documents.signatures(inquiry.id)].count(1) == 0
    (line,) = [one for one in paper(store, inquiry.id).signers if one.role == "party"]
    assert line.signed
    assert issue_document(store, inquiry.id).issued_at


def written(store, kind):
    from tests.field_app.screens.prepared import as_written

    return as_written(kind)


def test_one_photo_shows_several_signatures_and_everybody_may_sign_on_paper(store, draft):
    for number in (FIRST, SECOND):
        sign_on_paper(store, draft.id, "officer", NAMES[number], number, PHOTO, "image/jpeg")
    sign_on_paper(store, draft.id, *PARTY, PHOTO, "image/jpeg")
    assert missing_signatures(store, draft.id) == []
    assert len(store.inspections.photos(draft.inspection_id)) == 1
    assert len([one for one in store.outbox.letters() if one.kind == "evidence.declare"]) == 1


def test_another_content_is_not_what_was_signed(store, draft):
    sign_on_paper(store, draft.id, *PARTY, PHOTO, "image/jpeg")
    compose_document(store, draft.inspection_id, RECORD, {"situation": "改过的检查情况。"})
    assert store.documents.signatures(draft.id) == []
    # The photo stays what it is: evidence of a page with another digest.
    assert len(store.inspections.photos(draft.inspection_id)) == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ((*PARTY, b"no picture", "image/jpeg"), PhotoUnreadable),
        (("officer", "王五", "14088299999", PHOTO, "image/jpeg"), NotASigner),
        (("party", "  ", None, PHOTO, "image/jpeg"), NotASigner),
    ],
)
def test_what_cannot_be_kept_leaves_nothing(store, draft, wrong, why):
    with pytest.raises(why):
        sign_on_paper(store, draft.id, *wrong)
    assert store.documents.signatures(draft.id) == []
    assert store.inspections.photos(draft.inspection_id) == []


async def test_the_office_takes_it_and_knows_the_photo(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    visit = answered(store, begun(store, scheme_id=office.scheme), unmet=0)
    finish_inspection(store, visit)
    made = compose_document(store, visit, RECORD)
    signed(store, made.id, party=False)
    sign_on_paper(store, made.id, *PARTY, PHOTO, "image/jpeg")
    issue_document(store, made.id)
    assert (await deliver(store, client)).refused == 0
    reader = office.client("officer")
    seen = (await reader.get(f"/v1/documents/{made.id}")).json()
    (own,) = [one for one in seen["signatures"] if one["role"] == "party"]
    found = (await reader.get("/v1/evidence", params={"inspection": visit})).json()["items"]
    assert [one["sha256"] for one in found] == [own["signed_paper"]]
    # Strokes beside it, or a refusal, are no signature on paper.
    (letter,) = [one for one in store.outbox.letters() if one.kind == "document.issue"]
    for wrong in ({"strokes": STROKES}, {"refused": "不签"}):
        signatures = [
            s | (wrong if s["role"] == "party" else {}) for s in letter.body["signatures"]
        ]
        body = letter.body | {"id": visit, "signatures": signatures}
        answer = await reader.put(f"/v1/documents/{visit}", json=body)
        assert answer.json()["code"] == "signature-unreadable", answer.text
