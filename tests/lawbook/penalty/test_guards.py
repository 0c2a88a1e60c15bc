"""Every refusal of the penalty law, from a case that is one step short of what the law wants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from lawbook.instalments import CashNotAllowed, ScheduleNotSound
from lawbook.penalty import refusals
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.money import late_days, late_fine
from lawbook.penalty.refusals import (
    PenaltyRefusal,
    acting,
    approving,
    deciding,
    ending,
    investigating,
    performing,
    telling,
)
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import LI, QIAN, SUN, VIOLATION, WANG, ZHANG, ZHAO, Story, person

CODES = {
    one.code: one
    for module in (
        refusals,
        acting,
        approving,
        deciding,
        ending,
        investigating,
        performing,
        telling,
    )
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, PenaltyRefusal) and one is not PenaltyRefusal
}
SHARED = {"cash-not-allowed": CashNotAllowed, "schedule-not-sound": ScheduleNotSound}
"""Refusals of the law that the rules of payment give, case or no case."""
EXPIRED = replace(LI, certificate_valid_until=date(2026, 3, 1))
OTHER = replace(ZHAO, unit="140881")
HANDLING_HEAD = person(ZHANG.number, "张岳", "handle", "approve", "review")
LEFT = {"of": "penalty-notice", "method": "left", "served_on": "2026-03-16"}


def together(story: Story, *people: Any) -> Story:
    story.together = people
    return story


def measure(story: Story, kind: str) -> Story:
    story.do("request-measure", measure=kind, reason="可能灭失")
    return story.do("approve-measure", ZHAO, measure=kind, agreed=True, opinion="同意")


THINGS = [{"name": "安全装置", "amount": "壹台"}]


def registered() -> Story:
    story = measure(told.filed(), "register-evidence")
    return story.do("register-evidence", things=THINGS, place="公司库房", manner="就地")


def sealed(**changes: Any) -> Story:
    story = measure(told.filed(), "seal")
    return story.do("seal", measure="sealing", things=THINGS, place="车间", reason="不符合标准",
                    basis="安全生产法 §65", **changes)  # fmt: skip


def extended() -> Story:
    story = sealed()
    of = story.last.id
    measure(story, "extend-sealing").do("extend-sealing", of=of, reason="案情复杂")
    return measure(story, "extend-sealing")


def refused_afterwards() -> Story:
    story = told.filed().do("seal", measure="sealing", things=THINGS, place="车间", reason="险", urgent=True,
                            basis="安全生产法 §65", urgent_reason="随时可能爆炸")  # fmt: skip
    story.do("request-measure", measure="seal", reason="补办")
    return story.do("approve-measure", ZHAO, measure="seal", agreed=False, opinion="不应采取")


def opener(story: Story, kind: str) -> str:
    act = story.case.ever(kind)
    assert act is not None
    return act.id


def submitted(fine: int = 6_000_000) -> Story:
    story = told.waived(told.notified(fine=fine))
    return story.do("submit-decision", outcome="penalty", opinion="处罚", **told.penalty(fine))


def spot(fine: int = 10_000) -> Story:
    story = Story().do("begin-summary", **told.filing("summary@2021"), certificate_shown=True)
    story.do("notify-penalty", facts="未戴安全帽", **told.penalty(fine))
    return story.do("waive", right="defence", signed_by="周正", signed_on=str(story.on))


def spot_served(fine: int = 10_000) -> Story:
    story = spot(fine).do("decide", **told.penalty(fine))
    story.do("serve", **told.served("decision", story.on))
    return story.do("publish", where="信用中国", published_on=str(story.on))


def changed() -> Story:
    story = told.in_force()
    story.do(
        "record-challenge", day=11, kind="review", organ="河津市人民政府", accepted_on="2026-04-02"
    )
    return story.do(
        "review-outcome", day=20, outcome="changed", fine=5_000_000, received_on="2026-04-20"
    )


def asked() -> Story:
    story = told.notified()
    return story.do("request-hearing", day=1, person="周正", asked_on=str(story.on))


def session(**changes: Any) -> dict[str, Any]:
    return {
        "hearing_on": "2026-04-30", "time": "9:00", "place": "会议室", "public": True, "clerk": "孙平",
        "chair": QIAN.number, "chair_name": "钱敏", "chair_post": "股长", "assessors": [],
        "received_on": "2026-03-18",
    } | changes  # fmt: skip


def late() -> Story:
    """Served on 2026-03-20 and not paid."""
    return told.in_force()


def untold_of_its_right() -> Story:
    story = told.notified(fine=4_000_000).do("notify-penalty", facts="有", **told.penalty())
    return told.waived(story.do("serve", **told.served("penalty-notice", "2026-03-16")))


def unreviewed() -> Story:
    story = told.waived(told.notified(told.concluded(complex=True)))
    return story.do("submit-decision", **DEC).do("deliberate", ZHAO, **told.deliberation())


def unpublished() -> Story:
    story = told.decided().do("serve", **told.served("decision", "2026-03-21"))
    return told.paid_in_full(story, 6_000_000)


def terminating() -> Story:
    return told.asked(told.filed_2026(), "terminate", kind="terminated", findings="企业已注销")


def waits_at_the_end() -> Story:
    """Under the procedure of 2026 all is paid and published, and one matter waits for the head."""
    story = told.waived(told.notified(told.reviewed(told.reported())))
    story = told.approved(story).do("decide", day=1, **told.penalty())
    story.do("serve", day=1, **told.served("decision", story.on + timedelta(1)))
    story.do("publish", where="信用中国", published_on=str(story.on))
    return told.asked(told.paid_in_full(story, 6_000_000), "other")


def unanswered() -> Story:
    story = told.to_the_police(told.filed_2026().do("propose-transfer", report="涉嫌危险作业罪"))
    return story.do("send-transfer", sent_at="2026-03-04T15:00:00+08:00", received_by="李警官")


Row = tuple[str, Callable[[], Story], str, Any, dict[str, Any]]
DEC = {"outcome": "penalty", "opinion": "处罚", **told.penalty()}
CONCLUDE = {"violations": [VIOLATION], "facts": "清楚", "outcome": "penalty", **told.penalty()}
CLOSE = {"performance": "无", "opinion": "结案", "receipts": []}
PAY = {
    "towards": "fine",
    "amount": 6_000_000,
    "paid_on": "2026-03-20",
    "method": "bank",
    "receipt": "1",
}
TABLE: list[Row] = [
    ("act-not-at-this-stage", told.filed, "decide", ZHANG, told.penalty()),
    ("act-incomplete", told.filed, "conclude-investigation", ZHANG, {}),
    ("act-out-of-order", told.filed, "add-evidence", ZHANG, {"day": -1, "evidence": told.EVIDENCE}),
    ("day-ahead", told.in_force, "pay", ZHANG, PAY | {"paid_on": "2026-12-01"}),
    ("not-your-power", told.filed, "terminate", ZHANG, {"kind": "terminated", "findings": "无", "reason": "无"}),
    ("certificate-not-shown", Story, "begin-summary", ZHANG,
     told.filing("summary@2021") | {"certificate_shown": False}),
    ("other-unit", told.filed, "recuse", OTHER, {"number": "1", "asked_by": "self", "reason": "近亲属"}),
    ("officer-recused", lambda: told.filed().do("recuse", ZHAO, number=LI.number, asked_by="party", reason="亲属"),
     "conclude-investigation", ZHANG, CONCLUDE),
    ("too-few-handlers", lambda: together(told.filed(), ZHANG), "conclude-investigation", ZHANG, CONCLUDE),
    ("handler-not-certified", lambda: together(told.filed(), ZHANG, EXPIRED),
     "conclude-investigation", ZHANG, CONCLUDE),
    ("not-a-handler", lambda: together(told.filed(), ZHANG, SUN), "conclude-investigation", ZHANG, CONCLUDE),
    ("own-case", lambda: Story().do("propose-filing", **told.filing()), "approve-filing", HANDLING_HEAD,
     {"opinion": "同意"}),
    ("reviewer-handles", lambda: told.concluded().do("submit-legal-review"), "review-legality", HANDLING_HEAD,
     {"opinion": "agree", "text": "同意", "first_time": False}),
    ("reviewer-not-qualified", lambda: told.concluded().do("submit-legal-review"), "review-legality", QIAN,
     {"opinion": "agree", "text": "同意", "first_time": True}),
    ("chair-handles", asked, "notify-hearing-session", ZHANG, session(chair=LI.number)),
    ("party-incomplete", Story, "propose-filing", ZHANG, told.filing(party={"kind": "person", "name": "周正"})),
    ("no-violation", Story, "propose-filing", ZHANG, told.filing(violations=[])),
    ("time-barred", Story, "propose-filing", ZHANG, told.filing(violations=[VIOLATION | {"ended_on": "2024-03-01"}])),
    ("no-evidence", lambda: told.filed(evidence=[]), "conclude-investigation", ZHANG, CONCLUDE),
    ("evidence-undisposed", registered, "conclude-investigation", ZHANG, CONCLUDE),
    ("sealed-undisposed", sealed, "terminate", ZHAO, {"kind": "terminated", "findings": "无", "reason": "无"}),
    ("measure-not-approved", told.filed, "register-evidence", ZHANG,
     {"things": THINGS, "place": "库房", "manner": "就地"}),
    ("nothing-open", told.filed, "publish", ZHANG, {"where": "网", "published_on": "2026-03-03"}),
    ("release-at-once", refused_afterwards, "extend-sealing", ZHANG, {"reason": "复杂", "of": "seal"}),
    ("sealing-not-extendable", extended, "extend-sealing", ZHANG, {"reason": "复杂", "of": "seal"}),
    ("not-submitter", lambda: told.concluded().do("submit-legal-review", LI), "withdraw-submission", ZHANG,
     {"reason": "有误"}),
    ("notice-first", told.concluded, "submit-decision", ZHANG, DEC),
    ("notice-not-served", lambda: told.concluded().do("notify-penalty", facts="有", **told.penalty()),
     "submit-decision", ZHANG, DEC),
    ("hearing-notice-first", untold_of_its_right,
     "submit-decision", ZHANG, DEC),
    ("defence-period-runs", told.notified, "submit-decision", ZHANG, DEC),
    ("defence-not-considered", lambda: told.waived(told.notified()).do("state-and-defend", person="周正", text="不服"),
     "submit-decision", ZHANG, DEC),
    ("aggravated", lambda: told.waived(told.notified()), "submit-decision", ZHANG, DEC | told.penalty(7_000_000)),
    ("differs-from-approved", lambda: told.approved(told.waived(told.notified())), "decide", ZHANG,
     told.penalty(5_000_000)),
    ("no-hearing-notice", lambda: told.notified(fine=4_000_000), "request-hearing", ZHANG,
     {"person": "周正", "asked_on": "2026-03-16"}),
    ("hearing-staff-handles", asked, "notify-hearing-session", ZHANG, session(assessors=["李秋"])),
    ("hearing-closed", asked, "notify-hearing-session", ZHANG, session(public=False)),
    ("hearing-record-unsigned", lambda: asked().do("notify-hearing-session", day=1, **session()),
     "hold-hearing", QIAN, told.hearing() | {"day": "2026-04-30", "signed": False}),
    ("hearing-request-late", told.notified, "request-hearing", ZHANG,
     {"day": 12, "person": "周正", "asked_on": "2026-03-26"}),
    ("hearing-notice-short", asked, "notify-hearing-session", ZHANG, session(hearing_on="2026-03-27")),
    ("hearing-not-notified", asked, "hold-hearing", QIAN, told.hearing()),
    ("hearing-not-held", asked, "report-hearing", QIAN, {"summary": "无", "opinion": "无"}),
    ("legal-review-first", unreviewed,
     "approve-decision", ZHAO, DEC),
    ("deliberation-first", submitted, "approve-decision", ZHAO, DEC),
    ("heads-decide", submitted, "deliberate", ZHAO, told.deliberation() | {
        "attendees": [{"name": "赵明远", "post": "局长", "head": True}, {"name": "吴立", "post": "股长"}]}),
    ("same-again", told.revoked_by_the_court, "reopen", ZHAO, {"reason": "重新处理"}),
    ("decision-overdue", lambda: told.approved(told.waived(told.notified())), "decide", ZHANG,
     {"day": "2026-06-02", **told.penalty()}),
    ("deciding-not-extendable", told.filed, "extend-deciding", ZHAO,
     {"day": "2026-06-02", "law": "某规章 §1", "days": 30, "reason": "复杂"}),
    ("no-ground-to-extend", told.filed, "extend-deciding", ZHAO,
     {"law": "某规章 §1", "days": 30, "reason": "复杂"}),
    ("extended-too-long", told.filed, "extend-deciding", ZHAO,
     {"law": "安全生产违法行为行政处罚办法 §31", "days": 91, "reason": "复杂", "superior": "市局"}),
    ("above-summary-ceiling", lambda: spot(300_001), "decide", ZHANG, told.penalty(300_001)),
    ("cash-not-allowed", lambda: spot_served(300_000), "pay", ZHANG,
     PAY | {"amount": 300_000, "paid_on": "2026-03-02", "method": "cash"}),
    ("service-unproved", lambda: told.concluded().do("notify-penalty", facts="有", **told.penalty()), "serve", ZHANG,
     LEFT | {"served_on": "2026-03-13"}),
    ("nothing-was-issued", told.filed, "serve", ZHANG, told.served("decision", "2026-03-03")),
    ("not-handed-over", lambda: spot().do("decide", **told.penalty(10_000)), "serve", ZHANG,
     told.served("decision", "2026-03-07") | {"day": 5}),
    ("more-than-owed", told.in_force, "pay", ZHANG, PAY | {"amount": 6_000_001}),
    ("schedule-not-sound", told.in_force, "allow-instalments", ZHAO,
     {"applied_on": "2026-03-20", "reason": "困难", "instalments": [
         {"due_on": "2026-05-01", "amount": 1}, {"due_on": "2026-06-01", "amount": 1}]}),
    ("not-late", told.in_force, "demand", ZHANG, {"amount": 6_000_000}),
    ("late-fine-miscounted", late, "add-late-fine", ZHANG, {"day": "2026-06-01", "until": "2026-05-31", "amount": 1}),
    ("demand-first", told.in_force, "apply-to-court", ZHAO,
     {"day": "2026-11-10", "court": "法院", "signed_by": "赵明远", "materials": ["决定书"], "amount": 6_000_000}),
    ("remedy-open", told.in_force, "apply-to-court", ZHAO,
     {"day": "2026-05-10", "court": "法院", "signed_by": "赵明远", "materials": ["决定书"], "amount": 6_000_000}),
    ("court-period-over", told.in_force, "apply-to-court", ZHAO,
     {"day": "2026-12-31", "court": "法院", "signed_by": "赵明远", "materials": ["决定书"], "amount": 6_000_000}),
    ("not-what-is-owed", told.in_force, "demand", ZHANG, {"day": "2026-05-10", "amount": 6_000_001}),
    ("enforcement-suspended", lambda: told.in_force().do(
        "suspend-enforcement", ZHAO, reason="复议", law="行政复议法 §42", since="2026-03-20"),
     "demand", ZHANG, {"day": "2026-05-10", "amount": 6_000_000}),
    ("review-before-lawsuit", spot_served, "record-challenge", ZHANG,
     {"kind": "lawsuit", "organ": "法院", "accepted_on": "2026-03-02"}),
    ("still-owed", told.in_force, "propose-closing", ZHANG, CLOSE),
    ("not-published", unpublished,
     "propose-closing", ZHANG, CLOSE),
    ("publication-not-withdrawn", changed, "propose-closing", ZHANG, CLOSE),
    ("summary-not-reported", lambda: told.paid_in_full(spot_served(), 10_000), "propose-closing", ZHANG, CLOSE),
    ("cash-not-banked", lambda: spot_served().do(
        "pay", towards="fine", amount=10_000, paid_on="2026-03-02", method="cash", receipt="1"),
     "propose-closing", ZHANG, CLOSE),
    ("not-requested", told.filed_2026, "terminate", ZHAO, {"kind": "terminated", "findings": "无", "reason": "无"}),
    ("differs-from-request", terminating, "terminate", ZHAO, {"kind": "cancelled", "findings": "无", "reason": "无"}),
    ("already-requested", terminating, "request-measure", ZHANG,
     {"measure": "terminate", "reason": "注销", "kind": "terminated", "findings": "企业已注销"}),
    ("head-acts-itself", terminating, "approve-measure", ZHAO,
     {"measure": "terminate", "agreed": True, "opinion": "同意"}),
    ("matter-unknown", told.filed, "request-measure", ZHANG, {"measure": "terminate", "reason": "注销"}),
    ("report-not-approved", lambda: told.concluded(told.filed_2026()), "submit-legal-review", ZHANG, {}),
    ("awaiting-approval", waits_at_the_end, "propose-closing", ZHANG, CLOSE),
    ("transfer-not-sent", told.transferred, "archive", WANG, {"number": "1", "kept": "ten"}),
    ("police-not-answered", unanswered, "archive", WANG, {"number": "1", "kept": "ten"}),
    ("not-approved-so", lambda: told.approved(told.waived(told.notified())), "decide-no-penalty", ZHANG,
     {"ground": "slight", "reason": "轻微"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "story", "kind", "by", "said"), TABLE, ids=[row[0] for row in TABLE]
)
def test_the_law_refuses_it_and_says_why(code, story, kind, by, said):
    under_way = story()
    if said.get("of") == "seal":
        said = said | {"of": opener(under_way, "seal")}
    before = under_way.case
    found = under_way.refused(kind, by, **said)
    assert code in [one.code for one in found]
    refusal = next(one for one in found if one.code == code)
    told_of = refusal.problem()
    assert told_of["title"]
    assert told_of["detail"]
    assert refusal.next_step
    assert under_way.case == before


def test_every_refusal_of_the_penalty_law_is_met_above():
    assert {row[0] for row in TABLE} == CODES.keys() | SHARED.keys()


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_refusal_names_the_act_that_mends_it(code):
    refusal = CODES[code]
    assert refusal.mend is None or refusal.mend in REGISTRY
    assert refusal.next_step


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
