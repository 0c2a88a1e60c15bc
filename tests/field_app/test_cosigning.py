"""Two tablets side by side sign one document by QR codes, with no network at all."""

import random
from io import BytesIO

import pytest

from field_app import exchange, scanner
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document, missing_signatures
from field_app.actions.sign_document import sign_document
from field_app.cosigning import passing
from field_app.cosigning.asked import ContentDiffers, read_asked, sign_asked
from field_app.cosigning.asking import ProofFails, SignatureOfAnother, ask_to_sign, take_signature
from field_app.cosigning.frames import (
    ANSWERS,
    ASKS,
    FrameOfAnother,
    MessageDamaged,
    NotAFrame,
    Reading,
    code_of,
    frames,
    is_frame,
)
from field_app.delivery import deliver
from field_app.enrolment import enrol
from field_app.refusals import DocumentIssued, FolderUnusable, NotASigner
from field_app.screens.cosign.view import take_texts
from field_app.screens.document.as_text import as_text
from field_app.wire import Location
from tests.field_app import tablet
from tests.field_app.office import URL
from tests.field_app.tablet import FIRST, NAMES, PRESENT, SECOND, STROKES, answered, begun

RECORD = "inspection-record"
HERE: Location = {"lat": 35.6, "lon": 110.71, "accuracy": 8.0, "datum": "WGS84"}
BESIDE: Location = HERE | {"lon": 110.72}
HAND = [[[x, (x * 37) % 90] for x in range(0, 300, 3)], [[300, 4], [310, 80]]]


@pytest.fixture
def other(tmp_path):
    """The tablet of 李秋: the same content, no word of this visit."""
    store = tablet.filled(tmp_path / "other")
    store.set("me", store.setting("me") | {"officer": SECOND, "name": NAMES[SECOND]})
    yield store
    store.close()


@pytest.fixture
def draft(store):
    """A record of a visit, not signed yet."""
    visit = answered(store, begun(store))
    finish_inspection(store, visit)
    compose_document(store, visit, "correction-order")
    return compose_document(store, visit, RECORD)


def picture(frame):
    made = BytesIO()
    code_of(frame).save(made, kind="png", scale=4)
    return made.getvalue()


def read(kind, texts, *, lost=(), seed=7):
    """Frames as real pictures of real codes, in some order, some of them not seen at first."""
    reading, order = Reading(kind), list(enumerate(texts, start=1))
    random.Random(seed).shuffle(order)
    for number, text in order:
        if number not in lost:
            # A reader now and then takes a few squares for a bar code besides.
            (seen,) = filter(is_frame, scanner.texts_in(picture(text)))
            reading.take(seen)
    return reading


def test_a_document_goes_to_the_other_tablet_and_its_signature_comes_back(store, other, draft):
    asked_by = ask_to_sign(store, draft.id)
    assert len(asked_by) > 1
    asked = read_asked(other, read(ASKS, asked_by).content())
    assert (asked.name, asked.number, asked.digest) == ("现场检查记录", draft.number, draft.digest)
    assert (asked.signer, asked.officer) == (NAMES[SECOND], SECOND)
    shown = "".join(said.text for said in as_text(asked.shown.blocks))
    assert PRESENT["name"] in shown
    answer = sign_asked(other, asked, HAND)
    back = frames(ANSWERS, answer)
    assert take_signature(store, draft.id, read(ANSWERS, back).content()) == NAMES[SECOND]
    (given,) = store.documents.signatures(draft.id)
    assert (given["officer_number"], given["digest"], given["strokes"]) == (
        SECOND, draft.digest, HAND,
    )  # fmt: skip
    assert given["given_on"]["device"] == other.device != store.device
    # What was signed stays on the tablet on which it was signed.
    assert other.documents.cosigned(draft.id) == answer
    assert "李秋" not in "".join(missing_signatures(store, draft.id))
    assert "张岳" in "".join(missing_signatures(store, draft.id))


def test_a_signature_of_an_older_tablet_has_no_place_and_what_is_no_clock_is_left_out(
    store, other, draft
):
    asked = read_asked(other, read(ASKS, ask_to_sign(store, draft.id)).content())
    answer = sign_asked(other, asked, HAND, HERE)
    assert {"clock", "location"} <= set(answer)
    older = {name: told for name, told in answer.items() if name not in ("clock", "location")}
    for content in (older, older | {"clock": {"wall": 1}, "location": "here"}):
        take_signature(store, draft.id, content)
        (given,) = store.documents.signatures(draft.id)
        assert {"clock", "location"} & set(given) == set()


