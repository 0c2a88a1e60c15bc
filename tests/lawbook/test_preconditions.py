"""What must hold before each document: every combination, and one fact at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from lawbook.inspection import PresentOfficer
from lawbook.preconditions import TABLE, Grounds, judge, may_begin
from lawbook.signatures import Signed, lacking, noted

AT = datetime(2026, 6, 23, 3, 40, tzinfo=UTC)
ON = date(2026, 6, 23)
VALID = (
    PresentOfficer("1", "张岳", date(2030, 1, 1)),
    PresentOfficer("2", "李秋", date(2030, 1, 1)),
)
EXPIRED = (VALID[0], PresentOfficer("2", "李秋", date(2026, 6, 22)))
APPROVED = {"approved_by": "尚国平", "approved_at": "2026-06-23T11:00:00+08:00"}
PENALTY = {"party_kind": "organisation", "told": True, "penalties": ["fine"], "fine": 200_000,
           "payment": "bank", "findings": [{"finding": "a"}]}  # fmt: skip


def said(**changes):
    return lambda g: replace(g, said={**g.said, **changes})


def without(*names):
    return lambda g: replace(g, said={k: v for k, v in g.said.items() if k not in names})


OFFICERS = {"certificate-not-valid": lambda g: replace(g, officers=EXPIRED)}
NO_FINDING = lambda g: replace(g, findings=0)  # noqa: E731
NONE_ISSUED = lambda g: replace(g, issued=frozenset())  # noqa: E731
COVERED = lambda g: replace(g, covered={"a": "（河）应急责改〔2026〕1号"})  # noqa: E731
FACTS = {
    "inspection-notice": {},
    "inspection-record": {},
    "inquiry-notice": {},
    "survey-record": {},
    "sampling-receipt": {},
    "correction-order": {"nothing-to-correct": NO_FINDING, "finding-covered": COVERED},
    "on-site-measures": {
        "record-first": NONE_ISSUED,
        "nothing-to-handle": NO_FINDING,
        "finding-covered": COVERED,
    },
    "inquiry-record": {
        "inquiry-notice-first": NONE_ISSUED,
        "corrections-unsaid": said(confirmed="agreed_but"),
    },
    "evidence-registration-notice": {"registration-not-approved": without("approved_by")},
    "seizure-decision": {
        "seizure-not-approved": without("approved_at"),
        "seizure-too-long": said(until="2026-07-24"),
    },
    "on-the-spot-penalty": {
        "nothing-to-punish": NO_FINDING,
        "finding-covered": COVERED,
        "party-not-told": without("told"),
        "fine-unclear": said(penalties=["warning"]),
        "fine-above-ceiling": said(fine=300_001),
        "not-to-be-collected": said(payment="at_once"),
    },
    "reinspection-opinion": {
        "not-reinspected": lambda g: replace(g, reinspected=False),
        "order-first": NONE_ISSUED,
    },
    "service-receipt": {"nothing-to-serve": NONE_ISSUED},
    "correction-notice": {"nothing-corrected": lambda g: replace(g, corrects=False)},
}
"""Kind → the refusal that each fact brings when it alone is changed."""
CASES = [(kind, code) for kind, facts in FACTS.items() for code in (*facts, *OFFICERS)]


def good(kind):
    """Grounds on which a document of this kind stands."""
    content: dict[str, dict[str, Any]] = {
        "correction-order": {"problems": [{"finding": "a"}]},
        "on-site-measures": {"problems": [{"finding": "b"}, {"finding": "a"}]},
        "seizure-decision": APPROVED | {"approval": "prior", "until": "2026-07-23"},
        "evidence-registration-notice": APPROVED,
        "on-the-spot-penalty": PENALTY,
    }
    issued = frozenset(("inspection-record", "inquiry-notice", "correction-order"))
    return Grounds(AT, ON, VALID, issued, 2, True, True, content.get(kind, {}))


def codes(kind, grounds):
    return {one.code for one in judge(kind, grounds)}


def test_every_kind_of_the_table_is_tried():
    assert set(FACTS) == set(TABLE)


@pytest.mark.parametrize("kind", FACTS)
def test_on_good_grounds_every_document_stands(kind):
    assert judge(kind, good(kind)) == ()


@pytest.mark.parametrize(("kind", "code"), CASES)
def test_one_fact_changed_brings_exactly_one_refusal(kind, code):
    worse = (FACTS[kind] | OFFICERS)[code](good(kind))
    (refusal,) = judge(kind, worse)
    assert refusal.code == code
    assert refusal.law or code == "nothing-corrected"
    assert refusal.next_step


@pytest.mark.parametrize("kind", FACTS)
def test_facts_do_not_hide_one_another(kind):
    changes = FACTS[kind] | OFFICERS
    for chosen in product((False, True), repeat=len(changes)):
        grounds = good(kind)
        expected: set[Any] = set()
        for (code, change), wanted in zip(changes.items(), chosen, strict=True):
            if wanted:
                grounds, expected = change(grounds), expected | {code}
        assert codes(kind, grounds) == expected


@pytest.mark.parametrize("kind", FACTS)
def test_what_keeps_a_draft_from_being_begun_keeps_it_from_being_issued(kind):
    for change in (FACTS[kind] | OFFICERS).values():
        worse = change(good(kind))
        assert {one.code for one in may_begin(kind, worse)} <= codes(kind, worse)


def test_one_officer_is_too_few_for_any_document():
    for kind in FACTS:
        assert codes(kind, replace(good(kind), officers=VALID[:1])) == {"too-few-officers"}


def test_a_kind_without_a_row_needs_two_officers_and_no_more():
    assert judge("something-new", good("inspection-record")) == ()


@pytest.mark.parametrize(
    ("party", "fine", "stands"),
    [
        ("person", 20_000, True),
        ("person", 20_001, False),
        ("organisation", 300_000, True),
        ("organisation", 300_001, False),
        ("village", 1, False),
    ],
)
def test_a_fine_on_the_spot_has_a_ceiling_by_who_is_fined(party, fine, stands):
    grounds = said(party_kind=party, fine=fine)(good("on-the-spot-penalty"))
    assert ("fine-above-ceiling" not in codes("on-the-spot-penalty", grounds)) == stands


def test_a_fine_of_a_hundred_yuan_may_be_taken_at_once_and_more_with_a_reason():
    small = said(payment="at_once", fine=10_000)(good("on-the-spot-penalty"))
    assert codes("on-the-spot-penalty", small) == set()
    more = said(fine=10_001)(small)
    assert codes("on-the-spot-penalty", more) == {"not-to-be-collected"}
    reasoned = said(collection_reason="不当场收缴事后难以执行")(more)
    assert codes("on-the-spot-penalty", reasoned) == set()


def test_registered_evidence_is_approved_beforehand_and_never_afterwards():
    late = said(approved_at="2026-06-23T03:40:01+00:00")(good("evidence-registration-notice"))
    assert codes("evidence-registration-notice", late) == {"registration-not-approved"}
    unreadable = said(approved_at="昨天")(late)
    assert codes("evidence-registration-notice", unreadable) == {"registration-not-approved"}


def test_an_urgent_seizure_states_its_reason_instead_of_an_approval():
    urgent = without("approved_by", "approved_at")(good("seizure-decision"))
    urgent = said(approval="urgent")(urgent)
    assert codes("seizure-decision", urgent) == {"seizure-not-approved"}
    assert codes("seizure-decision", said(urgent_reason="可能烧穿")(urgent)) == set()


def test_an_opinion_may_follow_an_order_measures_or_a_seizure():
    for kind in ("correction-order", "on-site-measures", "seizure-decision"):
        grounds = replace(good("reinspection-opinion"), issued=frozenset((kind,)))
        assert codes("reinspection-opinion", grounds) == set()


def signed(role, number=None, minute=0, refused=None):
    at = datetime(2026, 6, 23, 3, minute, tzinfo=UTC)
    return Signed(role, f"{role}{number or ''}", number, at, refused)


ASKED = {"officer": 2, "party": 1, "witness": 0}
TWO = [signed("officer", "1", 10), signed("officer", "2", 11)]
NAMES = {"1": "张岳", "2": "李秋"}


def lacks(given):
    return [one.role for one in lacking(ASKED, NAMES, given)]


def test_two_officers_and_the_party_sign():
    assert lacks([]) == ["officer", "officer", "party"]
    assert lacks([*TWO, signed("party")]) == []
    assert lacks([TWO[0], TWO[0], signed("party")]) == ["officer"]
    assert lacks([*TWO, signed("witness")]) == ["party"]


def test_a_refusal_stands_with_a_witness_or_with_officers_who_sign_after_it():
    before, after = (
        signed("party", minute=5, refused="无理由"),
        signed("party", minute=30, refused="无理由"),
    )
    assert lacks([*TWO, before]) == []
    assert lacks([*TWO, after]) == ["witness"]
    assert lacks([*TWO, after, signed("witness")]) == []
    assert not noted(replace(after, refused="  "), [*TWO, signed("witness")])


def test_who_refused_and_then_signed_has_signed():
    assert lacks([*TWO, signed("party", minute=30, refused="无理由"), signed("party")]) == []


def test_who_signed_the_printed_document_signed_every_page_of_it():
    first = replace(signed("party"), page=1)
    on_paper = replace(signed("party", minute=20), on_paper=True)
    assert lacking(ASKED, NAMES, [*TWO, first], 2)
    assert lacking(ASKED, NAMES, [*TWO, first, on_paper], 2) == []
    assert lacks([*TWO, on_paper]) == []
