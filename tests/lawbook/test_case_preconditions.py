"""What must have happened before each document of a case: every combination, against a second telling."""

from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from lawbook.case_needs import ACT, APPROVED, DOCUMENT, FACT, FACTS, DocumentTooEarly
from lawbook.case_preconditions import (
    APPROVALS,
    TABLE,
    approval_given,
    cutting_power,
    power_told,
    require,
    wanting,
)
from lawbook.penalty import acts
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.matters import MATTERS
from paper.template import load_template

assert acts.KINDS
CONTENT = Path(__file__).parents[2] / "content" / "documents"
SAID = {
    "case-filing-approval": "+propose-filing/+supplement-filing",
    "case-end-approval": "+approve-filing",
    "inquiry-notice": "",
    "inquiry-record": "inquiry-notice/+notify-inquiry",
    "survey-record": "",
    "sampling-receipt": "",
    "appraisal-commission": "+approve-filing",
    "evidence-registration-approval": "",
    "evidence-registration-notice": "*evidence-registration-approval/+approve-measure-register-evidence",
    "registered-evidence-approval": "evidence-registration-notice/+register-evidence",
    "registered-evidence-decision": "evidence-registration-notice/+register-evidence"
    " *registered-evidence-approval/+approve-measure-dispose-registered-evidence",
    "seizure-approval": "",
    "seizure-decision": "!urgent:*seizure-approval/+approve-measure-seal",
    "seizure-extension": "seizure-decision/+seal/+take-over-measure *matter-approval/+approve-measure-extend-sealing",
    "seized-goods-approval": "seizure-decision/+seal/+take-over-measure",
    "seized-goods-decision": "seizure-decision/+seal/+take-over-measure"
    " *seized-goods-approval/+approve-measure-dispose-sealed",
    "investigation-report": "+approve-filing",
    "legal-review-opinion": "investigation-report",
    "deliberation-record": "investigation-report",
    "matter-approval": "",
    "prior-notice": "investigation-report",
    "hearing-right-notice": "prior-notice",
    "defence-record": "prior-notice +serve-penalty-notice",
    "hearing-notice": "hearing-right-notice +serve-hearing-notice +request-hearing",
    "hearing-refusal": "+request-hearing",
    "hearing-record": "hearing-notice",
    "hearing-report": "hearing-notice hearing-record/+hold-hearing",
    "case-handling-approval": "!no-penalty:prior-notice ?hearing-asked:hearing-report/hearing-refusal"
    " ?review-due:+review-legality",
    "no-penalty-decision": "investigation-report *case-handling-approval/+approve-decision",
    "on-the-spot-penalty": "=told-on-the-spot/prior-notice/+notify-penalty",
    "service-receipt": "",
    "case-service-receipt": "+serve",
    "fine-reminder": "penalty-decision/penalty-decision-person/on-the-spot-penalty +serve-decision",
    "late-payment-fine": "penalty-decision/penalty-decision-person/on-the-spot-penalty"
    " +serve-decision +add-late-fine",
    "payment-relief-approval": "prior-notice/on-the-spot-penalty"
    " penalty-decision/penalty-decision-person/on-the-spot-penalty +serve-decision",
    "payment-relief": "penalty-decision/penalty-decision-person/on-the-spot-penalty"
    " *payment-relief-approval/+allow-instalments/+defer-payment",
    "demand-notice": "penalty-decision/penalty-decision-person/on-the-spot-penalty +serve-decision",
    "court-application": "prior-notice/on-the-spot-penalty"
    " penalty-decision/penalty-decision-person/on-the-spot-penalty demand-notice"
    " +serve-demand +apply-to-court",
    "case-transfer-approval": "!crime:investigation-report",
    "case-transfer": "*case-transfer-approval/+transfer",
    "crime-transfer": "*case-transfer-approval/+transfer",
    "evidence-handover": "+record-police-answer",
    "case-closure": "=everything-approved penalty-decision/penalty-decision-person/"
    "no-penalty-decision/case-end-approval/case-transfer/crime-transfer/on-the-spot-penalty",
    "penalty-revocation": "penalty-decision/penalty-decision-person/no-penalty-decision/on-the-spot-penalty"
    " +revoke-decision",
    "withdrawal-order": "",
    "supply-cut-decision": "on-site-measures/withdrawal-order *matter-approval ?power-cut:=power-cut-told",
    "supply-cut-letter": "supply-cut-decision +serve-supply-cut ?power-cut:=power-cut-told",
    "supply-restore-letter": "supply-cut-letter",
}
SAID["penalty-decision"] = SAID["penalty-decision-person"] = (
    "prior-notice +serve-penalty-notice ?hearing-asked:hearing-report/hearing-refusal ?review-due:+review-legality"
    " *case-handling-approval/+approve-decision ?deliberation-due:+deliberate/deliberation-record"
)
"""The same once more in words: a document issued, *approved, +act, =fact; / or; ?fact: only when it
holds; !fact: only when it does not."""
SIGNS = {"*": APPROVED, "+": ACT, "=": FACT}


