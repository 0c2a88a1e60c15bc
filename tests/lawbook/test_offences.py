"""The catalogue of offences against the law's own text, sentence by sentence."""

from datetime import date

import pytest

from lawbook.content import ContentError, load
from lawbook.fines import GainUnknown, IncomeUnknown, Span
from lawbook.offences import Addressee, Catalogue, Circumstance, OffenceUnknown, ProvisionUnknown
from lawbook.penalty_kinds import PenaltyKind
from tests.lawbook.penalising import CATALOGUE, CONTENT, WAN

FOUND, OVERDUE, ACCIDENT = Circumstance.FOUND, Circumstance.OVERDUE, Circumstance.ACCIDENT
UNIT, RESPONSIBLE, PRINCIPAL = Addressee.UNIT, Addressee.RESPONSIBLE, Addressee.PRINCIPAL
MANAGER, INVESTOR = Addressee.MANAGER, Addressee.INVESTOR
STOP = PenaltyKind.SUSPENSION_ORDER


# facts.md §6.1, each checked against the statute: offence, when, whom, from and to in 万元, what else.
@pytest.mark.parametrize(
    ("code", "when", "on", "low", "high", "also"),
    [
        ("aqscf-92-1", FOUND, UNIT, 3, 10, {STOP}),
        ("aqscf-92-2", FOUND, RESPONSIBLE, 5, 10, {PenaltyKind.REVOCATION, PenaltyKind.RESTRICTION}),
        ("aqscf-93", ACCIDENT, INVESTOR, 2, 20, set()),
        ("aqscf-94", FOUND, PRINCIPAL, 2, 5, set()),
        ("aqscf-94", OVERDUE, PRINCIPAL, 5, 10, set()),
        ("aqscf-96", FOUND, MANAGER, 1, 3, set()),
        ("aqscf-97-3", FOUND, UNIT, 0, 10, set()),
        ("aqscf-97-7", OVERDUE, UNIT, 10, 20, {STOP}),
        ("aqscf-97-1", OVERDUE, RESPONSIBLE, 2, 5, set()),
        ("aqscf-98-2", FOUND, UNIT, 10, 50, {STOP}),
        ("aqscf-98-2", FOUND, RESPONSIBLE, 2, 5, set()),
        ("aqscf-98-4", OVERDUE, UNIT, 50, 100, set()),
        ("aqscf-98-4", OVERDUE, RESPONSIBLE, 5, 10, set()),
        ("aqscf-99-1", FOUND, UNIT, 0, 5, set()),
        ("aqscf-99-8", OVERDUE, UNIT, 5, 20, set()),
        ("aqscf-99-8", OVERDUE, RESPONSIBLE, 1, 2, set()),
        ("aqscf-101-2", FOUND, UNIT, 0, 10, set()),
        ("aqscf-101-5", OVERDUE, UNIT, 10, 20, {STOP}),
        ("aqscf-101-5", OVERDUE, RESPONSIBLE, 2, 5, set()),
        ("aqscf-102", FOUND, UNIT, 0, 5, set()),
        ("aqscf-102", OVERDUE, RESPONSIBLE, 5, 10, set()),
        ("aqscf-103-1", FOUND, RESPONSIBLE, 1, 2, set()),
        ("aqscf-103-2", FOUND, UNIT, 0, 5, set()),
        ("aqscf-103-2", FOUND, RESPONSIBLE, 0, 1, set()),
        ("aqscf-103-3", FOUND, UNIT, 0, 10, set()),
        ("aqscf-103-3", FOUND, RESPONSIBLE, 0, 2, set()),
        ("aqscf-103-3-2", FOUND, RESPONSIBLE, 5, 10, set()),
        ("aqscf-104", FOUND, UNIT, 0, 5, set()),
        ("aqscf-104", FOUND, RESPONSIBLE, 0, 1, set()),
        ("aqscf-105-2", FOUND, UNIT, 0, 5, set()),
        ("aqscf-106", FOUND, PRINCIPAL, 2, 10, set()),
        ("aqscf-106", FOUND, INVESTOR, 2, 10, set()),
        ("aqscf-108", OVERDUE, UNIT, 2, 20, set()),
        ("aqscf-108", OVERDUE, RESPONSIBLE, 1, 2, set()),
        ("aqscf-109", FOUND, UNIT, 5, 10, set()),
        ("aqscf-109", OVERDUE, UNIT, 10, 20, set()),
        ("aqscf-114-1", Circumstance.GENERAL_ACCIDENT, UNIT, 30, 100, set()),
        ("aqscf-114-1", Circumstance.LARGER_ACCIDENT, UNIT, 100, 200, set()),
        ("aqscf-114-1", Circumstance.MAJOR_ACCIDENT, UNIT, 200, 1000, set()),
        ("aqscf-114-1", Circumstance.GRAVEST_ACCIDENT, UNIT, 1000, 2000, set()),
        ("whtl-75", FOUND, UNIT, 20, 50, {PenaltyKind.CONFISCATION}),
        ("whtl-76", OVERDUE, UNIT, 50, 100, set()),
        ("whtl-77-2", FOUND, UNIT, 10, 20, set()),
        ("whtl-77-3", FOUND, UNIT, 10, 20, {PenaltyKind.CONFISCATION, PenaltyKind.GOODS_CONFISCATION}),
        ("whtl-78-12", FOUND, UNIT, 0, 5, set()),
        ("whtl-78-12", OVERDUE, UNIT, 5, 10, set()),
        ("whtl-80-7", FOUND, UNIT, 5, 10, set()),
        ("xkz-19", FOUND, UNIT, 10, 50, {PenaltyKind.CONFISCATION}),
        ("xkz-20", FOUND, UNIT, 5, 10, {PenaltyKind.CONFISCATION}),
        ("xkz-20", OVERDUE, UNIT, 10, 50, {PenaltyKind.CONFISCATION}),
        ("yjtl-32", OVERDUE, UNIT, 3, 5, set()),
        ("yjtl-32", OVERDUE, RESPONSIBLE, 1, 2, set()),
    ],
)  # fmt: skip
def test_the_range_and_what_goes_with_it_are_those_of_the_law(code, when, on, low, high, also):
    tier = CATALOGUE[code].tier(when, on)
    span = tier.span(gain=0)
    assert (span.low, span.high) == (low * WAN, high * WAN)
    assert set(tier.also) == also


