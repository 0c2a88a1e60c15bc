"""The investigation's proposal is weighed: article, grade, circumstances, the sum of the lines."""

from dataclasses import replace
from typing import Any

import pytest

from lawbook.penalty.guards import statute_holds
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.weighing import Scales, weighing, within_statute
from tests.lawbook.penalising import BENCHMARK, CATALOGUE, WAN
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import WORLD, ZHAO, Story

SCALES = Scales(CATALOGUE, (BENCHMARK,))
GRADED = {
    "offence": "aqscf-97-3", "description": "五人未经培训上岗", "broke": "安全生产法 §28(1)",
    "basis": "安全生产法 §97(3)", "grade": "B", "factors": [], "reason": "涉及五人",
    "penalties": ["fine"], "fine": 5 * WAN, "ended_on": "2026-03-01",
}  # fmt: skip

PLAIN = {name: value for name, value in GRADED.items() if name != "grade"} | {
    "departure": "裁量基准未列该情形"
}


def filed() -> Story:
    story = told.filed()
    story.world = replace(WORLD, scales=SCALES)
    return story


def said(*violations, fine: int, outcome: str = "penalty"):
    return {
        "violations": list(violations), "facts": "事实清楚", "outcome": outcome,
        **(told.penalty(fine) if outcome == "penalty" else {}),
    }  # fmt: skip


def why(*violations, fine: int = 5 * WAN, outcome: str = "penalty") -> list[str]:
    return filed().why(
        "conclude-investigation", day=10, **said(*violations, fine=fine, outcome=outcome)
    )


def test_a_sum_within_article_grade_and_circumstances_is_taken():
    assert why(GRADED) == []
    story = filed().do("conclude-investigation", day=10, **said(GRADED, fine=5 * WAN))
    done = weighing(story.case, story.last, GRADED, SCALES)
    assert done is not None
    assert "裁量阶次：B（一般）" in done.text


@pytest.mark.parametrize(
    ("change", "fine", "code"),
    [
        ({"fine": 8 * WAN}, 8 * WAN, "fine-out-of-grade"),
        ({"fine": 11 * WAN}, 11 * WAN, "fine-out-of-range"),
        ({"grade": "Z"}, 5 * WAN, "grade-unknown"),
        ({"reason": ""}, 5 * WAN, "discretion-reason-missing"),
        ({"factors": ["no-fault"]}, 5 * WAN, "must-not-penalise"),
        ({"factors": ["rich"]}, 5 * WAN, "factor-unknown"),
        ({"when": "serious"}, 5 * WAN, "not-penalised"),
        ({"mitigated": True}, 5 * WAN, "not-mitigable"),
        ({}, 6 * WAN, "fines-differ"),
    ],
)
def test_what_discretion_does_not_allow_keeps_the_investigation_from_being_concluded(
    change, fine, code
):
    if change.get("reason") == "":
        change = {"reason": None}
    violation = {name: value for name, value in (GRADED | change).items() if value is not None}
    assert why(violation, fine=fine) == [code]


def test_several_violations_are_weighed_each_and_their_fines_added():
    other = GRADED | {"offence": "aqscf-99-3", "grade": "A", "fine": 1 * WAN}
    assert why(GRADED, other, fine=6 * WAN) == []
    assert why(GRADED, other, fine=5 * WAN) == ["fines-differ"]


def test_after_a_refusal_to_mend_the_heavier_provision_is_weighed():
    overdue = GRADED | {"when": "overdue", "fine": 15 * WAN}
    assert why(overdue, fine=15 * WAN) == []
    assert why(overdue | {"fine": 5 * WAN}, fine=5 * WAN) == ["fine-out-of-range"]


def test_without_a_grade_the_articles_range_still_holds():
    assert why(PLAIN | {"fine": 10 * WAN}, fine=10 * WAN) == []
    assert why(PLAIN | {"fine": 10 * WAN + 1}, fine=10 * WAN + 1) == ["fine-out-of-range"]


def test_a_fine_that_the_benchmark_knows_wants_its_grade_or_why_it_does_not_fit():
    bare = {name: value for name, value in PLAIN.items() if name != "departure"}
    assert why(bare) == ["grade-missing"]
    assert why({name: value for name, value in GRADED.items() if name != "fine"}) == [
        "grade-missing"
    ]
    warned = {name: value for name, value in bare.items() if name != "fine"}
    assert why(GRADED, warned | {"penalties": ["warning"]}) == []
    assert why(bare | {"offence": "local-1"}) == []


