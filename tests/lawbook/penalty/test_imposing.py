"""Kinds of penalty in the acts of a case: one enumeration, also for acts in older words."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lawbook.penalty.facts import facts
from lawbook.penalty.imposing import agrees, imposed, worded
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty_kinds import HEARD_KINDS, KINDS, TAKING, PenaltyKind
from paper.template import load_template
from services.kit.settings import ROOT
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import ZHANG, Story

OLD = "ordinary@2021 penalty@2026.1 calendar:000000000000"


def act(*kinds: str, fine: int = 0, rules: str = "", **said: Any):
    made = Story(told.concluded().case).act(
        "notify-penalty", ZHANG, facts="有", penalties=list(kinds), fine=fine, **said
    )
    return replace(made, rules=rules) if rules else made


def test_acts_know_all_twelve_kinds_by_their_words():
    (field,) = [one for one in REGISTRY["decide"].shape if one.name == "penalties"]
    assert dict(field.choices) == {str(kind): word for kind, (word, _) in KINDS.items()}
    assert len(field.choices) == 12


def test_an_older_act_that_says_confiscation_means_both():
    """Until penalty@2026.1 one word stood for 没收违法所得、没收非法财物."""
    old, new = act("confiscation", rules=OLD), act("confiscation", taken=1)
    assert imposed(old).kinds == TAKING
    assert worded(old) == ["没收违法所得", "没收非法财物"]
    assert worded(new) == ["没收违法所得"]
    assert agrees(old, act("goods_confiscation", taken=5))
    assert not agrees(old, act("fine", fine=1))
    assert not agrees(new, act("goods_confiscation", taken=1))
    assert not agrees(new, act("confiscation", taken=2))


def test_an_older_case_is_told_in_full():
    story = told.concluded()
    case = replace(story.case, acts=tuple(replace(one, rules=OLD) for one in story.case.acts))
    assert facts(case)["proposed"]["penalties_said"] == ["罚款"]


@pytest.mark.parametrize("kind", sorted(HEARD_KINDS))
def test_what_weighs_most_is_heard_reviewed_and_deliberated(kind: PenaltyKind):
    """行政处罚法 §57(2)、§58、§63: also 降低资质等级, whatever the fine."""
    story = told.concluded(fine=1_000_000)
    both: dict[str, Any] = {"penalties": ["fine", str(kind)], "fine": 1_000_000}
    story.do("notify-penalty", facts="有", **both)
    story.do("serve", **told.served("penalty-notice", story.on))
    told.waived(story)
    said: dict[str, Any] = {"outcome": "penalty", "opinion": "处罚", **both}
    assert story.why("submit-decision", **said) == ["hearing-notice-first"]
    story.do("notify-hearing").do("serve", **told.served("hearing-notice", story.on))
    told.waived(story).do("submit-decision", **said)
    assert story.why("approve-decision", told.ZHAO, **said) == [
        "legal-review-first",
        "deliberation-first",
    ]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"penalties": ["confiscation"], "taken": 100}, []),
        ({"penalties": ["confiscation"]}, ["act-incomplete"]),
        ({"penalties": ["warning"], "taken": 100}, ["act-incomplete"]),
        ({"penalties": ["fine"]}, ["act-incomplete"]),
        ({"penalties": ["warning"], "fine": 100}, ["act-incomplete"]),
        ({"penalties": [*TAKING], "taken": 100, "goods": 40}, []),
        ({"penalties": [*TAKING], "taken": 100}, ["act-incomplete"]),
        ({"penalties": [*TAKING], "taken": 100, "goods": 100}, ["act-incomplete"]),
        ({"penalties": ["confiscation"], "taken": 100, "goods": 40}, ["act-incomplete"]),
    ],
)
def test_a_sum_stands_with_its_kind_and_no_kind_without_its_sum(said, codes):
    assert told.concluded().why("notify-penalty", facts="有", **said) == codes


FORMS = sorted((ROOT / "content" / "documents").glob("*/document.toml"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.parent.name)
def test_every_form_lists_the_penalties_of_the_law_and_no_others(path: Path):
    for field in load_template(path.parent).fields:
        for options in (dict(field.options), *(dict(one.options) for one in field.columns)):
            if {"warning", "criticism"} <= options.keys():
                assert options == {str(kind): word for kind, (word, _) in KINDS.items()}


def test_a_violation_that_bears_a_fine_is_told_with_it():
    """调查终结报告 prints a line with its penalty for each violation."""
    plain = {name: value for name, value in told.VIOLATION.items() if name != "penalties"}
    story = told.filed()
    story.do("conclude-investigation", day=1, violations=[plain], facts="清楚", outcome="penalty",
             **told.penalty())  # fmt: skip
    assert facts(story.case)["violations"][0]["penalties"] == ["fine"]
    warned = {name: value for name, value in plain.items() if name != "fine"}
    story = told.filed()
    story.do("conclude-investigation", day=1, violations=[warned], facts="清楚", outcome="penalty",
             penalties=["warning"])  # fmt: skip
    assert facts(story.case)["violations"][0]["penalties"] == ["warning"]
