"""Who must be there, and what the answers amount to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.inspection import (
    Answer,
    CertificateNotValid,
    Outcome,
    PresentOfficer,
    TooFewOfficers,
    Unanswered,
    judge,
    require_answered,
    require_officers,
)

ON = date(2026, 6, 23)
FIRST = PresentOfficer("14088200001", "张岳", date(2029, 5, 9))
SECOND = PresentOfficer("14088200002", "李秋", ON)
answers = st.dictionaries(st.text(min_size=1, max_size=4), st.sampled_from(Answer))


@given(answers)
def test_one_unmet_item_is_a_problem_and_none_is_none(given_answers):
    """Whatever else is answered."""
    outcome = judge([FIRST, SECOND], given_answers, ON)
    unmet = [item for item, answer in given_answers.items() if answer is Answer.NOT_MET]
    assert (outcome is Outcome.PROBLEM_FOUND) is bool(unmet)


@pytest.mark.parametrize("officers", [[], [FIRST], [FIRST, FIRST]])
def test_fewer_than_two_different_officers_are_refused(officers):
    with pytest.raises(TooFewOfficers) as refused:
        judge(officers, {}, ON)
    assert refused.value.law == "行政处罚法 §42"


def test_a_certificate_is_valid_through_its_last_day_and_not_after():
    require_officers([FIRST, SECOND], ON)
    with pytest.raises(CertificateNotValid, match="李秋的执法证"):
        require_officers([FIRST, SECOND], ON + timedelta(1))


@pytest.mark.parametrize(("name", "told"), [("方舟", "方舟没有"), ("", "14088200003没有")])
def test_an_officer_without_a_certificate_is_named(name, told):
    with pytest.raises(CertificateNotValid, match=told) as refused:
        require_officers([FIRST, PresentOfficer("14088200003", name, None)], ON)
    assert refused.value.law == "安全生产法 §67"


def test_one_invalid_certificate_refuses_even_where_two_others_are_valid():
    lapsed = PresentOfficer("14088200003", "方舟", ON - timedelta(1))
    with pytest.raises(CertificateNotValid):
        require_officers([FIRST, SECOND, lapsed], ON)


def test_every_item_needs_an_answer_and_not_applicable_is_one():
    require_answered(["G01"], {"G01": Answer.NOT_APPLICABLE})
    require_answered([], {})
    with pytest.raises(Unanswered, match="还有 1 项未作答：G02") as refused:
        require_answered(["G01", "G02"], {"G01": Answer.MET})
    assert refused.value.facts == {"items": ["G02"]}
