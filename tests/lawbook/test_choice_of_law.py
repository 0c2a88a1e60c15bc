"""从旧兼从轻, 一事不二罚与择重, 追责时效: 行政处罚法 §37, §29, §36."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.choice_of_law import (
    Facts,
    FineBefore,
    FinedAlready,
    NoLawOnTheDay,
    NotPenalised,
    TooLate,
    governing,
    heaviest,
    limitation,
    require_in_time,
    require_once,
)  # fmt: skip
from lawbook.fines import Span
from lawbook.offences import Addressee, Circumstance
from tests.lawbook.penalising import CATALOGUE, WAN

BEFORE, AFTER, DECIDED = date(2021, 6, 1), date(2021, 9, 1), date(2021, 12, 1)
UNIT, RESPONSIBLE, PRINCIPAL = Addressee.UNIT, Addressee.RESPONSIBLE, Addressee.PRINCIPAL
FOUND, OVERDUE = Circumstance.FOUND, Circumstance.OVERDUE


def chosen(code, act_until, when=FOUND, on=UNIT, decided=DECIDED, **facts):
    return governing(CATALOGUE.line(code), act_until, decided, Facts(when, on, **facts))


def test_an_act_under_the_old_law_keeps_it_when_the_new_one_is_heavier():
    choice = chosen("aqscf-97-3", BEFORE)
    assert choice.offence.code == "aqscf2014-94-3"
    assert choice.span == Span(0, 5 * WAN, optional=True)
    assert "适用行为发生时的安全生产法（2014年修正）" in choice.why
    assert choice.law == "行政处罚法 §37"


def test_the_new_law_governs_an_act_under_the_old_one_when_it_is_milder():
    """§102 has no fine for a plant that refuses; §99 of 2014 had ten to fifty 万."""
    choice = chosen("aqscf-102", BEFORE, OVERDUE)
    assert (choice.offence.code, choice.span) == ("aqscf-102", None)
    assert "处罚较轻，适用新的规定" in choice.why


def test_milder_is_asked_of_each_party_and_circumstance_apart():
    """Of the same plant: its persons are under the old law, which fines them less."""
    assert chosen("aqscf-102", BEFORE, OVERDUE, RESPONSIBLE).offence.code == "aqscf2014-99"


def test_an_act_that_went_on_into_the_new_law_is_under_the_new_law():
    assert chosen("aqscf-97-3", AFTER).offence.code == "aqscf-97-3"


def test_what_the_old_law_did_not_penalise_is_not_penalised():
    """A head who had not been told to mend it was not fined before 2021-09-01."""
    with pytest.raises(NotPenalised, match="适用行为发生时"):
        chosen("aqscf-94", BEFORE, FOUND, PRINCIPAL)


def test_what_the_new_law_no_longer_penalises_is_not_penalised():
    line = CATALOGUE.line("aqscf2014-94-3")
    with pytest.raises(NotPenalised, match="不认为是违法"):
        governing(line, BEFORE, DECIDED, Facts(FOUND, UNIT))


def test_income_is_compared_in_fen():
    choice = chosen("aqscf-95", BEFORE, Circumstance.MAJOR_ACCIDENT, PRINCIPAL, income=30 * WAN)
    assert choice.span == Span(18 * WAN, 18 * WAN)  # 60 % of 2014, not 80 % of 2021


def test_an_act_before_every_edition_that_is_known_is_refused():
    with pytest.raises(NoLawOnTheDay):
        chosen("aqscf-97-3", date(2014, 11, 30))


NEW = [code for code, one in CATALOGUE.offences.items() if one.edition.startswith("work-safety@")]


@given(st.sampled_from(NEW), st.sampled_from([FOUND, OVERDUE, *list(Circumstance)[3:]]),
       st.sampled_from(list(Addressee)), st.integers(0, 40 * WAN), st.integers(1, 90 * WAN))  # fmt: skip
def test_nobody_is_ever_fined_more_than_the_law_of_the_act_allowed(code, when, on, gain, income):
    old = CATALOGUE.line(code)[-1]
    if not old.in_force(BEFORE):
        return
    try:
        choice = chosen(code, BEFORE, when, on, gain=gain, income=income)
    except NotPenalised:
        return
    allowed = old.tier(when, on).fine
    most = allowed.span(gain=gain, income=income).high if allowed else 0
    assert (choice.span.high if choice.span else 0) <= most


# §29


def test_of_several_provisions_the_one_with_the_higher_fine_is_applied():
    spans = [("§99(3)", Span(0, 5 * WAN)), ("§102", Span(0, 5 * WAN)), ("§97", Span(0, 10 * WAN))]
    assert heaviest(spans)[0] == "§97"
    assert heaviest(spans[:2])[0] == "§99(3)"
    assert heaviest([("a", Span(0, 5)), ("b", Span(1, 5))])[0] == "b"
    assert heaviest([("may", Span(0, 5, optional=True)), ("must", Span(0, 5))])[0] == "must"


def test_one_act_is_not_fined_twice_and_the_refusal_names_the_decision():
    before = [FineBefore("（运）应急罚〔2026〕3号", "act-1")]
    require_once("act-2", before)
    with pytest.raises(FinedAlready, match="〔2026〕3号"):
        require_once("act-1", before)


# §36


@pytest.mark.parametrize(
    ("ended", "grave", "last"),
    [("2022-03-01", False, "2024-03-01"), ("2022-03-01", True, "2027-03-01"),
     ("2024-02-29", False, "2026-02-28"), ("2024-02-29", True, "2029-02-28")],
)  # fmt: skip
def test_an_act_can_be_found_for_two_years_and_for_five_where_life_was_harmed(ended, grave, last):
    until, last_day = date.fromisoformat(ended), date.fromisoformat(last)
    told = limitation(until, last_day, grave=grave)
    assert (told.last_day, told.past, told.law) == (last_day, False, "行政处罚法 §36")
    assert limitation(until, last_day + timedelta(1), grave=grave).past


def test_what_was_found_too_late_is_refused_with_the_days():
    with pytest.raises(TooLate, match="时效至 2024-03-01"):
        require_in_time(date(2022, 3, 1), date(2024, 3, 2), grave=False)


@given(st.dates(date(2015, 1, 1), date(2025, 12, 31)), st.integers(0, 4000))
def test_a_longer_act_and_graver_harm_never_shorten_the_limitation(ended, days):
    found = ended + timedelta(days)
    assert (
        not limitation(ended, found, grave=True).past or limitation(ended, found, grave=False).past
    )
    later = limitation(ended + timedelta(1), found, grave=False)
    assert later.last_day >= limitation(ended, found, grave=False).last_day
