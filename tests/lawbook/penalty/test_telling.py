"""Notice, hearing, deliberation and service, as the law wants them of acts entered from now on."""

from datetime import timedelta
from typing import Any

from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import Story


def proposed(fine: int) -> dict[str, Any]:
    return {"outcome": "penalty", "opinion": "建议处罚", **told.penalty(fine)}


def told_again(story: Story, fine: int, day: int = 14) -> Story:
    return story.do("notify-penalty", day=day, facts="更重", **told.penalty(fine))


def test_a_second_notice_is_served_and_its_time_runs_before_the_decision_is_submitted():
    """行政处罚法 §44、§45: what the first notice began ends nothing for the second."""
    story = told_again(told.notified(fine=1_000_000), 2_500_000)
    assert story.why("submit-decision", **proposed(2_500_000)) == ["notice-not-served"]
    story.do("serve", **told.served("penalty-notice", story.on))
    assert story.why("submit-decision", **proposed(2_500_000)) == ["defence-period-runs"]
    assert story.why("submit-decision", day=14, **proposed(2_500_000)) == []
    told.waived(story)
    assert story.why("submit-decision", **proposed(2_500_000)) == []


def test_a_second_notice_wants_its_own_notice_of_the_right_to_a_hearing():
    """行政处罚法 §63、§64(1): also where the first was served and its five days have passed."""
    story = told_again(told.notified(), 20_000_000)
    story.do("serve", **told.served("penalty-notice", story.on))
    asked: dict[str, Any] = {"person": "周正", "asked_on": str(story.on)}
    assert story.why("request-hearing", **asked) == ["no-hearing-notice"]
    assert story.why("submit-decision", day=14, **proposed(20_000_000)) == ["hearing-notice-first"]
    story.do("notify-hearing")
    assert story.why("submit-decision", day=14, **proposed(20_000_000)) == ["notice-not-served"]
    story.do("serve", **told.served("hearing-notice", story.on))
    late = story.why("submit-decision", day=5, **proposed(20_000_000))
    assert late == ["defence-period-runs"]
    assert story.why("request-hearing", **asked) == []
    day = story.on + timedelta(14)
    assert story.why("submit-decision", day=str(day), **proposed(20_000_000)) == []
