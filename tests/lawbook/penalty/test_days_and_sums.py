"""Days, sums and people in a case: what is refused too early or too high is allowed in its time."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from lawbook.penalty.money import late_days, late_fine
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import (
    CONCLUDE,
    DEC,
    THINGS,
    asked,
    sealed,
    session,
    together,
)
from tests.lawbook.penalty.stories import LI, QIAN, WANG, ZHANG, ZHAO, Story


def test_what_was_refused_is_allowed_once_it_is_mended():
    """M4, along one case: each refusal names the act, and doing it removes the refusal."""
    story = told.concluded(complex=True)
    assert story.refused("submit-decision", **DEC)[0].problem()["mend"] == "notify-penalty"
    story.do("notify-penalty", facts="有", **told.penalty())
    assert story.refused("submit-decision", **DEC)[0].problem()["mend"] == "serve"
    story.do("serve", **told.served("penalty-notice", story.on))
    assert story.refused("submit-decision", **DEC)[0].problem()["mend"] == "waive"
    story.do("waive", right="both", signed_by="周正", signed_on=str(story.on))
    assert story.refused("submit-decision", **DEC)[0].problem()["mend"] == "notify-hearing"
    story.do("notify-hearing").do("serve", **told.served("hearing-notice", story.on))
    story.do("waive", right="both", signed_by="周正", signed_on=str(story.on))
    story.do("submit-decision", **DEC)
    mends = [one.problem()["mend"] for one in story.refused("approve-decision", ZHAO, **DEC)]
    assert mends == ["submit-legal-review", "deliberate"]
    story.do("withdraw-submission", reason="先法制审核")
    told.reviewed(story)
    story.do("submit-decision", **DEC).do("deliberate", ZHAO, **told.deliberation())
    story.do("approve-decision", ZHAO, **DEC).do("decide", **told.penalty())


def test_a_hearing_chaired_by_somebody_else_than_was_named_is_refused():
    story = asked().do("notify-hearing-session", day=1, **session())
    assert "chair-handles" in story.why("hold-hearing", WANG, "2026-04-30", **told.hearing())
    assert story.why("hold-hearing", QIAN, "2026-04-29", **told.hearing()) == [
        "hearing-not-notified"
    ]
    assert story.why("hold-hearing", QIAN, "2026-04-30", **told.hearing()) == []


def test_seven_working_days_lie_between_the_notice_and_the_hearing():
    """2026-03-18 (Wed) is served; seven working days end on the 27th (Fri): the 30th is the first."""
    story = asked()
    assert story.why(
        "notify-hearing-session", day="2026-03-18", **session(hearing_on="2026-03-27")
    ) == ["hearing-notice-short"]
    assert (
        story.why("notify-hearing-session", day="2026-03-18", **session(hearing_on="2026-03-30"))
        == []
    )


def test_a_decision_after_ninety_days_wants_its_reason_on_record():
    story = told.approved(told.waived(told.notified()))
    assert story.why("decide", day="2026-06-01", **told.penalty()) == []
    assert story.why("decide", day="2026-06-02", **told.penalty()) == ["decision-overdue"]
    assert story.why("decide", day="2026-06-02", late_reason="公告送达", **told.penalty()) == []


def test_pauses_and_extensions_of_the_ninety_days_move_their_end():
    story = told.filed()
    story.do(
        "pause-deciding", ZHAO, "2026-03-10", law="某规章 §5", reason="公告", since="2026-03-10"
    )
    story.do("resume-deciding", day="2026-03-20", on="2026-03-20", reason="期满")
    told.approved(told.waived(told.notified(told.reviewed(told.concluded(story)))))
    assert story.why("decide", day="2026-06-11", **told.penalty()) == []
    assert story.why("decide", day="2026-06-12", **told.penalty()) == ["decision-overdue"]
    story.do("extend-deciding", ZHAO, "2026-06-10", days=30, reason="案情复杂",
             law="安全生产违法行为行政处罚办法 §31", superior="运城市应急管理局 1 号")  # fmt: skip
    assert story.why("decide", day="2026-07-10", **told.penalty()) == []


def test_a_certificate_that_expired_yesterday_is_seen_before_the_act_is_tried():
    story = together(told.filed(), ZHANG, replace(LI, certificate_valid_until=date(2026, 3, 12)))
    assert story.why("conclude-investigation", day="2026-03-12", **CONCLUDE) == []
    assert story.why("conclude-investigation", day="2026-03-13", **CONCLUDE) == [
        "handler-not-certified"
    ]


def test_who_stands_in_may_act_on_those_days_and_no_others():
    story = told.concluded()
    story.do("delegate", ZHAO, power="case.approve", to=WANG.number, name="王衡", reason="出差",
             **{"from": str(story.on), "until": str(story.on + timedelta(3))})  # fmt: skip
    said = {"kind": "terminated", "findings": "无", "reason": "无"}
    assert story.why("terminate", WANG, 3, **said) == []
    assert story.why("terminate", WANG, 4, **said) == ["not-your-power"]


def test_a_defence_never_makes_it_worse_but_new_facts_may():
    story = told.notified()
    story.do("state-and-defend", person="周正", text="不服", accepted="none", considered="不成立")
    assert story.why("notify-penalty", facts="有", **told.penalty(7_000_000)) == ["aggravated"]
    story.do("supplement-investigation", reason="发现新的违法事实")
    told.concluded(story, 7_000_000)
    assert story.why("notify-penalty", facts="新", **told.penalty(7_000_000)) == []


def test_the_late_fine_is_three_per_cent_a_day_up_to_the_fine_and_not_while_a_review_is_pending():
    """Served on 2026-03-20 (Fri): due on Saturday 04-04, a holiday until the 6th, hence on the 7th."""
    story = told.in_force()
    assert [str(one) for one, _ in told_schedule(story)] == ["2026-04-07"]
    ten = late_fine(story.case, story.world, date(2026, 4, 17))
    assert (ten.days, ten.amount, ten.capped) == (10, 1_800_000, False)
    story.do(
        "record-challenge",
        day="2026-04-10",
        kind="review",
        organ="市政府",
        accepted_on="2026-04-10",
    )
    paused = late_fine(story.case, story.world, date(2026, 5, 20))
    assert paused.days == 2
    most = late_fine(told.in_force().case, story.world, date(2026, 5, 20))
    assert (most.amount, most.capped) == (6_000_000, True)
    days = late_days(story.case, story.world, date(2026, 4, 11))
    assert [(str(one.on), one.owed, one.added, one.total, one.counts) for one in days] == [
        ("2026-04-08", 6_000_000, 180_000, 180_000, True),
        ("2026-04-09", 6_000_000, 180_000, 360_000, True),
        ("2026-04-10", 6_000_000, 0, 360_000, False),
        ("2026-04-11", 6_000_000, 0, 360_000, False),
    ]


def told_schedule(story: Story) -> tuple[tuple[date, int], ...]:
    from lawbook.penalty.money import schedule

    return schedule(story.case, story.world)


def test_an_urgent_sealing_is_made_up_for_and_its_time_of_testing_does_not_count():
    story = told.filed()
    assert story.why(
        "seal", measure="sealing", things=THINGS, place="车间", reason="险", basis="§65"
    ) == ["measure-not-approved"]
    story = sealed(urgent=True, urgent_reason="随时可能爆炸")
    names = {one.name for one in told_duties(story)}
    assert {"sealing", "make-up-sealing-approval"} <= names
    due = next(one.due_on for one in told_duties(story) if one.name == "sealing")
    assert due == date(2026, 4, 2)
    story.do(
        "commission-appraisal",
        day="2026-03-10",
        organ="检测中心",
        request="强度",
        things=THINGS,
        party_told=True,
    )
    assert next(one for one in told_duties(story) if one.name == "sealing").stands
    story.do("receive-appraisal", day="2026-03-20", organ="检测中心", opinion="不合格", evidence=[])
    assert next(one.due_on for one in told_duties(story) if one.name == "sealing") == date(
        2026, 4, 12
    )  # a Sunday: the bureau's own time does not move on


def told_duties(story: Story) -> Any:
    from lawbook.penalty.duties import duties

    return duties(story.case, story.world)


def test_a_provision_that_was_repealed_extends_nothing_any_more():
    """The 办法 of 2007 and 2015 went on 2026-02-01 (应急管理部令第18号); what replaced it is to be entered."""
    story, rule = told.filed(), "安全生产违法行为行政处罚办法 §31"
    said: dict[str, Any] = {"law": rule, "reason": "复杂", "days": 30, "superior": "市局 1 号"}
    assert story.why("extend-deciding", ZHAO, **said) == []
    story.world = replace(story.world, norms=told.IN_CONTENT)
    assert story.why("extend-deciding", ZHAO, **said) == ["no-ground-to-extend"]
    assert told.IN_CONTENT.lengthening(rule, date(2026, 1, 31))
    assert told.IN_CONTENT.lengthening(rule, date(2026, 2, 1)) is None


def test_more_time_to_decide_is_capped_all_told_and_approved_above():
    """Facts §5.4: ninety days, a hundred and eighty with the approval of the superior organ (待确认)."""
    rule = "安全生产违法行为行政处罚办法§31"
    story = told.filed()
    said: dict[str, Any] = {"law": rule, "reason": "复杂"}
    assert story.why("extend-deciding", ZHAO, days=30, **said) == ["act-incomplete"]
    above = said | {"superior": "运城市应急管理局 1 号"}
    story.do("extend-deciding", ZHAO, days=60, **above)
    assert story.why("extend-deciding", ZHAO, days=30, **above) == []
    assert story.why("extend-deciding", ZHAO, days=31, **above) == ["extended-too-long"]
    assert not any(one.verified for one in told.NORMS.extensions)