@pytest.mark.parametrize(
    ("code", "when", "on", "least", "most"),
    [
        ("aqscf-95", Circumstance.GENERAL_ACCIDENT, PRINCIPAL, 40, 40),
        ("aqscf-95", Circumstance.LARGER_ACCIDENT, PRINCIPAL, 60, 60),
        ("aqscf-95", Circumstance.MAJOR_ACCIDENT, PRINCIPAL, 80, 80),
        ("aqscf-95", Circumstance.GRAVEST_ACCIDENT, PRINCIPAL, 100, 100),
        ("aqscf-96", ACCIDENT, MANAGER, 20, 50),
        ("aqscf-110-1", ACCIDENT, PRINCIPAL, 60, 100),
        ("aqscf-110-2", ACCIDENT, PRINCIPAL, 60, 100),
    ],
)
def test_a_fine_by_income_is_that_part_of_last_years_income(code, when, on, least, most):
    rule = CATALOGUE[code].tier(when, on)
    assert rule.span(income=123_456_78) == Span(123_456_78 * least // 100, 123_456_78 * most // 100)
    with pytest.raises(IncomeUnknown):
        rule.span()


@pytest.mark.parametrize("code", ["aqscf-92-2", "aqscf-103-1", "aqscf-103-3-2"])
def test_from_a_hundred_thousand_of_gain_the_fine_is_a_multiple_of_it(code):
    """违法所得十万元以上的二倍以上五倍以下；没有或者不足的，十万元以上二十万元以下，可以单处。"""
    rule = CATALOGUE[code].tier(FOUND, UNIT)
    assert rule.span(gain=10 * WAN) == Span(20 * WAN, 50 * WAN)
    assert rule.span(gain=10 * WAN - 1) == rule.span(gain=0) == Span(10 * WAN, 20 * WAN)
    assert rule.fine
    assert rule.fine.alone
    with pytest.raises(GainUnknown):
        rule.span()


def test_of_the_gravest_accidents_the_fine_is_two_to_five_times_the_range():
    """安全生产法 §114(2)."""
    plain, gravest = CATALOGUE["aqscf-114-1"], CATALOGUE["aqscf-114-2"]
    for one in plain.tiers:
        span = gravest.tier(one.when, UNIT).span()
        assert span == Span(one.span().low * 2, one.span().high * 5, optional=True)


@pytest.mark.parametrize(
    ("code", "items"),
    [("aqscf-97", 7), ("aqscf-98", 4), ("aqscf-99", 8), ("aqscf-101", 5), ("aqscf-105", 2),
     ("whtl-78", 12), ("whtl-80", 7), ("aqscf2014-94", 7), ("aqscf2014-96", 6)],
)  # fmt: skip
def test_a_list_has_as_many_items_as_the_article(code, items):
    found = [one for one in CATALOGUE.offences if one.startswith(f"{code}-")]
    assert found == [f"{code}-{number}" for number in range(1, items + 1)]


def test_an_item_is_cited_with_its_number_and_so_is_its_provision():
    offence = CATALOGUE["aqscf-97-3"]
    assert offence.basis == offence.tier(FOUND, UNIT).law == "安全生产法 §97(3)"
    assert (
        CATALOGUE["aqscf-95"].tier(Circumstance.MAJOR_ACCIDENT, PRINCIPAL).law
        == "安全生产法 §95(3)"
    )


def test_every_article_of_the_safety_law_that_a_bureau_penalises_by_is_there():
    articles = {
        int(one.basis.partition("§")[2].partition("(")[0])
        for one in CATALOGUE.offences.values()
        if one.edition.startswith("work-safety@")
    }
    assert articles == {
        92,
        93,
        94,
        95,
        96,
        97,
        98,
        99,
        101,
        102,
        103,
        104,
        105,
        106,
        108,
        109,
        110,
        114,
    }


def test_a_check_items_citation_finds_its_offence_in_the_edition_of_the_day():
    on = date(2022, 6, 1)
    assert [o.code for o in CATALOGUE.cited("安全生产法 §97(3)", on)] == ["aqscf-97-3"]
    assert len(CATALOGUE.cited("安全生产法 §97", on)) == 7
    assert [o.code for o in CATALOGUE.cited("安全生产许可证条例 §19、§20", on)] == [
        "xkz-19",
        "xkz-20",
    ]
    assert CATALOGUE.cited("安全生产法 §97(3)", date(2021, 8, 31)) == []


def test_editions_of_a_law_stand_side_by_side_without_a_gap_or_an_overlap():
    old, new = CATALOGUE["aqscf2014-94-3"], CATALOGUE["aqscf-97-3"]
    assert old.in_force(date(2021, 8, 31))
    assert not new.in_force(date(2021, 8, 31))
    assert new.in_force(date(2021, 9, 1))
    assert not old.in_force(date(2021, 9, 1))
    assert CATALOGUE.line("aqscf-97-3") == [new, old]


def test_what_the_law_does_not_penalise_is_refused():
    with pytest.raises(ProvisionUnknown, match="情节严重"):
        CATALOGUE["aqscf-102"].tier(Circumstance.SERIOUS, UNIT)
    with pytest.raises(OffenceUnknown, match="aqscf-100"):
        CATALOGUE["aqscf-100"]


def test_a_provision_is_told_in_words():
    told = [one.told for one in CATALOGUE["aqscf-99-4"].tiers]
    assert told[0] == "查处时：责令限期改正，罚款：50,000.00元以下"
    assert told[3] == "情节严重：责令停产停业整顿"


def body(**tier):
    return {
        "code": "x", "version": "2026.1", "valid_from": date(2026, 1, 1),
        "offence": [{"code": "x-1", "basis": "某法 §1", "text": "某行为",
                     "tiers": [{"when": "found", "on": "unit"} | tier]}],
    }  # fmt: skip


@pytest.mark.parametrize(
    "tier",
    [{}, {"fine_from": 200, "fine_to": 100}, {"income_from": 10}, {"fine_to": 100, "gain_from": 5},
     {"when": "someday", "fine_to": 100}, {"on": "nobody", "fine_to": 100}, {"also": ["whipping"]}],
)  # fmt: skip
def test_half_a_provision_is_a_content_error(tier):
    with pytest.raises(ContentError):
        Catalogue.from_content(body(**tier))


def test_an_offence_twice_or_after_one_that_is_not_there_is_a_content_error():
    with pytest.raises(ContentError, match="两处"):
        Catalogue.from_content(body(fine_to=100), body(fine_to=100))
    lost = body(fine_to=100)
    lost["offence"][0]["before"] = "gone"
    with pytest.raises(ContentError, match="gone"):
        Catalogue.from_content(lost)


def test_a_pack_reads_the_same_when_its_days_came_as_text():
    """As a tablet has it, from JSON."""
    plain = load(CONTENT / "offences" / "emergency-response.toml")
    assert (
        Catalogue.from_content(plain | {"valid_from": plain["valid_from"].isoformat()}).offences
        == Catalogue.from_content(plain).offences
    )
