"""Lists by keyset: a cursor comes back as it was, and what is none is malformed."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.change_feed import Cursor
from services.kit.pages import next_cursor, read_cursor
from services.kit.problems import Malformed

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(texts, min_size=1, max_size=4))
def test_a_cursor_is_read_back_as_it_was(key):
    assert read_cursor(next_cursor(*key), len(key)) == key


@given(st.lists(texts, min_size=1, max_size=4))
def test_a_cursor_of_another_list_is_malformed(key):
    with pytest.raises(Malformed):
        read_cursor(next_cursor(*key), len(key) + 1)


@given(st.text(min_size=1) | st.binary(min_size=1).map(lambda b: base64.b64encode(b).decode()))
def test_whatever_comes_is_a_key_or_malformed(text):
    try:
        key = read_cursor(text, 2)
    except Malformed:
        return
    assert key is None or len(key) == 2


@given(st.text() | st.binary().map(lambda b: base64.urlsafe_b64encode(b).decode()))
def test_whatever_comes_is_a_place_in_a_feed_or_malformed(text):
    try:
        place = Cursor.read(text)
    except Malformed:
        return
    assert Cursor.read(str(place)) == place


def test_no_cursor_is_the_beginning():
    assert read_cursor(None, 2) is None
    assert read_cursor("", 2) is None


@pytest.fixture
async def ledger(place, keys, folders, run_app, client_of):
    from services.ledger_svc.app import ledger_app
    from services.ledger_svc.settings import LedgerSettings

    settings = LedgerSettings(
        database_url=place.url("ledger_svc"), claims_public_key=keys.public,
        claims_private_key=keys.private, receipt_private_key=keys.private, **folders,
    )  # fmt: skip
    return client_of(await run_app(ledger_app(settings)), "140882", "officer")


def coded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "after",
    ["x", "....", "%00", coded("[]"), coded("{}"), coded('["a"]'), coded("[1,2]"), coded("null"),
     coded('["a","b","c"]'), coded('["\\u0000","b"]'), "é", "a" * 501],
)  # fmt: skip
async def test_a_cursor_that_is_none_is_malformed_on_the_wire(ledger, after):
    answer = await ledger.get("/v1/entities", params={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize("limit", ["0", "-1", "501", "x", "1e3", ""])
async def test_a_page_has_between_one_and_five_hundred_lines(ledger, limit):
    answer = await ledger.get("/v1/entities", params={"limit": limit})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "/query/limit"
