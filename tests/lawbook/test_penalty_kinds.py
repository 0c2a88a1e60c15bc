"""Kinds of penalty, the spot's ceilings, and when hearing, deliberation and review are due."""

import pytest

from lawbook.penalty_kinds import (
    HEARD_KINDS,
    KINDS,
    WITH_SUM,
    Imposed,
    Penalty,
    PenaltyKind,
    PenaltyNotSound,
    SummaryNotAllowed,
    deliberation_due,
    fine_of,
    hearing_due,
    heavier,
    legal_review_due,
    require_sound,
    require_summary,
    total,
)
from tests.lawbook.penalising import WAN, YUAN

LARGER = {"person": 2 * WAN, "organisation": 5 * WAN}

WARNING = Penalty(PenaltyKind.WARNING)


def fine(fen):
    return Penalty(PenaltyKind.FINE, fen)


def test_every_kind_has_its_name_and_its_item_of_article_nine():
    assert set(KINDS) == set(PenaltyKind)
    assert all(law.startswith("行政处罚法 §9(") for _, law in KINDS.values())


@pytest.mark.parametrize("kind", PenaltyKind)
def test_a_kind_has_a_sum_when_it_is_money_and_none_when_it_is_not(kind):
    amount = 100 if kind in WITH_SUM else None
    made = Penalty(kind, amount)
    assert Penalty.from_record(made.to_record()) == made
    for wrong in (None, 0, -1) if kind in WITH_SUM else (100,):
        with pytest.raises(PenaltyNotSound):
            Penalty(kind, wrong)


def test_a_penalty_is_told_as_a_decision_prints_it():
    assert fine(2 * WAN).told == "罚款贰万元整（¥20,000.00）"
    assert (
        Penalty(PenaltyKind.REVOCATION, detail="安全生产许可证").told
        == "吊销许可证件：安全生产许可证"
    )


def test_a_decision_has_each_kind_once():
    require_sound([WARNING, fine(100)])
    for wrong in ([], [fine(100), fine(100)]):
        with pytest.raises(PenaltyNotSound):
            require_sound(wrong)
    with pytest.raises(PenaltyNotSound, match="jail"):
        Penalty.from_record({"kind": "jail"})


@pytest.mark.parametrize(
    ("party", "ceiling"), [("person", 200 * YUAN), ("organisation", 3000 * YUAN)]
)
def test_the_ceiling_of_the_spot_is_itself_allowed_and_one_fen_more_is_not(party, ceiling):
    """行政处罚法 §51: 二百元以下、三千元以下均含本数."""
    require_summary(total([WARNING, fine(ceiling)]), party)
    require_summary(total([WARNING]), party)
    with pytest.raises(SummaryNotAllowed):
        require_summary(total([fine(ceiling + 1)]), party)


@pytest.mark.parametrize("kind", sorted(set(PenaltyKind) - {PenaltyKind.WARNING, PenaltyKind.FINE}))
def test_only_warnings_and_fines_are_decided_on_the_spot(kind):
    with pytest.raises(SummaryNotAllowed):
        require_summary(total([Penalty(kind, 1 if kind in WITH_SUM else None)]), "organisation")


@pytest.mark.parametrize("kind", HEARD_KINDS)
def test_a_grave_kind_is_heard_and_deliberated_whatever_the_sum(kind):
    assert [one.law for one in hearing_due(total([Penalty(kind)]), "person", LARGER, LARGER)] == [
        "行政处罚法 §63(1)"
    ]
    assert deliberation_due(total([Penalty(kind)]), "person", LARGER, complex_case=False)


@pytest.mark.parametrize("party", ["person", "organisation"])
def test_a_larger_fine_is_heard_from_the_regions_sum_on(party):
    most = LARGER[party]
    assert hearing_due(total([fine(most - 1)]), party, LARGER, LARGER) == []
    (reason,) = hearing_due(total([fine(most)]), party, LARGER, LARGER)
    assert "较大数额" in reason.text


def test_what_is_taken_is_added_up_and_a_warning_is_never_heard():
    taken = [
        Penalty(PenaltyKind.CONFISCATION, 3 * WAN), Penalty(PenaltyKind.GOODS_CONFISCATION, 2 * WAN),
    ]  # fmt: skip
    assert len(hearing_due(total(taken), "organisation", LARGER, LARGER)) == 1
    assert hearing_due(total(taken[:1]), "organisation", LARGER, LARGER) == []
    assert hearing_due(total([WARNING]), "person", LARGER, LARGER) == []


def test_deliberation_is_due_for_what_is_complex_and_from_the_regions_sum_on():
    least = LARGER["organisation"]
    assert not deliberation_due(
        total([fine(least - 1)]), "organisation", LARGER, complex_case=False
    )
    reasons = deliberation_due(total([fine(least)]), "organisation", LARGER, complex_case=True)
    assert [one.law for one in reasons] == ["行政处罚法 §57(2)"] * 2
    assert fine_of([WARNING, fine(least)]) == least


def test_legal_review_is_due_in_the_four_cases_of_the_article_and_in_no_other():
    """行政处罚法 §58."""
    names = ("public_interest", "heard", "complex_case", "listed")
    for number in range(16):
        told = {name: bool(number >> place & 1) for place, name in enumerate(names)}
        assert len(legal_review_due(**told)) == sum(told.values())


def test_a_confiscation_of_which_nobody_says_what_is_larger_gives_the_right_to_a_hearing():
    """行政处罚法 §63(1)第二项: 较大数额, 较大价值; no source that was read says how much that is."""
    taken = Imposed(frozenset({PenaltyKind.GOODS_CONFISCATION}), taken=1)
    assert len(hearing_due(taken, "person", LARGER, None)) == 1
    unsaid = Imposed(frozenset({PenaltyKind.CONFISCATION}))
    assert len(hearing_due(unsaid, "person", LARGER, LARGER)) == 1
    assert hearing_due(taken, "person", LARGER, LARGER) == []


def test_heavier_is_another_kind_or_a_larger_sum():
    """行政处罚法 §45(2): what the party was told of is the most that it may get."""
    before = total([WARNING, fine(3 * WAN)])
    assert not heavier(before, before)
    assert not heavier(before, total([fine(2 * WAN)]))
    assert heavier(before, total([fine(3 * WAN + 1)]))
    assert heavier(before, total([WARNING, fine(3 * WAN), Penalty(PenaltyKind.CLOSURE)]))
    assert heavier(total([fine(1)]), total([WARNING, fine(1)]))
    assert heavier(
        total([Penalty(PenaltyKind.CONFISCATION, 1)]), total([Penalty(PenaltyKind.CONFISCATION, 2)])
    )