def test_the_signature_is_read_again_without_harm(store, other, draft):
    content = sign_asked(
        other, read_asked(other, read(ASKS, ask_to_sign(store, draft.id)).content()), HAND
    )
    for _ in range(2):
        take_signature(store, draft.id, content)
    assert len(store.documents.signatures(draft.id)) == 1


def test_a_frame_that_was_not_seen_is_named_and_the_rest_is_kept(store, draft):
    texts = ask_to_sign(store, draft.id)
    reading = read(ASKS, texts, lost=(2,))
    assert (reading.complete, reading.missing) == (False, [2])
    reading.take(texts[0])
    reading.take(texts[1])
    assert reading.complete
    assert reading.content()["digest"] == draft.digest


def test_the_code_of_another_document_is_refused_and_spoils_nothing(store, draft):
    visit = draft.inspection_id
    order = store.documents.about(visit, "correction-order")
    reading = read(ASKS, ask_to_sign(store, draft.id), lost=(1,))
    with pytest.raises(FrameOfAnother):
        reading.take(ask_to_sign(store, order.id)[0])
    reading.take(ask_to_sign(store, draft.id)[0])
    assert reading.content()["document"] == draft.id


@pytest.mark.parametrize("text", ["", "91140882MA0H4D5M1X", "ZF1:A:0123456789AB:3:2:ABC"])
def test_a_code_that_is_none_of_ours_is_refused(text):
    with pytest.raises(NotAFrame):
        Reading(ASKS).take(text)


def test_a_signature_is_not_taken_for_a_document(store, other, draft):
    asked = read_asked(other, read(ASKS, ask_to_sign(store, draft.id)).content())
    with pytest.raises(NotAFrame, match="签名"):
        Reading(ASKS).take(frames(ANSWERS, sign_asked(other, asked, HAND))[0])


def test_a_frame_that_was_changed_is_found(store, draft):
    texts = ask_to_sign(store, draft.id)
    head, _, part = texts[0].rpartition(":")
    reading = Reading(ASKS)
    for text in [f"{head}:{part[1:]}{part[0]}", *texts[1:]]:
        reading.take(text)
    with pytest.raises(MessageDamaged):
        reading.content()


def test_a_message_that_unfolds_without_end_is_refused():
    reading = Reading(ASKS)
    for text in frames(ASKS, {"a": "0" * 3_000_000}):
        reading.take(text)
    with pytest.raises(MessageDamaged):
        reading.content()


def test_data_that_do_not_make_the_digest_are_not_signed(store, other, draft):
    content = read(ASKS, ask_to_sign(store, draft.id)).content()
    content["data"] |= {"place": "别处"}
    with pytest.raises(ContentDiffers):
        read_asked(other, content)


def test_who_is_no_officer_of_the_document_is_not_asked_to_sign(store, other, draft):
    other.set("me", other.setting("me") | {"officer": "14088299999"})
    with pytest.raises(NotASigner):
        read_asked(other, read(ASKS, ask_to_sign(store, draft.id)).content())


def test_a_signature_for_another_document_or_for_what_it_was_before_is_refused(store, other, draft):
    asked = read_asked(other, read(ASKS, ask_to_sign(store, draft.id)).content())
    answer = sign_asked(other, asked, HAND)
    order = store.documents.about(draft.inspection_id, "correction-order")
    with pytest.raises(SignatureOfAnother):
        take_signature(store, order.id, answer)
    with pytest.raises(SignatureOfAnother):
        take_signature(store, draft.id, answer | {"digest": "0" * 64})
    assert store.documents.signatures(draft.id) == []


def test_a_signature_in_another_name_or_with_other_strokes_is_refused(store, other, draft):
    answer = sign_asked(
        other, read_asked(other, read(ASKS, ask_to_sign(store, draft.id)).content()), HAND
    )
    with pytest.raises(NotASigner):
        take_signature(store, draft.id, answer | {"name": "王五"})
    for forged in (
        {"officer": FIRST, "name": NAMES[FIRST]}, {"strokes": STROKES}, {"device": "d"},
        {"signed_at": "2026-01-01T00:00:00Z"}, {"proof": "AA"},
    ):  # fmt: skip
        with pytest.raises(ProofFails):
            take_signature(store, draft.id, answer | forged)
    assert store.documents.signatures(draft.id) == []


