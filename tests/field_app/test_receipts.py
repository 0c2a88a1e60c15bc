"""What the tablet believes: only the office's own signature under its own letter."""

import httpx
import pytest

from field_app.delivery import deliver
from field_app.receipt_keys import fetch_receipt_keys, receipt_keys
from field_app.refresh import refresh
from field_app.session import office_client
from services.kit.receipts import Signer
from tests.field_app.office import URL
from tests.field_app.tablet import OFFICE_KEY, receipt_of
from tests.field_app.weather import Weather
from tests.kit.test_claims import other_pair

AT = "2026-06-23T01:05:00Z"
STRANGER = Signer(other_pair()[0])


class Liar(httpx.AsyncBaseTransport):
    """An office that answers each letter with `receipt(letter)`, and tells its keys."""

    def __init__(self, store, receipt, state="applied", keys=OFFICE_KEY.public_keys):
        self.store, self.receipt, self.state, self.keys = store, receipt, state, keys
        self.asked = []

    async def handle_async_request(self, request):
        self.asked.append(request.url.path)
        if request.url.path == "/v1/receipt-keys":
            items = [
                {"key": k, "algorithm": "Ed25519", "public_key": v} for k, v in self.keys.items()
            ]
            return httpx.Response(200, json={"items": items})
        verdicts = [
            {"id": one.id, "state": self.state, "problem": None, "receipt": self.receipt(one)}
            for one in self.store.outbox.waiting()
        ]
        return httpx.Response(200, json={"verdicts": verdicts})


@pytest.fixture
def tablet(store):
    store.set("token", {"access": "x", "refresh": None, "good_until": "2099-01-01T00:00:00Z"})
    for number in range(2):
        store.outbox.write(f"inspection:{number}", "inspection.record", {"id": str(number)}, AT)
    return store


async def delivered(store, liar):
    async with office_client(store, URL, liar) as client:
        return await deliver(store, client)


def honest(store, **changes):
    """Receipts of the office's key, some members other than the letter's own."""

    def receipt(one):
        told = receipt_of(store, one)
        del told["signature"], told["key"]
        return OFFICE_KEY.sign(told | changes)

    return receipt


async def test_a_letter_is_sent_when_the_office_has_signed_for_it(tablet):
    assert (await delivered(tablet, Liar(tablet, honest(tablet)))).sent == 2
    assert {one.state for one in tablet.outbox.letters()} == {"sent"}


@pytest.mark.parametrize(
    "changes",
    [
        {"letter": "another"}, {"sha256": "0" * 64}, {"device": "another"}, {"seq": 9},
        {"seq": None}, {"link": "0" * 64}, {"link": None}, {"state": "rejected"},
    ],
)  # fmt: skip
async def test_a_signed_receipt_for_anything_else_is_not_believed(tablet, changes):
    done = await delivered(tablet, Liar(tablet, honest(tablet, **changes)))
    assert done.sent == 0
    for one in tablet.outbox.letters():
        assert (one.state, one.problem["code"]) == ("waiting", "receipt-differs")
        assert one.problem["next_step"]


async def test_a_receipt_signed_by_a_stranger_is_not_believed(tablet):
    def receipt(one):
        told = receipt_of(tablet, one)
        return STRANGER.sign({k: v for k, v in told.items() if k not in ("key", "signature")})

    await delivered(tablet, Liar(tablet, receipt))
    assert {one.problem["code"] for one in tablet.outbox.waiting()} == {"receipt-key-unknown"}


@pytest.mark.parametrize(
    "change", [{"received_at": "2020-01-01T00:00:00Z"}, {"signature": "A" * 86}]
)
async def test_a_receipt_changed_on_its_way_is_not_believed(tablet, change):
    await delivered(tablet, Liar(tablet, lambda one: receipt_of(tablet, one) | change))
    assert {one.problem["code"] for one in tablet.outbox.waiting()} == {"receipt-forged"}


@pytest.mark.parametrize("receipt", [None, "x", {}, [], {"signature": 7}])
async def test_no_receipt_is_none(tablet, receipt):
    assert (await delivered(tablet, Liar(tablet, lambda _: receipt))).sent == 0
    assert {one.problem["code"] for one in tablet.outbox.waiting()} == {"receipt-differs"}


async def test_a_receipt_without_a_signature_waits_and_says_so(tablet):
    def receipt(one):
        return {"letter": one.id, "sha256": one.sha256, "received_at": AT, "state": "applied"}

    await delivered(tablet, Liar(tablet, receipt))
    assert {one.problem["code"] for one in tablet.outbox.waiting()} == {"receipt-unsigned"}
    assert (await delivered(tablet, Liar(tablet, honest(tablet)))).sent == 2
    assert {one.problem for one in tablet.outbox.letters()} == {None}


async def test_a_key_that_is_new_is_asked_for_once_and_the_old_one_kept(tablet):
    old = STRANGER.public_keys
    signed = {one.id: receipt_of(tablet, one) for one in tablet.outbox.letters()}
    tablet.set("receipt_keys", old)
    liar = Liar(tablet, lambda one: signed[one.id])
    assert (await delivered(tablet, liar)).sent == 2
    assert liar.asked.count("/v1/receipt-keys") == 1
    assert receipt_keys(tablet) == old | OFFICE_KEY.public_keys


async def test_a_rejection_counts_though_its_receipt_is_not_believed(tablet):
    def receipt(one):
        return receipt_of(tablet, one, state="rejected") | {"signature": "A" * 86}

    assert (await delivered(tablet, Liar(tablet, receipt, "rejected"))).refused == 2
    assert {(one.state, one.receipt) for one in tablet.outbox.letters()} == {("refused", None)}
    assert tablet.outbox.receipted() == (2, 0)


async def test_a_refresh_brings_the_keys_of_the_real_office(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    await refresh(store, client)
    assert receipt_keys(store) == office.case.state.receipt_signer.public_keys
    await fetch_receipt_keys(store, client)
    assert len(receipt_keys(store)) == 1