def token(word):
    return SIGNS[word[0]] + word[1:] if word[0] in SIGNS else DOCUMENT + word


def told(said):
    """(fact, whether it must hold or not, the ways) for each precondition in words."""
    for need in said.split():
        gate, _, ways = need.rpartition(":")
        yield (FACT + gate[1:] if gate else "", gate[:1], [token(way) for way in ways.split("/")])


def stands(said, happened):
    return [
        bool(set(ways) & happened)
        or (sign == "?" and fact not in happened)
        or (sign == "!" and fact in happened)
        for fact, sign, ways in told(said)
    ]


def test_every_document_of_the_table_is_told_twice():
    assert set(SAID) == set(TABLE)


@pytest.mark.parametrize("kind", sorted(TABLE))
def test_every_combination_of_what_may_have_happened_gives_the_same_verdict(kind):
    things = sorted(
        {one for fact, _, ways in told(SAID[kind]) for one in (fact, *ways) if one} | {"act:pay"}
    )
    for chosen in product((False, True), repeat=len(things)):
        happened = {one for one, here in zip(things, chosen, strict=True) if here}
        expected = stands(SAID[kind], happened)
        assert [need.met(happened) for need in TABLE[kind]] == expected, happened
        assert len(wanting(kind, happened)) == expected.count(False)


@pytest.mark.parametrize("kind", sorted(TABLE))
def test_a_refusal_names_each_precondition_its_article_and_what_mends_it(kind):
    every_gate = {
        FACT + one for one in FACTS if one not in {"urgent", "crime", "says-approved", "no-penalty"}
    }
    happened = every_gate - {
        FACT + one for one in ("told-on-the-spot", "everything-approved", "power-cut-told")
    }
    if not TABLE[kind]:
        require(kind, set())
        return
    with pytest.raises(DocumentTooEarly) as refused:
        require(kind, happened)
    problem = refused.value.problem()
    assert len(problem["wanting"]) == len(TABLE[kind])
    for one in problem["wanting"]:
        assert one["title"]
        assert "§" in one["law"]
        assert one["law"] in problem["detail"]
        assert one["next_step"] in problem["next_step"]


def test_what_mends_a_precondition_can_be_done():
    """A button leads to a form that exists or to an act; only completeness is mended by work."""
    for kind, needs in TABLE.items():
        for need in needs:
            if need.mends is None:
                assert kind in {"case-closure", "supply-cut-decision", "supply-cut-letter"}
            elif need.mends[0] == "document":
                assert (CONTENT / need.mends[1] / "document.toml").is_file(), need.mends


def test_no_document_waits_for_itself_even_round_corners():
    before = {
        kind: {
            one.partition(":")[2]
            for need in needs
            for one in need.any_of[:1]
            if not one.startswith((ACT, FACT))
        }
        for kind, needs in TABLE.items()
    }
    for kind in TABLE:
        seen, left = set(), set(before[kind])
        while left:
            one = left.pop()
            assert one != kind
            seen.add(one)
            left |= before.get(one, set()) - seen


