"""No penalty on its ground, and the two years, as a case asks them (行政处罚法 §30–§33、§36)."""

from typing import Any

import pytest

from lawbook.leniency import NO_PENALTY
from lawbook.penalty.facts import facts
from lawbook.penalty.guards import not_time_barred
from lawbook.penalty.kind import REGISTRY
from paper.filling import filled, wanting
from paper.template import load_template
from paper.values import faults
from services.kit.settings import ROOT
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import VIOLATION, ZHAO, Story

NONE: dict[str, Any] = {"outcome": "no-penalty", "opinion": "不予处罚"}


def none_submitted(**said: Any) -> Story:
    story = told.reviewed(told.concluded())
    return story.do("submit-decision", **NONE, **said)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({}, ["not-exempt"]),
        ({"ground": "slight"}, []),
        ({"ground": "under-14"}, ["not-exempt"]),
        ({"ground": "other"}, ["not-exempt"]),
        ({"ground": "other", "basis": "某法 §3"}, []),
    ],
)
def test_that_no_penalty_be_given_is_proposed_on_a_ground_that_the_law_knows(said, codes):
    story = told.reviewed(told.concluded())
    assert story.why("submit-decision", **NONE, **said) == codes


def test_a_decision_not_to_penalise_names_its_ground_and_is_not_taken_on_anothers():
    story = none_submitted(ground="slight").do("approve-decision", ZHAO, **NONE)
    assert story.why("decide-no-penalty", ground="rich", reason="无") == ["act-incomplete"]
    assert story.why("decide-no-penalty", ground="under-14", reason="无") == ["not-exempt"]
    assert story.why("decide", **told.penalty()) == ["not-approved-so"]
    assert story.do("decide-no-penalty", ground="slight", reason="及时改正").case.decision


@pytest.mark.parametrize(
    "form",
    [
        "case-handling-approval",
        "investigation-report",
        "legal-review-opinion",
        "no-penalty-decision",
    ],
)
def test_no_form_of_who_is_not_penalised_asks_which_penalty_is_proposed(form):
    """行政处罚法 §33, §57(1): nobody types a penalty into a file in which none is given."""
    template = load_template(ROOT / "content" / "documents" / form)
    penalised, spared = told.decided().case, told.not_penalised().case
    told_of = filled(template, facts(spared))
    asked = {"拟给予的行政处罚", "处罚种类"}
    assert not asked & set(wanting(template, told_of))
    assert not any("处罚种类" in one for one in faults(template.fields, told_of).values())
    assert "proposed_penalties" not in told_of
    if form != "no-penalty-decision":
        nothing = {name: value for name, value in filled(template, facts(penalised)).items()
                   if name != "proposed_penalties"}  # fmt: skip
        assert "拟给予的行政处罚" in wanting(template, nothing)


def test_the_two_years_are_a_ground_only_once_they_have_passed():
    """Found on 2026-03-02: what ended on 2024-03-02 was found on the last day."""
    for ended, codes in (("2024-03-02", ["not-exempt"]), ("2023-01-01", [])):
        story = told.filed(violations=[VIOLATION])
        late = VIOLATION | {"ended_on": ended}
        story.do("conclude-investigation", day=10, violations=[late], facts="清楚",
                 outcome="no-penalty")  # fmt: skip
        assert story.why("submit-decision", **NONE, ground="barred") == codes


def test_what_counts_is_the_day_of_finding_not_that_of_filing_or_deciding():
    """行政处罚法 §36: 二年内未被发现的."""
    for found, codes in (("2026-03-01", []), ("2026-03-02", ["time-barred"])):
        said = told.filing(found_on=found, violations=[VIOLATION | {"ended_on": "2024-03-01"}])
        assert Story().why("propose-filing", day="2026-03-20", **said) == codes


def test_what_harmed_life_is_asked_for_within_five_years():
    old = VIOLATION | {"ended_on": "2021-03-02"}
    assert Story().why("propose-filing", **told.filing(violations=[old])) == ["time-barred"]
    harmful = old | {"harmful": True}
    assert Story().why("propose-filing", **told.filing(violations=[harmful])) == []
    older = harmful | {"ended_on": "2021-03-01"}
    assert Story().why("propose-filing", **told.filing(violations=[older])) == ["time-barred"]


@pytest.mark.parametrize("kind", ["notify-penalty", "submit-decision", "decide"])
def test_a_penalty_is_neither_told_nor_decided_for_what_is_barred(kind):
    """A day established later than the filing bars the case then."""
    story = told.filed()
    story.do("restate-violations", violations=[VIOLATION | {"ended_on": "2024-03-02"}])
    act = story.act(kind, **told.penalty(), facts="有")
    assert not_time_barred in REGISTRY[kind].content
    assert not_time_barred(story.case, act, story.world) is None
    barred = story.act("restate-violations", violations=[VIOLATION | {"ended_on": "2024-03-01"}])
    found = not_time_barred(story.case.after(barred), act, story.world)
    assert found is not None
    assert found.code == "time-barred"


def test_words_of_older_cases_are_grounds_still():
    assert {"slight", "first", "no-fault", "not-established", "barred", "other"} <= set(NO_PENALTY)


@pytest.mark.parametrize("ground", sorted(NO_PENALTY))
def test_the_form_knows_every_ground_by_the_word_of_the_act(ground):
    """不予行政处罚决定书 is filled from the act: no word of it may be one that the form lacks."""
    form = load_template(ROOT / "content" / "documents" / "no-penalty-decision")
    (field,) = [one for one in form.fields if one.code == "ground"]
    assert ground in dict(field.options)


def test_the_article_of_the_ground_is_written_out_for_the_decision():
    story = none_submitted(ground="first").do("approve-decision", ZHAO, **NONE)
    story.do("decide-no-penalty", ground="first", reason="及时改正")
    told_of = facts(story.case)["acts"]["decide-no-penalty"]
    assert told_of["ground_law"] == "《行政处罚法》第三十三条第一款"