def test_what_is_told_and_submitted_is_what_was_weighed_and_less_only_for_a_reason():
    """行政处罚法 §5(2): weighed at fifty thousand, a hundred thousand is neither told nor submitted."""
    story = filed().do("conclude-investigation", day=10, **said(GRADED, fine=5 * WAN))
    told.reviewed(story)
    notice: dict[str, Any] = {"facts": "五人未经培训"}
    assert story.why("notify-penalty", **notice, **told.penalty(10 * WAN)) == ["fines-differ"]
    assert story.why("notify-penalty", **notice, **told.penalty(4 * WAN)) == ["fines-differ"]
    less = told.penalty(4 * WAN) | {"discretion": "已经培训合格"}
    assert story.why("notify-penalty", **notice, **less) == []
    story.do("notify-penalty", **notice, **told.penalty(5 * WAN))
    story.do("serve", **told.served("penalty-notice", story.on)).do("notify-hearing")
    told.waived(story.do("serve", **told.served("hearing-notice", story.on)))
    put: dict[str, Any] = {"outcome": "penalty", "opinion": "处罚"}
    assert story.why("submit-decision", **put, **told.penalty(4 * WAN)) == ["fines-differ"]
    story.do("submit-decision", **put, **less)
    head: dict[str, Any] = {"outcome": "penalty", "opinion": "情节轻微，罚款三万元"}
    assert "fines-differ" not in story.why(
        "approve-decision", ZHAO, **head, **told.penalty(3 * WAN)
    )


def test_outside_its_grade_a_fine_wants_its_reason_in_writing():
    most = GRADED | {"fine": 8 * WAN}
    assert why(most, fine=8 * WAN) == ["fine-out-of-grade"]
    assert why(most | {"departure": "造成停产三日"}, fine=8 * WAN) == []


OVERDUE = {"when": "overdue", "on": "unit"}
"""逾期未改正: at least 100,000 yuan (安全生产法 §97)."""


@pytest.mark.parametrize(
    ("change", "fine", "codes"),
    [
        (OVERDUE, 10 * WAN, []),
        (OVERDUE, 20 * WAN, []),
        (OVERDUE, 20 * WAN + 1, ["fine-out-of-range"]),
        (OVERDUE, 10 * WAN - 1, ["fine-out-of-range"]),
        (OVERDUE | {"factors": ["undone"]}, 10 * WAN - 1, ["fine-out-of-range"]),
        (OVERDUE | {"mitigated": True}, 10 * WAN - 1, ["not-mitigable"]),
        (OVERDUE | {"mitigated": True, "factors": ["undone"]}, 10 * WAN - 1, []),
        (OVERDUE | {"mitigated": True, "factors": ["undone"]}, 20 * WAN + 1, ["fine-out-of-range"]),
        ({"factors": ["slight-and-mended"]}, WAN, ["must-not-penalise"]),
    ],
)
def test_below_the_statute_only_when_mitigated_on_its_ground_and_above_it_never(
    change, fine, codes
):
    """行政处罚法 §32、§33: asked when the investigation ends, at notice, submission and decision."""
    violation = PLAIN | change | {"fine": fine}
    assert why(violation, fine=fine) == codes
    story = filed()
    story.do("restate-violations", violations=[violation])
    act = story.act("notify-penalty", facts="事实", **told.penalty(fine))
    found = within_statute(story.case, act, fine, SCALES)
    assert ([found.code] if found else []) == [
        "fine-out-of-range" if code == "not-mitigable" else code for code in codes
    ]


def test_the_decision_itself_is_held_to_the_statute():
    """What was lawful at notice need not be when the case was restated since."""
    cheap = PLAIN | OVERDUE | {"fine": 10 * WAN}
    story = filed().do("conclude-investigation", day=10, **said(cheap, fine=10 * WAN))
    told.reviewed(story)
    for kind in ("notify-penalty", "submit-decision", "approve-decision", "decide"):
        guards = REGISTRY[kind].content
        assert statute_holds in guards, kind
    why_not = story.why("notify-penalty", facts="事实", **told.penalty(9 * WAN))
    assert why_not == ["fine-out-of-range"]


def test_outside_the_catalogue_or_without_a_penalty_nothing_is_weighed():
    assert why(GRADED | {"offence": "local-1"}) == []
    assert why(GRADED | {"fine": 99 * WAN}, outcome="terminate") == []
