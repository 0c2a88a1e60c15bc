"""No second fine for the same act, and the fine by the day, as a case asks them (行政处罚法 §29, 安全生产法 §112)."""

from dataclasses import replace
from typing import Any

import pytest

from lawbook.penalty.facts import facts
from lawbook.penalty.once import fines_of
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import VIOLATION, WORLD, Story

HAZARD = "6d0e4c1e-93b3-4c36-9c04-6c3f3ad0a001"
BY_THE_DAY = {"daily_of": 1_000_000, "ordered_on": "2026-03-01", "refused_until": "2026-03-11"}


def decided() -> Story:
    story = told.filed(hazards=[HAZARD])
    told.approved(told.waived(told.notified(told.reviewed(told.concluded(story)))))
    return story.do("decide", day=1, **told.penalty())


def test_no_case_is_filed_and_no_fine_is_told_for_an_act_that_was_fined():
    before = fines_of("（河）应急罚〔2026〕1号", decided().case)
    world = replace(WORLD, fined=before)
    (refused,) = Story(world=world).refused("propose-filing", **told.filing(hazards=[HAZARD]))
    assert (refused.code, refused.law) == ("fined-already", "行政处罚法 §29")
    assert "（河）应急罚〔2026〕1号" in refused.detail
    other = VIOLATION | {"offence": "aqscf-98"}
    for free in (
        told.filing(hazards=["another"]), told.filing(hazards=[HAZARD], violations=[other]),
        told.filing(),
    ):  # fmt: skip
        assert Story(world=world).why("propose-filing", **free) == []
    # Filed before the other case was decided: the notice asks again, but for a warning.
    story = told.reviewed(told.concluded(told.filed(hazards=[HAZARD])))
    story.world = world
    said: dict[str, Any] = {"facts": "无防护装置", **told.penalty()}
    assert story.why("notify-penalty", day=1, **said) == ["fined-already"]
    warned = said | {"penalties": ["warning"], "fine": 0}
    assert "fined-already" not in story.why("notify-penalty", day=1, **warned)


def test_a_decision_that_fell_is_no_fine_before():
    story = decided()
    story.do("serve", day=1, **told.served("decision", str(story.on)))
    assert fines_of("1号", story.case)
    story.do("revoke-decision", told.ZHAO, 5, reason="事实不清")
    assert fines_of("1号", story.case) == ()


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"fine": 10_000_000}, []),
        ({"fine": 9_000_000}, ["daily-fine-miscounted"]),
        ({"fine": 10_000_000, "ordered_on": None}, ["daily-fine-not-due"]),
        ({"fine": 10_000_000, "daily_of": 0}, ["daily-fine-not-due"]),
        ({"fine": 1_000_000, "refused_until": "2026-03-01"}, ["daily-fine-not-due"]),
        ({"fine": 30_000_000, "refused_until": "2026-03-31"}, ["daily-fine-not-due"]),
    ],
)
def test_a_fine_by_the_day_is_the_former_fine_once_for_each_day_that_has_passed(said, codes):
    """安全生产法 §112: from the day after the order to correct."""
    violation = {
        name: value for name, value in (VIOLATION | BY_THE_DAY | said).items() if value is not None
    }
    assert told.filed().why("restate-violations", day=10, violations=[violation]) == codes


def test_a_fine_by_the_day_goes_on_for_an_act_that_was_fined_and_says_its_days():
    world = replace(WORLD, fined=fines_of("1号", decided().case))
    violation = VIOLATION | BY_THE_DAY | {"fine": 10_000_000, "reason": "拒不改正。"}
    said = told.filing(hazards=[HAZARD], violations=[violation])
    story = Story(world=world)
    assert story.why("propose-filing", day=10, **said) == []
    story.do("propose-filing", day=10, **said)
    (printed,) = facts(story.case)["violations"]
    assert printed["reason"] == (
        "拒不改正；2026-03-01责令改正后拒不改正，自次日起至2026-03-11止，按原处罚数额10,000.00元按日连续处罚10日"
    )