def test_every_form_of_a_case_has_its_line():
    forms = [load_template(folder) for folder in CONTENT.iterdir()]
    assert {form.code for form in forms if form.about == "case"} <= set(TABLE)


def test_a_form_of_the_bureaus_own_has_no_preconditions():
    require("our-own-form", set())


@pytest.mark.parametrize("kind", sorted(APPROVALS))
def test_a_form_that_says_it_was_approved_has_the_approving_act_behind_it(kind):
    says = {FACT + "says-approved"}
    (need,) = approval_given(kind)
    assert need in wanting(kind, says)
    assert need not in wanting(kind, set())
    for act in APPROVALS[kind]:
        assert need not in wanting(kind, says | {ACT + act})
    assert need.mends is not None
    assert need.mends[0] == "act"


def test_the_approval_of_another_measure_is_none():
    says = {FACT + "says-approved", ACT + "approve-measure-register-evidence"}
    assert approval_given("seizure-approval")[0] in wanting("seizure-approval", says)
    assert wanting("seizure-decision", {ACT + "approve-measure-register-evidence"})
    assert not wanting("seizure-decision", {ACT + "approve-measure-seal"})


def test_what_a_precondition_waits_for_is_an_act_that_can_be_done():
    """The table's words are those of real acts, with what these are of: serve-decision, not deliver."""
    served = next(field for field in REGISTRY["serve"].shape if field.name == "of").choices
    known = {*REGISTRY, *(f"serve-{code}" for code, _ in served)}
    known |= {f"approve-measure-{code}" for code in MATTERS}
    needs = [need for kind in TABLE for need in (*TABLE[kind], *approval_given(kind))]
    asked = {one.removeprefix(ACT) for need in needs for one in need.any_of if one.startswith(ACT)}
    assert asked <= known
    assert {need.mends[1] for need in needs if need.mends and need.mends[0] == "act"} <= set(
        REGISTRY
    )


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"from_at": "2026-03-06T08:59:00+08:00"}, True),
        ({"from_at": "2026-03-06T09:00:00+08:00"}, False),
        ({"from_at": "2026-03-05T09:00:00+08:00", "urgent": "危及生产安全"}, False),
        ({"from_at": "2026-03-05T09:00:00+08:00", "urgent": " "}, True),
        ({"from_at": "2026-03-05T09:00:00+08:00", "supplies": ["explosives"]}, False),
        ({"from_at": None}, True),
    ],
)
def test_power_is_cut_a_day_after_it_was_told_but_in_an_emergency(said, refused):
    """安全生产法 §70(2)."""
    told = cutting_power({"supplies": ["power"]} | said, datetime(2026, 3, 5, 1, tzinfo=UTC))
    happened = told | {DOCUMENT + "on-site-measures", APPROVED + "matter-approval"}
    titles = [one.title for one in wanting("supply-cut-decision", happened)]
    assert titles == (["停止供电没有提前二十四小时通知"] if refused else [])


@pytest.mark.parametrize(
    ("served_at", "urgent", "refused"),
    [
        ("2026-03-05T09:00:00+08:00", "", False),
        ("2026-03-05T09:01:00+08:00", "", True),
        ("2026-03-05T09:01:00+08:00", "即将爆炸", False),
        ("", "", True),
    ],
)
def test_the_supplier_is_asked_to_cut_a_day_after_the_decision_was_served(
    served_at, urgent, refused
):
    """安全生产法 §70(2): the day counts from the service, whenever the decision was made."""
    letter = {"supplies": ["power"], "from_at": "2026-03-06T09:00:00+08:00"}
    told = power_told(letter, {"urgent": urgent}, served_at)
    happened = told | {DOCUMENT + "supply-cut-decision", ACT + "serve-supply-cut"}
    assert bool(wanting("supply-cut-letter", happened)) is refused
    assert power_told({"supplies": ["explosives"]}, {}, served_at) == frozenset()
