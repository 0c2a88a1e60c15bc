"""No penalty, lighter, heavier: 行政处罚法 §30–§33, §49, and what daily fines and closure rest on."""

import re
from datetime import date, timedelta

import pytest

from lawbook.fines import NotDaily, closure_due, daily_fine
from lawbook.leniency import (
    FACTORS,
    NO_PENALTY,
    Effect,
    MustNotPenalise,
    NotExempt,
    age_on,
    of_age,
    require_exempt,
    require_penalty_allowed,
)
from tests.lawbook.penalising import WAN

EXEMPTING = [one for one in FACTORS.values() if one.effect is Effect.EXEMPT]


def test_every_circumstance_has_its_article_and_its_own_code():
    assert all(code == one.code and "§" in one.law for code, one in FACTORS.items())
    assert [one.law for one in EXEMPTING] == [
        "行政处罚法 §30", "行政处罚法 §31", "行政处罚法 §33(1)", "行政处罚法 §33(2)",
    ]  # fmt: skip


@pytest.mark.parametrize("factor", EXEMPTING, ids=lambda one: one.code)
def test_who_must_not_be_penalised_is_not_and_the_refusal_names_the_article(factor):
    with pytest.raises(MustNotPenalise, match=re.escape(factor.law)):
        require_penalty_allowed([FACTORS["undone"], factor])
    assert factor in [one.factor for one in NO_PENALTY.values()]


def test_a_first_slight_offence_may_be_left_unpunished_and_may_be_punished():
    """§33第一款后半句: 可以."""
    first = FACTORS["first-and-mended"]
    require_penalty_allowed([first])
    assert require_exempt("first", "organisation", barred=None).factor is first


@pytest.mark.parametrize(
    ("ground", "party", "barred", "law"),
    [
        ("", "person", None, ""), ("rich", "person", None, ""), ("under-14", "organisation", None, ""),
        ("incapable", "organisation", None, ""), ("barred", "person", False, ""),
        ("other", "person", None, " "),
    ],
)  # fmt: skip
def test_without_a_ground_that_is_this_partys_nobody_goes_unpunished(ground, party, barred, law):
    with pytest.raises(NotExempt):
        require_exempt(ground, party, barred=barred, law=law)


@pytest.mark.parametrize("ground", sorted(NO_PENALTY))
def test_every_ground_has_its_words_and_its_article(ground):
    found = require_exempt(ground, "person", barred=True, law="安全生产法 §1")
    assert found.text
    assert "§" in found.law


@pytest.mark.parametrize(
    ("on", "age", "factor"),
    [("2024-05-01", 13, "under-14"), ("2024-05-02", 14, "under-18"), ("2028-05-01", 17, "under-18"),
     ("2028-05-02", 18, None)],
)  # fmt: skip
def test_a_year_of_age_is_full_on_the_day_after_the_birthday(on, age, factor):
    born = date(2010, 5, 1)
    assert age_on(born, date.fromisoformat(on)) == age
    assert of_age(born, date.fromisoformat(on)) is (FACTORS[factor] if factor else None)


def test_a_daily_fine_is_the_original_fine_once_for_each_day_after_the_order():
    """安全生产法 §112."""
    ordered = date(2026, 3, 2)
    told = daily_fine(3 * WAN, ordered, ordered + timedelta(10))
    assert (told.days, told.amount) == (10, 30 * WAN)
    for fine, until in ((0, ordered + timedelta(1)), (3 * WAN, ordered)):
        with pytest.raises(NotDaily):
            daily_fine(fine, ordered, until)


def test_a_plant_with_a_major_hazard_is_to_be_closed_after_three_penalties_in_180_days():
    """安全生产法 §113第一项: or four in a year."""
    on = date(2026, 11, 1)
    ago = [on - timedelta(n) for n in (0, 100, 179, 180, 364, 365)]
    assert closure_due(ago[:3], on, major_hazard=True)
    assert not closure_due([ago[0], ago[1], ago[3]], on, major_hazard=True)
    assert closure_due([ago[0], ago[1], ago[3], ago[4]], on, major_hazard=True)
    assert not closure_due([ago[0], ago[1], ago[3], ago[5]], on, major_hazard=True)
    assert not closure_due(ago, on, major_hazard=False)
    assert not closure_due([on + timedelta(n) for n in range(1, 5)], on, major_hazard=True)
