"""Numbers on the tablet: none is lost. A draft given up gives its number back, or voids it in writing."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import field_app.actions.compose_document as compose_module
import field_app.actions.return_numbers as return_module
import field_app.refresh as refresh_module
from field_app.actions.compose_document import compose_document
from field_app.actions.discard_draft import REASONS, discard_draft, must_void
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document
from field_app.actions.return_numbers import return_numbers
from field_app.actions.void_number import YEAR_TURNED
from field_app.forecast import LEASE, LEAST, NUMBERED, few, wanted, years
from field_app.moments import day, kept, now, read
from field_app.refresh import top_up
from field_app.refusals import DocumentIssued, DocumentUnknown, NumberQuoted, VoidReasonMissing
from field_app.shelves.leases import NoNumbersLeft
from paper.values import BEIJING
from tests.field_app.tablet import NUMBERED as ALL_NUMBERED
from tests.field_app.tablet import answered, begun, filled, lease, signed
from tests.field_app.weather import CUT, Weather

RECORD, ORDER, OPINION = NUMBERED
YEAR = day(now()).year


@pytest.fixture
def store(tmp_path):
    opened = filled(tmp_path / "tablet")
    yield opened
    opened.close()


@pytest.fixture
def visit(store):
    """An inspection that found two things, and has ended."""
    inspection_id = answered(store, begun(store))
    finish_inspection(store, inspection_id)
    return inspection_id


def sequence(document):
    return int(document.number.partition("〕")[2].removesuffix("号"))


def letters(store, kind):
    return [one.body for one in store.outbox.letters() if one.kind == kind]


def next_year(monkeypatch, *modules):
    at = datetime(YEAR + 1, 1, 2, 8, 0, tzinfo=BEIJING)
    for module in (compose_module, return_module, *modules):
        monkeypatch.setattr(module, "now", lambda: at)
    return at


def test_a_number_that_nobody_saw_goes_to_the_next_draft(store, visit):
    draft = compose_document(store, visit, ORDER)
    assert not must_void(store, draft.id)
    discard_draft(store, draft.id)
    assert store.documents.one(draft.id) is None
    assert store.leases.left(ORDER, YEAR) == 20
    assert letters(store, "number.void") == []
    again = compose_document(store, visit, ORDER)
    assert (again.number, store.leases.left(ORDER, YEAR)) == (draft.number, 19)


def test_a_number_that_somebody_signed_under_is_voided_with_a_reason(store, visit):
    draft = signed(store, compose_document(store, visit, ORDER).id)
    number = store.documents.one(draft).number
    assert must_void(store, draft)
    with pytest.raises(VoidReasonMissing, match="已用于签名"):
        discard_draft(store, draft, "  ")
    assert store.documents.one(draft).number == number
    discard_draft(store, draft, REASONS[0])
    (body,) = letters(store, "number.void")
    assert (body["sequence"], body["reason"], body["device"]) == (21, REASONS[0], store.device)
    assert store.record(body["id"]) == body
    again = compose_document(store, visit, ORDER)
    assert sequence(again) == 22
    assert store.documents.signatures(again.id) == []


def test_a_draft_that_was_changed_after_a_signature_is_still_known_outside(store, visit):
    draft = signed(store, compose_document(store, visit, RECORD).id)
    compose_document(store, visit, RECORD, {"party_opinion": "objected"})
    assert store.documents.signatures(draft) == []
    assert must_void(store, draft)


def test_an_issued_document_is_not_given_up(store, visit):
    issued = issue_document(store, signed(store, compose_document(store, visit, ORDER).id))
    with pytest.raises(DocumentIssued):
        discard_draft(store, issued.id, REASONS[0])
    with pytest.raises(DocumentUnknown):
        discard_draft(store, "nothing", REASONS[0])


def test_a_record_names_no_order_that_was_given_up(store, visit):
    order = compose_document(store, visit, ORDER)
    record = compose_document(store, visit, RECORD)
    signed(store, record.id)
    assert order.number
    assert order.number in json.dumps(record.data, ensure_ascii=False)
    discard_draft(store, order.id)
    after = store.documents.one(record.id)
    assert order.number not in json.dumps(after.data, ensure_ascii=False)
    assert store.documents.signatures(record.id) == []


def test_an_order_whose_number_the_officer_wrote_elsewhere_is_not_given_up(store, visit):
    order = compose_document(store, visit, ORDER)
    compose_document(store, visit, RECORD, {"handling": f"已下达{order.number}。"})
    with pytest.raises(NumberQuoted):
        discard_draft(store, order.id)
    assert store.documents.one(order.id) == order
    assert store.leases.left(ORDER, YEAR) == 19


def test_an_order_that_an_issued_record_names_is_not_given_up(store, visit):
    order = compose_document(store, visit, ORDER)
    record = compose_document(store, visit, RECORD)
    issue_document(store, signed(store, record.id))
    with pytest.raises(NumberQuoted, match=r"已出具"):
        discard_draft(store, order.id)
    assert store.leases.left(ORDER, YEAR) == 19


def test_a_draft_of_last_year_voids_its_number_and_the_record_follows(store, visit, monkeypatch):
    order = compose_document(store, visit, ORDER)
    compose_document(store, visit, RECORD)
    next_year(monkeypatch)
    for kind in (ORDER, RECORD):
        lease(store, kind, first=1, year=YEAR + 1)
    anew = compose_document(store, visit, ORDER)
    assert (anew.id, anew.number) == (order.id, f"（河）应急责改〔{YEAR + 1}〕1号")
    bodies = letters(store, "number.void")
    assert [(one["sequence"], one["reason"]) for one in bodies] == [(21, YEAR_TURNED)] * 2
    record = store.documents.about(visit, RECORD)
    assert record.number == f"（河）应急检记〔{YEAR + 1}〕1号"
    assert anew.number
    assert anew.number in json.dumps(record.data, ensure_ascii=False)
    assert not must_void(store, anew.id)


def test_numbers_of_last_year_are_given_back_once(store, visit, monkeypatch):
    assert return_numbers(store) == 0
    for spare in (compose_document(store, visit, RECORD), compose_document(store, visit, ORDER)):
        if spare.kind == RECORD:
            taken = spare
        else:
            discard_draft(store, spare.id)
    next_year(monkeypatch)
    assert return_numbers(store) == 59
    runs = {one["lease_id"].split("-1408")[0]: (one["first"], one["last"])
            for one in letters(store, "number.return")}  # fmt: skip
    assert len(letters(store, "number.return")) == len(runs) + 1  # the spare stands by itself
    assert runs == {RECORD: (22, 40), ORDER: (22, 40), OPINION: (21, 40)}
    assert return_numbers(store) == 0
    assert [store.leases.left(kind, YEAR) for kind in NUMBERED] == [0, 0, 0]
    with pytest.raises(NoNumbersLeft), store.atomic():
        store.leases.take(ORDER, YEAR, "140882")
    # A draft that was never shown has no lease to go back to any more: its number is voided.
    discard_draft(store, taken.id)
    assert [one["sequence"] for one in letters(store, "number.void")] == [21]


def test_a_tablet_asks_for_what_it_uses(store, visit):
    at = now()
    store.db.conn.execute("update lease set asked_at = ?", (kept(at),))
    assert (wanted(store, RECORD, at), few(store, RECORD, at)) == (LEASE, 8)
    store.db.conn.execute("update lease set asked_at = '2020-01-01T00:00:00Z'")
    assert (wanted(store, RECORD, at), few(store, RECORD, at)) == (LEAST, 2)
    for nth in range(40):
        store.db.conn.execute(
            "insert into document (id, about, inspection_id, kind, template, number, lease_id, "
            "chosen, data, digest, made_at) select ?, ?, '', ?, '', ?, id, '{}', '{}', '', ? "
            "from lease limit 1",
            (f"d{nth}", f"a{nth}", RECORD, f"n{nth}", kept(at - timedelta(days=nth))),
        )
    assert (wanted(store, RECORD, at), few(store, RECORD, at)) == (20, 8)
    assert wanted(store, ORDER, at) == LEAST


def test_numbers_of_the_next_year_are_taken_along_before_it_begins():
    assert years(read("2026-12-14T10:00:00Z")) == [2026]
    assert years(read("2026-12-15T10:00:00Z")) == [2026, 2027]
    assert years(read("2026-12-31T16:00:00Z")) == [2027]


async def test_the_first_refresh_of_a_year_returns_the_old_and_brings_the_new(
    office, tablet_of, monkeypatch
):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    weather.script, weather.only = [CUT], "/number-leases/"
    await refresh_module.refresh(store, client, datasets=("units",))
    lost = len(store.leases.asked())
    assert lost
    at = next_year(monkeypatch, refresh_module)
    assert await top_up(store, client) == 3 + lost
    assert [store.leases.left(kind, at.year) for kind in NUMBERED] == [LEASE] * 3
    returned = letters(store, "number.return")
    assert sum(one["last"] - one["first"] + 1 for one in returned) == (
        3 * LEASE + (len(ALL_NUMBERED) - 3) * LEAST
    )
    assert await top_up(store, client) == 0
    assert letters(store, "number.return") == returned


WROTE = {RECORD: {"handling": "责令改正。"}}
STEPS = st.lists(
    st.tuples(st.sampled_from(("compose", "sign", "issue", "discard", "year")), st.integers(0, 2)),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_whatever_an_officer_does_each_number_is_in_one_place(tmp_path_factory, steps):
    """On the tablet: left, spare, in a draft, in a document, voided or returned; never two of them."""
    store = filled(tmp_path_factory.mktemp("tablet"))
    first = answered(store, begun(store))
    finish_inspection(store, first)
    year = YEAR
    with pytest.MonkeyPatch.context() as patch:
        for step, kind in ((one, NUMBERED[:2][at % 2]) for one, at in steps):
            draft = store.documents.about(first, kind)
            if step == "year" and year == YEAR:
                year += 1
                next_year(patch)
                for one in NUMBERED:
                    lease(store, one, first=1, year=year)
                return_numbers(store)
            elif step == "compose":
                compose_document(store, first, kind, WROTE.get(kind))
            elif draft and not draft.issued_at and step == "sign":
                signed(store, draft.id)
            elif draft and step == "discard" and not draft.issued_at:
                discard_draft(store, draft.id, REASONS[0] if draft.shown_at else "")
            elif draft and step == "issue" and draft.shown_at and year == YEAR:
                signed(store, draft.id) if not draft.issued_at else None
                issue_document(store, draft.id)
            _require_each_number_once(store)
    store.close()


def _require_each_number_once(store):
    found: list[tuple[str, int]] = []
    given: list[tuple[str, int]] = []
    for lease_id, low, following, high, returned in store.db.conn.execute(
        "select id, first, next, last, returned_at from lease"
    ).fetchall():
        given += [(lease_id, n) for n in range(low, high + 1)]
        found += [(lease_id, n) for n in range(following, high + 1) if not returned]
    found += store.db.conn.execute("select lease_id, sequence from spare").fetchall()
    for lease_id, number in store.db.conn.execute("select lease_id, number from document"):
        found.append((lease_id, store.leases.sequence(lease_id, number)))
    found += [(one["lease_id"], one["sequence"]) for one in letters(store, "number.void")]
    for one in letters(store, "number.return"):
        found += [(one["lease_id"], n) for n in range(one["first"], one["last"] + 1)]
    assert sorted(found) == sorted(given)