async def test_the_document_signed_on_two_tablets_is_issued_and_taken_by_the_office(
    office, tablet_of, other
):
    from field_app.refresh import refresh
    from tests.field_app.test_enrolled import a_code
    from tests.field_app.weather import Weather

    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    visit = answered(store, begun(store, scheme_id=office.scheme), unmet=0)
    finish_inspection(store, visit)
    made = compose_document(store, visit, RECORD)
    sign_document(store, made.id, "officer", NAMES[FIRST], FIRST, STROKES, location=HERE)
    sign_document(store, made.id, "party", PRESENT["name"], None, STROKES)
    asked = read_asked(other, read(ASKS, ask_to_sign(store, made.id)).content())
    answer = sign_asked(other, asked, HAND, BESIDE)
    take_signature(store, made.id, answer)
    issue_document(store, made.id)
    with pytest.raises(DocumentIssued):
        take_signature(store, made.id, answer)
    assert (await deliver(store, client)).refused == 0
    seen = (await office.client("officer").get(f"/v1/documents/{made.id}")).json()
    given = {one["name"]: one["given_on"] for one in seen["signatures"]}
    assert given["张岳"] is None
    assert given["李秋"]["device"] == other.device
    # Each signature has its own place and clocks, that of a colleague those of his tablet.
    places = {one["name"]: one["location"] for one in seen["signatures"]}
    assert places == {"张岳": HERE, "李秋": BESIDE, PRESENT["name"]: None}
    assert all(one["clock"]["wall"] for one in seen["signatures"])
    assert "李秋签名：开机后没有与服务器或卫星校对过时间" in seen["doubts"]
    # That tablet was never enrolled: the document is kept, and marked to be looked into.
    assert seen["signature_doubts"] == ["李秋：签名所用的平板没有注册"]
    await enrol(other.installation, URL, await a_code(office), "李秋的平板", office.transport)
    for follower in office.case.state.followers:
        await follower.catch_up()
    seen = (await office.client("officer").get(f"/v1/documents/{made.id}")).json()
    assert seen["signature_doubts"] == ["李秋：签名人没有在该平板上登录过"]
    # The office verifies it too: a letter in which a stroke was moved does not stand.
    (letter,) = [one for one in store.outbox.letters() if one.kind == "document.issue"]
    body = letter.body | {
        "id": letter.body["id"][:-1] + ("0" if letter.body["id"][-1] != "0" else "1")
    }
    answer = await office.client("officer").put(f"/v1/documents/{body['id']}", json=body)
    assert answer.json()["code"] == "signature-proof-fails"


def test_what_a_reader_takes_for_a_bar_code_beside_a_frame_stops_nothing(store, draft):
    reading = Reading(ASKS)
    take_texts(reading, ["0495012", ask_to_sign(store, draft.id)[0]])
    assert reading.missing
    with pytest.raises(NotAFrame):
        take_texts(reading, ["0495012"])


def test_without_a_camera_it_goes_by_a_file_both_ways_and_nothing_stays_on_the_stick(
    store, other, draft, tmp_path
):
    for one in (store, other):
        exchange.choose(one, str(tmp_path / "stick"))
    assert passing.waiting(other, ASKS) == []
    asked_by = ask_to_sign(store, draft.id)
    file = passing.hand_over(store, asked_by)
    assert passing.hand_over(store, asked_by) == file
    assert (passing.waiting(other, ASKS), passing.waiting(store, ANSWERS)) == ([file], [])
    reading = Reading(ASKS)
    take_texts(reading, passing.texts_in(file))
    answer = sign_asked(other, read_asked(other, reading.content()), HAND)
    passing.done(file)
    back = passing.hand_over(other, frames(ANSWERS, answer))
    assert passing.waiting(store, ANSWERS) == [back]
    reading = Reading(ANSWERS)
    take_texts(reading, passing.texts_in(back))
    assert take_signature(store, draft.id, reading.content()) == NAMES[SECOND]
    passing.done(back)
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_file_that_is_none_or_was_cut_off_is_refused(store, draft, tmp_path):
    exchange.choose(store, str(tmp_path / "stick"))
    file = passing.hand_over(store, ask_to_sign(store, draft.id))
    file.write_bytes(file.read_bytes()[:-40])
    reading = Reading(ASKS)
    take_texts(reading, passing.texts_in(file))
    with pytest.raises(MessageDamaged):
        reading.content()
    file.write_bytes("签名".encode())
    with pytest.raises(MessageDamaged):
        passing.texts_in(file)
    exchange.choose(store, "/dev/null/none")
    with pytest.raises(FolderUnusable):
        passing.hand_over(store, ask_to_sign(store, draft.id))


def test_a_record_of_a_visit_needs_few_codes(store, draft):
    assert len(ask_to_sign(store, draft.id)) <= 4
