"""What is ordered, by when, and what closes it."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lawbook.rectification import (
    CorrectionDateImpossible,
    DayHasCome,
    NotAHazardOfThisOrder,
    NothingToCorrect,
    NotLater,
    ReinspectionOutcome,
    close,
    proposed_correct_by,
    require_due,
    require_later,
    require_order,
)

ON = date(2026, 6, 23)
CORRECTED, NOT_CORRECTED, _ = ReinspectionOutcome
hazards = st.frozensets(st.text(min_size=1, max_size=3), max_size=6)
results = st.dictionaries(st.text(min_size=1, max_size=3), st.sampled_from(ReinspectionOutcome))


@pytest.mark.parametrize(
    ("days", "major", "after"), [(None, False, 15), (None, True, 30), (7, True, 7), (0, False, 0)]
)
def test_a_date_is_proposed_from_the_item_or_by_how_grave_it_is(days, major, after):
    assert proposed_correct_by(ON, days, major=major) == ON + timedelta(after)


def test_an_order_needs_a_hazard():
    with pytest.raises(NothingToCorrect) as refused:
        require_order({}, ON)
    assert refused.value.law == "安全生产法 §65(1)"


def test_an_order_may_be_for_the_day_itself_and_not_for_the_day_before():
    require_order({"a": ON}, ON)
    with pytest.raises(CorrectionDateImpossible, match="第 2 项"):
        require_order({"a": ON, "b": ON - timedelta(1)}, ON)


def test_correction_is_put_off_to_a_day_after_the_request_and_after_every_day_set_before():
    later = ON + timedelta(30)
    require_later(later, ON, [ON, later - timedelta(1)])
    require_later(later, ON, [])
    for asked_on, set_before in ((later, [ON]), (ON, [ON, later])):
        with pytest.raises(NotLater):
            require_later(later, asked_on, set_before)


@given(results)
def test_what_was_corrected_is_closed_and_nothing_else(given_results):
    closed = close(given_results.keys(), given_results)
    assert closed == {h for h, outcome in given_results.items() if outcome is CORRECTED}


@given(hazards, results)
def test_results_speak_of_every_open_hazard_and_of_no_other(open_hazards, given_results):
    assume(set(given_results) != open_hazards)
    with pytest.raises(NotAHazardOfThisOrder):
        close(open_hazards, given_results)


@pytest.mark.parametrize(
    ("given_results", "told"),
    [
        ({"a": CORRECTED}, "应复查 2 项，1 项未填写复查意见"),
        ({"a": CORRECTED, "b": NOT_CORRECTED, "c": CORRECTED}, "应复查 2 项，1 项不属于原检查"),
        ({"a": CORRECTED, "c": CORRECTED}, "应复查 2 项，1 项未填写复查意见，1 项不属于原检查"),
    ],
)
def test_the_refusal_says_what_is_absent_and_what_is_foreign(given_results, told):
    with pytest.raises(NotAHazardOfThisOrder) as refused:
        close(["a", "b"], given_results)
    assert refused.value.detail == told


@pytest.mark.parametrize(
    ("on", "results", "refused"),
    [
        ("2026-07-08", {"a": "not_due", "b": "corrected"}, None),
        ("2026-07-09", {"a": "not_due", "b": "corrected"}, "期限已过"),
        ("2026-07-01", {"a": "not_due", "b": "not_due"}, "没有复查"),
        ("2026-07-20", {"a": "not_corrected", "b": "corrected"}, None),
    ],
)
def test_only_what_is_not_due_is_left_for_another_day(on, results, refused):
    due = {"a": date(2026, 7, 8), "b": date(2026, 7, 1)}
    said = {one: ReinspectionOutcome(outcome) for one, outcome in results.items()}
    if refused is None:
        require_due(due, said, date.fromisoformat(on))
        return
    with pytest.raises(DayHasCome, match=refused):
        require_due(due, said, date.fromisoformat(on))
