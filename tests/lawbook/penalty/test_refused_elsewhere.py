"""What others refuse: the police to take a case, the court to enforce; and what a review has changed."""

from datetime import date, timedelta
from typing import Any

import pytest

from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit, open_limits
from lawbook.penalty.duties import duties
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import CLOSE as CLOSING
from tests.lawbook.penalty.standing import changed
from tests.lawbook.penalty.stories import CALENDAR, WANG, WORLD, ZHAO, Story

CLOSE: dict[str, Any] = CLOSING
ARCHIVE: dict[str, Any] = {"number": "1", "kept": "ten"}


def due(case: Case) -> dict[str, date | None]:
    return {one.name: one.due_on for one in duties(case, WORLD)}


def names(case: Case) -> set[str]:
    return {one.name for one in open_limits(case)}


def decided_2026() -> Story:
    """In force under the procedure of 2026."""
    story = told.waived(told.notified(told.reviewed(told.reported())))
    story = told.approved(story).do("decide", day=1, **told.penalty())
    return story.do("serve", **told.served("decision", story.on))


def declined() -> Story:
    """Refused by the police on 2026-03-06."""
    story = told.to_the_police(told.filed_2026().do("propose-transfer", report="涉嫌危险作业罪"))
    story.do("send-transfer", sent_at="2026-03-04T15:00:00+08:00", received_by="李警官")
    return answer(story, 2, "declined")


def answer(story: Story, day: int, outcome: str) -> Story:
    on = date.fromordinal(story.on.toordinal() + day)
    return story.do(
        "record-police-answer", day=day, outcome=outcome, organ="河津市公安局", received_on=str(on)
    )


def dispute(way: str, day: str = "2026-03-09", **said: str) -> dict[str, Any]:
    return {
        "day": day,
        "way": way,
        "organ": "河津市公安局",
        "sent_on": day,
        "reason": "已达立案标准",
    } | said


def test_a_refusal_of_the_police_is_disputed_within_three_days_first_with_them():
    story = declined()
    assert due(story.case)["dispute-police"] == date(2026, 3, 9)
    assert "receive-back" in due(story.case)
    assert story.why("dispute-police", **dispute("reconsideration", "2026-03-10")) == [
        "police-dispute-late"
    ]
    story.do("dispute-police", **dispute("reconsideration"))
    assert due(story.case)["police-reconsider"] == date(2026, 3, 12)
    # While they decide, nobody else punishes, closes or asks once more.
    assert story.why("receive-back", ZHAO, organ="公安局", reason="不立案") == [
        "police-not-answered"
    ]
    assert story.why("archive", WANG, **ARCHIVE) == ["police-not-answered"]
    assert story.why("dispute-police", **dispute("supervision")) == ["nothing-open"]
    answer(story, 2, "declined")
    assert due(story.case)["supervise-police"] == date(2026, 3, 14)
    assert story.why("dispute-police", **dispute("reconsideration", "2026-03-12")) == [
        "nothing-open"
    ]
    late = dispute("supervision", "2026-03-16")
    assert story.why("dispute-police", **late) == ["act-incomplete"]
    story.do("dispute-police", **late, late_reason="材料退补")
    assert names(story.case) & {"dispute-police", "supervise-police", "police-reconsider"} == set()
    (waits,) = [one for one in duties(story.case, WORLD) if one.name == "record-police-answer"]
    assert waits.waiting
    answer(story, 3, "filed")
    assert "hand-over-evidence" in names(story.case)


def test_what_stays_refused_is_dealt_with_by_the_bureau():
    story = declined()
    assert story.why("archive", WANG, **ARCHIVE) == ["refused-by-police-undealt"]
    story.do("dispute-police", **dispute("supervision", "2026-03-20"), late_reason="研究")
    answer(story, 3, "declined")
    assert "dispute-police" not in names(story.case)
    assert story.why("dispute-police", **dispute("reconsideration", "2026-03-23")) == [
        "nothing-open"
    ]
    story.do("receive-back", ZHAO, organ="河津市公安局", reason="不予立案")
    assert story.case.title == "调查取证"
    assert "receive-back" not in due(story.case)


def test_nobody_disputes_an_answer_that_has_not_come():
    story = told.to_the_police(told.filed_2026().do("propose-transfer", report="涉嫌危险作业罪"))
    story.do("send-transfer", sent_at="2026-03-04T15:00:00+08:00", received_by="李警官")
    assert story.why("dispute-police", **dispute("reconsideration")) == ["nothing-open"]
    answer(story, 1, "filed")
    assert story.why(
        "record-police-answer", outcome="filed", organ="局", received_on="2026-03-05"
    ) == ["nothing-open"]


def applied() -> Story:
    """Put to the court on 2026-11-10."""
    story = told.in_force().do("demand", day="2026-10-01", amount=6_000_000)
    story.do("serve", **told.served("demand", "2026-10-01"))
    return story.do("apply-to-court", ZHAO, day="2026-11-10", court="河津市人民法院", signed_by="赵明远",
                    materials=["决定书"], amount=6_000_000)  # fmt: skip


def ruling(story: Story, outcome: str, day: str, **said: Any) -> Story:
    return story.do(
        "record-court-ruling", day=day, outcome=outcome, on=day, received_on=day, **said
    )


ABOVE: dict[str, Any] = {"court": "运城市中级人民法院", "reason": "符合受理条件"}
UNPAID: dict[str, Any] = {"unpaid_reason": "法院不予受理，上一级法院维持"}


