"""Over the turn of a year whose holidays nobody has announced: what is lawful either way is done."""

from datetime import date
from typing import Any

from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import DEC, session
from tests.lawbook.penalty.stories import ZHAO, Story

assert max(told.CALENDAR.years) == 2026
UNKNOWN = ["calendar-not-announced"]


def of(day: str) -> Story:
    """Filed on this day."""
    story = Story(on=date.fromisoformat(day)).do("propose-filing", **told.filing())
    return story.do("approve-filing", ZHAO, opinion="同意立案")


def notified(day: str) -> Story:
    """Both notices served on this day; concluded and reviewed twelve days before."""
    story = of(day)
    story.do(
        "conclude-investigation",
        violations=[told.VIOLATION],
        facts="清楚",
        outcome="penalty",
        **told.penalty(),
    )
    story.do("submit-legal-review")
    story.do("review-legality", told.QIAN, opinion="agree", text="同意", first_time=False)
    story.do("notify-penalty", facts="无防护装置", **told.penalty())
    story.do("serve", **told.served("penalty-notice", story.on)).do("notify-hearing")
    return story.do("serve", **told.served("hearing-notice", story.on))


def test_a_period_that_runs_into_the_year_is_over_once_its_latest_day_has_passed():
    """Five working days from 28 December: three of 2026, then the 4th and 5th of January at the latest."""
    story = notified("2026-12-28")
    assert story.why("submit-decision", day="2026-12-31", **DEC) == ["defence-period-runs"]
    assert story.why("submit-decision", day="2027-01-05", **DEC) == UNKNOWN
    assert story.why("submit-decision", day="2027-01-06", **DEC) == []


def test_a_hearing_of_january_is_announced_in_december():
    story = notified("2026-12-14")
    story.do("request-hearing", day=1, person="周正", asked_on="2026-12-15")
    told_on = {"day": "2026-12-24", "received_on": "2026-12-24"}
    # Seven working days between: 25, 28, 29, 30 and 31 December, and two of January.
    for hearing_on, why in (
        ("2027-01-06", []),
        ("2027-01-05", UNKNOWN),
        ("2026-12-31", ["hearing-notice-short"]),
    ):
        said = session(hearing_on=hearing_on) | told_on
        assert story.why("notify-hearing-session", **said) == why, hearing_on


def test_the_court_is_asked_in_december_though_its_window_ends_in_the_new_year():
    """Served on 2026-03-20: the six months end in September, the three in December or later."""
    story = told.Story(on=date(2026, 4, 20))
    story.do("propose-filing", **told.filing()).do("approve-filing", ZHAO, opinion="同意")
    told.approved(told.waived(told.notified(told.reviewed(told.concluded(story)))))
    story.do("decide", day=1, **told.penalty()).do("serve", **told.served("decision", story.on))
    served = story.on
    assert served > date(2026, 5, 1)
    story.do("demand", day="2026-11-16", amount=6_000_000)
    story.do("serve", **told.served("demand", "2026-11-16"))
    ask: dict[str, Any] = {
        "court": "河津市人民法院",
        "signed_by": "赵明远",
        "materials": ["决定书"],
        "amount": 6_000_000,
    }
    assert story.why("apply-to-court", ZHAO, day="2026-12-10", **ask) == []
