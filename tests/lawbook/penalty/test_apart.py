"""Who has investigated a case keeps apart from its review and its hearing (行政处罚法 §58、§64(4))."""

from dataclasses import replace
from typing import Any

from tests.lawbook.penalty import standing
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import QIAN, SUN, WORLD

INSPECTED = replace(WORLD, inspectors={QIAN.number: QIAN.name, SUN.number: SUN.name})


def test_who_inspected_at_the_site_does_not_review_the_case():
    story = told.concluded().do("submit-legal-review")
    agreed: dict[str, Any] = {"opinion": "agree", "text": "同意", "first_time": False}
    assert story.why("review-legality", QIAN, **agreed) == []
    story.world = INSPECTED
    assert story.why("review-legality", QIAN, **agreed) == ["reviewer-handles"]


def test_who_inspected_at_the_site_neither_chairs_the_hearing_nor_writes_its_record():
    story = standing.asked()
    said: dict[str, Any] = standing.session(chair=QIAN.number, clerk=SUN.name)
    assert not {"chair-handles", "hearing-staff-handles"} & set(
        story.why("notify-hearing-session", day=1, **said)
    )
    story.world = INSPECTED
    assert {"chair-handles", "hearing-staff-handles"} <= set(
        story.why("notify-hearing-session", day=1, **said)
    )