@pytest.mark.parametrize(
    ("outcome", "limit", "until"),
    [("not-accepted", "higher-court-accepts", date(2026, 12, 1)),
     ("refused", "higher-court-rules", date(2026, 12, 16))],
)  # fmt: skip
def test_what_a_court_turns_down_goes_to_the_court_above_and_its_word_is_the_last(
    outcome, limit, until
):
    story = ruling(applied(), outcome, "2026-11-13")
    opened = open_limit(story.case, "ask-higher-court")
    assert opened is not None
    assert opened.due_on(CALENDAR) == date(2026, 11, 30)  # the 28th is a Saturday
    assert story.why("propose-closing", **CLOSE, **UNPAID) == ["still-owed"]
    story.do("ask-higher-court", ZHAO, day="2026-11-16", **ABOVE)
    assert due(story.case)[limit] == until
    assert story.why("propose-closing", **CLOSE, **UNPAID) == ["still-owed"]
    ruling(story, outcome, "2026-11-30")
    assert open_limit(story.case, "ask-higher-court") is None
    assert story.why("ask-higher-court", ZHAO, **ABOVE) == ["nothing-open"]
    assert story.why("propose-closing", **CLOSE) == ["act-incomplete"]
    assert story.why("propose-closing", **CLOSE, **UNPAID) == []


def test_a_ruling_that_nobody_disputes_is_final_after_fifteen_days():
    story = ruling(applied(), "not-accepted", "2026-11-13")
    assert story.why("propose-closing", day="2026-11-30", **CLOSE, **UNPAID) == ["still-owed"]
    assert story.why("propose-closing", day="2026-12-01", **CLOSE, **UNPAID) == []
    assert story.why("ask-higher-court", ZHAO, day="2026-12-01", **ABOVE) == ["higher-court-late"]


def test_a_court_above_that_lets_it_in_leaves_the_case_open():
    story = ruling(applied(), "not-accepted", "2026-11-13").do("ask-higher-court", ZHAO, **ABOVE)
    ruling(story, "accepted", "2026-11-20")
    assert "court-rules" in names(story.case)
    assert story.why("propose-closing", **CLOSE, **UNPAID) == ["still-owed"]


def test_what_a_review_has_changed_is_enforced_by_who_reviewed_it():
    story = changed()
    withdrawn = story.do(
        "withdraw-publication", where="网", withdrawn_on="2026-04-20", reason="变更"
    )
    assert withdrawn.why("demand", day="2026-06-01", amount=5_000_000) == ["reviewer-enforces"]
    late = story.why("add-late-fine", day="2026-06-01", until="2026-05-31", amount=1)
    assert late[0] == "reviewer-enforces"
    refer: dict[str, Any] = {
        "organ": "河津市人民政府",
        "sent_on": "2026-04-30",
        "text": "罚款五万元未缴",
    }
    assert story.why("refer-enforcement", day="2026-04-30", **refer) == ["remedy-open"]
    assert "refer-enforcement" in due(story.case)
    assert "apply-to-court" not in due(story.case)
    reason: dict[str, Any] = {"unpaid_reason": "已移交复议机关执行"}
    assert story.why("propose-closing", day="2026-06-01", **CLOSE, **reason) == ["still-owed"]
    story.do("publish", day="2026-06-01", where="网", published_on="2026-06-01")
    story.do("refer-enforcement", **refer)
    assert "refer-enforcement" not in due(story.case)
    assert story.why("propose-closing", **CLOSE) == ["act-incomplete"]
    assert story.why("propose-closing", **CLOSE, **reason) == []


def test_what_a_review_has_left_is_enforced_by_who_decided():
    story = told.in_force().do(
        "record-challenge", day=11, kind="review", organ="市政府", accepted_on="2026-04-02"
    )
    story.do("review-outcome", day=20, outcome="upheld", received_on="2026-04-20")
    assert story.why(
        "refer-enforcement", day="2026-06-01", organ="市政府", sent_on="2026-06-01", text="未缴"
    ) == ["nothing-open"]
    assert story.why("demand", day="2026-06-01", amount=6_000_000) == []


def test_the_government_is_asked_to_close_a_plant_on_a_ground_of_the_law_and_after_a_decision():
    """安全生产法 §113: penalties again and again are named, within its days."""
    ask: dict[str, Any] = {
        "government": "河津市人民政府",
        "reason": "多次处罚",
        "sent_on": "2026-03-03",
    }
    early = told.filed_2026().why("request-shutdown", ZHAO, **ask, ground="refused")
    assert early == ["nothing-open", "act-not-at-this-stage"]
    story = decided_2026()
    ask |= {"sent_on": str(story.on), "ground": "repeated"}

    def before(*days: int) -> list[dict[str, str]]:
        return [{"number": f"{n}号", "decided_on": str(story.on - timedelta(n))} for n in days]

    for decisions in ([], before(1, 20), before(1, 1, 20), before(1, 20, 180)):
        assert story.why("request-shutdown", ZHAO, **ask, decisions=decisions) == ["act-incomplete"]
    handler = story.why("request-shutdown", **ask, decisions=before(1, 20, 179))
    assert handler[0] == "not-your-power"
    assert story.why("request-shutdown", ZHAO, **ask, decisions=before(1, 200, 300, 364)) == []
    story.do("request-shutdown", ZHAO, **ask, decisions=before(1, 20, 179))
    assert story.why("request-shutdown", ZHAO, **ask | {"ground": "refused"}) == []
