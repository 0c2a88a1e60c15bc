"""Notice, hearing, deliberation and service, as the law wants them of acts entered from now on."""

from datetime import timedelta
from typing import Any

import pytest

from lawbook.penalty.deadlines import open_limits
from lawbook.penalty.duties import duties
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import registered
from tests.lawbook.penalty.stories import QIAN, SUN, VIOLATION, WORLD, ZHANG, ZHAO, Story


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


def asked_for(story: Story | None = None) -> Story:
    """A hearing asked for in time."""
    story = story or told.notified()
    return story.do("request-hearing", day=1, person="周正", asked_on=str(story.on + timedelta(1)))


def session(story: Story, **changes: Any) -> dict[str, Any]:
    """A hearing twenty days on, told of today."""
    return {
        "hearing_on": str(story.on + timedelta(20)), "time": "9:00", "place": "会议室", "public": True,
        "clerk": "孙平", "chair": QIAN.number, "chair_name": "钱敏", "chair_post": "股长",
        "assessors": [], "received_on": str(story.on),
    } | changes  # fmt: skip


def test_nobody_is_absent_from_a_hearing_before_its_day_and_who_withdraws_signs():
    """行政处罚法 §64(6)."""
    story = asked_for()
    for how in ("absent", "left"):
        assert story.why("withdraw-hearing", how=how, reason="没来") == ["hearing-not-notified"]
    assert story.why("withdraw-hearing", how="withdrawn", reason="书面") == ["act-incomplete"]
    signed: dict[str, Any] = {"how": "withdrawn", "reason": "书面", "signed_by": "周正"}
    assert story.why("withdraw-hearing", **signed) == []
    story.do("notify-hearing-session", **session(story))
    early = story.why("withdraw-hearing", day=19, how="absent", reason="没来")
    assert early == ["hearing-not-notified"]
    assert story.why("withdraw-hearing", day=20, how="absent", reason="没来") == []


def test_a_hearing_asked_for_anew_is_announced_anew():
    story = asked_for()
    story.do("notify-hearing-session", **session(story))
    story.do("withdraw-hearing", day=1, how="withdrawn", reason="书面", signed_by="周正")
    story.do("notify-penalty", day=1, facts="新", **told.penalty(5_000_000))
    story.do("serve", **told.served("penalty-notice", story.on)).do("notify-hearing")
    asked_for(story.do("serve", **told.served("hearing-notice", story.on)))
    gone = story.why("withdraw-hearing", day=20, how="absent", reason="没来")
    assert gone == ["hearing-not-notified"]
    held = story.why("hold-hearing", QIAN, 20, **told.hearing())
    assert held == ["hearing-not-notified"]


SEAL: dict[str, Any] = {
    "measure": "seizure", "things": [{"name": "报警控制器", "amount": "壹台"}], "place": "车间",
    "reason": "不符合标准", "basis": "安全生产法 §65", "evidence": [],
}  # fmt: skip


def sealed_at_once(*, agreed: bool, story: Story | None = None) -> Story:
    """Sealed without asking; the head is asked afterwards, and answers."""
    story = story or told.filed()
    story.do("seal", **SEAL, urgent=True, urgent_reason="随时可能爆炸")
    story.do("request-measure", measure="seal", reason="补办批准")
    return story.do("approve-measure", ZHAO, measure="seal", agreed=agreed, opinion="已阅")


def test_the_approval_that_makes_up_for_an_urgent_sealing_allows_no_other():
    """行政强制法 §18(1)、§19."""
    story = sealed_at_once(agreed=True)
    assert story.why("seal", **SEAL) == ["measure-not-approved"]
    story.do("request-measure", measure="seal", reason="另一批")
    story.do("approve-measure", ZHAO, measure="seal", agreed=True, opinion="同意")
    assert story.why("seal", **SEAL) == []
    assert story.do("seal", **SEAL).why("seal", **SEAL) == ["measure-not-approved"]


@pytest.mark.parametrize("filed", [told.filed, told.filed_2026])
def test_what_the_head_refuses_to_approve_afterwards_is_released_and_nothing_else(filed):
    """行政强制法 §19: a duty of the same day, at both versions without another approval."""
    story = sealed_at_once(agreed=False, story=filed())
    of = next(act.id for act in story.case.acts if act.kind == "seal")
    due = {one.name: one for one in duties(story.case, WORLD)}
    assert "make-up-sealing-approval" not in due
    assert (due["release-sealed"].due_on, due["release-sealed"].act) == (story.on, "dispose-sealed")
    assert "release-at-once" in story.why("extend-sealing", of=of, reason="复杂")
    for result in ("confiscated", "destroyed", "auctioned", "transferred"):
        other = story.why("dispose-sealed", of=of, result=result, text="处理")
        assert "release-at-once" in other
    story.do("dispose-sealed", of=of, result="released", text="解除并退还")
    assert "release-sealed" not in {one.name for one in duties(story.case, WORLD)}


def test_an_answer_about_one_sealing_leaves_the_other_to_be_made_up_for():
    story = told.filed().do("seal", **SEAL, urgent=True, urgent_reason="随时可能爆炸")
    first = story.last.id
    story.do("seal", **SEAL, urgent=True, urgent_reason="随时可能泄漏")
    second = story.last.id
    story.do("request-measure", measure="seal", reason="补办", of=first)
    asked = story.last.id
    story.do(
        "approve-measure", ZHAO, measure="seal", agreed=False, opinion="不应采取", request=asked
    )
    left = {one.opener for one in open_limits(story.case) if one.name == "make-up-sealing-approval"}
    assert left == {second}
    handed: dict[str, Any] = {"result": "transferred", "text": "随案移送"}
    assert story.why("dispose-sealed", of=first, **handed) == ["release-at-once"]
    assert story.why("dispose-sealed", of=second, **handed) == []


def test_goods_are_confiscated_by_a_decision_and_destroyed_where_a_law_says_so():
    """行政处罚法 §9(2)、行政强制法 §27: what is sealed or registered is not taken without a penalty."""
    goods = told.penalty(6_000_000, "goods_confiscation") | {"taken": 300_000}
    story = told.filed().do("seal", **SEAL, urgent=True, urgent_reason="随时可能爆炸")
    of = story.last.id
    taken: dict[str, Any] = {"of": of, "result": "confiscated", "text": "没收"}
    burnt: dict[str, Any] = {"of": of, "result": "destroyed", "text": "销毁"}
    assert story.why("dispose-sealed", **taken) == ["not-confiscated"]
    assert story.why("dispose-sealed", **burnt) == ["act-incomplete"]
    assert story.why("dispose-sealed", **burnt, basis="危险化学品安全管理条例 §77") == []
    asked: dict[str, Any] = {
        "measure": "dispose-registered-evidence",
        "reason": "非法",
        "result": "confiscated",
    }
    assert "not-confiscated" in story.why("request-measure", of=of, **asked)
    story.do(
        "conclude-investigation",
        day=10,
        violations=[VIOLATION],
        facts="清楚",
        outcome="penalty",
        **goods,
    )
    told.reviewed(story).do("notify-penalty", facts="无防护装置", **goods)
    story.do("serve", **told.served("penalty-notice", story.on))
    story.do("notify-hearing").do("serve", **told.served("hearing-notice", story.on))
    told.waived(story).do("submit-decision", day=1, outcome="penalty", opinion="处罚", **goods)
    story.do("deliberate", ZHAO, **told.deliberation() | goods)
    story.do("approve-decision", ZHAO, outcome="penalty", opinion="同意", **goods)
    assert story.why("dispose-sealed", **taken) == ["not-confiscated"]
    story.do("decide", **goods)
    assert story.why("dispose-sealed", **taken) == []


def test_registered_evidence_is_not_taken_without_a_decision_either():
    story = registered()
    said: dict[str, Any] = {"of": story.last.id, "result": "confiscated", "text": "移作没收"}
    assert story.why("dispose-registered-evidence", **said) == ["not-confiscated"]
    assert story.why("dispose-registered-evidence", **said | {"result": "returned"}) == []


def submitted(story: Story, fine: int) -> Story:
    return told.waived(story).do("submit-decision", day=1, **proposed(fine))


def test_no_more_is_approved_than_the_heads_deliberated():
    """行政处罚法 §57(2): deliberated at sixty thousand, two hundred thousand is not approved."""
    story = submitted(told.notified(fine=20_000_000), 20_000_000)
    story.do("deliberate", ZHAO, **told.deliberation())
    assert story.why("approve-decision", ZHAO, **proposed(20_000_000)) == ["deliberation-first"]
    assert story.why("approve-decision", ZHAO, **proposed(6_000_000)) == []
    story.do("deliberate", ZHAO, **told.deliberation(20_000_000))
    assert story.why("approve-decision", ZHAO, **proposed(20_000_000)) == []


def test_no_more_is_approved_than_the_reviewer_saw():
    """行政处罚法 §58: reviewed at sixty thousand, told of two hundred thousand, it is reviewed again."""
    story = told.reviewed(told.concluded(complex=True))
    story = submitted(told.notified(story, 20_000_000), 20_000_000)
    story.do("deliberate", ZHAO, **told.deliberation(20_000_000))
    assert story.why("approve-decision", ZHAO, **proposed(20_000_000)) == ["legal-review-first"]
    assert story.why("approve-decision", ZHAO, **proposed(6_000_000)) == []
    told.reviewed(story.do("withdraw-submission", reason="重新审核"))
    story.do("submit-decision", **proposed(20_000_000))
    assert story.why("approve-decision", ZHAO, **proposed(20_000_000)) == []


HEAD, DEPUTY = ({"name": one, "post": "负责人", "head": True} for one in ("赵明远", "吴立"))
HANDLER = {"name": "张岳", "post": "承办人"}


@pytest.mark.parametrize(
    ("changes", "lawful"),
    [
        ({"attendees": [HEAD, DEPUTY]}, True),
        ({"attendees": [HEAD, DEPUTY, HANDLER]}, True),
        ({"attendees": [HEAD, HEAD]}, False),
        ({"attendees": [HEAD, DEPUTY, HANDLER | {"head": True}]}, False),
        ({"attendees": [HEAD, DEPUTY, HANDLER | {"name": "李秋"}]}, False),
        ({"attendees": [HANDLER, HANDLER | {"name": "李秋"}]}, False),
        ({"attendees": [HEAD, DEPUTY], "chair": "李秋"}, False),
        ({"attendees": [HEAD, DEPUTY], "recorder": "李秋"}, False),
    ],
)
def test_heads_deliberate_and_who_investigated_only_reports(changes, lawful):
    """行政处罚法 §57(2); 张岳 reports, 李秋 handles the case with him."""
    story = submitted(told.notified(), 6_000_000)
    found = story.why("deliberate", ZHAO, **told.deliberation() | changes)
    assert found == ([] if lawful else ["heads-decide"])


def test_nobody_is_penalised_on_the_spot_by_who_shows_no_certificate():
    """行政处罚法 §52(1)、§55(1)."""
    found = told.filing("summary@2021")
    assert Story().why("begin-summary", **found, certificate_shown=False) == [
        "certificate-not-shown"
    ]
    assert Story().why("begin-summary", **found, certificate_shown=True) == []


CRIME: dict[str, Any] = {
    "kind": "crime", "organ": "河津市公安局", "reason": "涉嫌危险作业罪", "materials": ["案卷"],
}  # fmt: skip


@pytest.mark.parametrize("filed", [told.filed, told.filed_2026])
def test_a_crime_goes_to_the_police_on_the_report_of_two_officers(filed):
    """移送规定 §5; to another organ it goes as before."""
    story = filed()
    assert story.why("transfer", ZHAO, **CRIME) == ["not-requested"]
    assert story.refused("transfer", ZHAO, **CRIME)[0].problem()["mend"] == "propose-transfer"
    story.do("propose-transfer", report="涉嫌危险作业罪")
    assert story.why("transfer", ZHAO, 1, **CRIME) == []
    if story.case.procedure.ref == "ordinary@2021":
        elsewhere = CRIME | {"kind": "jurisdiction"}
        assert told.filed().why("transfer", ZHAO, **elsewhere) == []


def test_a_transfer_is_sent_before_the_file_is_sealed():
    story = told.transferred()
    sealing: dict[str, Any] = {"number": "1", "kept": "ten"}
    assert story.why("archive", ZHANG, 1, **sealing) == ["transfer-not-sent"]
    story.do("send-transfer", sent_at=f"{story.on}T15:00:00+08:00", received_by="李警官")
    assert story.why("archive", ZHANG, 1, **sealing) == []


def test_a_hearing_is_closed_for_a_reason_and_its_staff_has_not_investigated():
    """行政处罚法 §64(3)、(4)、(8)."""
    story = asked_for()
    for changes, found in (
        ({"public": False}, ["hearing-closed"]),
        ({"public": False, "closed_ground": "trade-secret"}, []),
        ({"closed_ground": "privacy"}, []),
        ({"assessors": ["吴立", "李秋"]}, ["hearing-staff-handles"]),
        ({"clerk": "张岳"}, ["hearing-staff-handles"]),
        ({"assessors": ["吴立"]}, []),
    ):
        assert story.why("notify-hearing-session", **session(story, **changes)) == found, changes
    story.do("notify-hearing-session", **session(story))
    unsigned = told.hearing() | {"signed": False}
    assert story.why("hold-hearing", QIAN, 20, **unsigned) == ["hearing-record-unsigned"]
    noted = unsigned | {"unsigned_reason": "当事人拒绝签名"}
    assert story.why("hold-hearing", QIAN, 20, **noted) == []


def test_what_a_court_took_away_is_not_imposed_again_on_the_same_facts():
    """行政诉讼法 §71: sixty thousand fell; neither it nor more comes back unless something is new."""
    story = told.revoked_by_the_court(redo=False)
    assert story.why("reopen", ZHAO, reason="重新处理") == ["same-again"]
    assert story.why("reopen", ZHAO, reason="重新处理", procedural=True) == []
    assert story.why("reopen", ZHAO, reason="重新处理", changed="又查明一处") == []
    for reopened, concluded, fine, found in (
        ({}, {}, 6_000_000, ["same-again"]),
        ({}, {}, 20_000_000, ["same-again"]),
        ({}, {}, 4_000_000, []),
        ({}, {"changed": "又查明一处"}, 6_000_000, []),
        ({"procedural": True}, {}, 6_000_000, []),
    ):
        story = told.revoked_by_the_court(redo=True).do(
            "reopen", ZHAO, reason="责令重作", **reopened
        )
        told.concluded(story, fine, **concluded)
        assert story.why("notify-penalty", facts="有", **told.penalty(fine)) == found


def test_the_day_that_a_court_sets_is_due_and_after_it_the_delay_is_explained():
    """行政诉讼法 §70、行政复议法 §64."""
    story = told.revoked_by_the_court(redo=True)
    until = story.on + timedelta(30)
    story.do("reopen", ZHAO, reason="责令重作", until=str(until))
    due = {one.name: one.due_on for one in duties(story.case, WORLD)}
    assert due["decide-again"] == until
    fine = 4_000_000
    told.concluded(story, fine).do("notify-penalty", facts="有", **told.penalty(fine))
    told.waived(story.do("serve", **told.served("penalty-notice", story.on)))
    told.approved(story, fine)
    assert story.why("decide", day=str(until), **told.penalty(fine)) == []
    late = str(until + timedelta(1))
    assert story.why("decide", day=late, **told.penalty(fine)) == ["decision-overdue"]
    assert story.why("decide", day=late, late_reason="鉴定未回", **told.penalty(fine)) == []
    story.do("decide", day=str(until), **told.penalty(fine))
    assert "decide-again" not in {one.name for one in duties(story.case, WORLD)}


def decided_on_the_spot() -> Story:
    story = Story().do("begin-summary", **told.filing("summary@2021"), certificate_shown=True)
    story.do("notify-penalty", facts="未戴安全帽", **told.penalty(10_000))
    story.do("state-and-defend", person="周正", text="没有意见", accepted="none", considered="属实")
    return story.do("decide", **told.penalty(10_000))


def test_a_decision_on_the_spot_is_handed_over_on_the_spot():
    """行政处罚法 §52(2); it may be entered later than it was done."""
    story = decided_on_the_spot()
    later = told.served("decision", story.on + timedelta(5))
    assert story.why("serve", day=5, **later) == ["not-handed-over"]
    at_once = told.served("decision", story.on)
    posted = at_once | {"method": "mail", "tracking": "EX1"}
    assert story.why("serve", day=5, **posted) == ["not-handed-over"]
    assert story.why("serve", day=5, **at_once) == []
    left = at_once | {"method": "left", "reason": "拒收", "witness": "王某"}
    assert story.why("serve", **left) == []


def test_the_bank_has_its_two_days_from_when_the_cash_was_handed_in():
    """行政处罚法 §71: taken on Monday the 2nd, handed in on Wednesday, at the bank by Friday."""
    story = decided_on_the_spot().do("serve", **told.served("decision", "2026-03-02"))
    story.do("pay", towards="fine", amount=10_000, paid_on="2026-03-02", method="cash", receipt="1")
    due = {one.name: str(one.due_on) for one in duties(story.case, WORLD)}
    assert due["hand-in-cash"] == "2026-03-04"
    assert "bank-cash" not in due
    banked: dict[str, Any] = {"banked_on": "2026-03-04", "receipt": "2"}
    assert story.why("bank-cash", day=2, **banked) == ["nothing-open"]
    story.do("hand-in-cash", day=2, handed_in_on="2026-03-04")
    due = {one.name: str(one.due_on) for one in duties(story.case, WORLD)}
    assert due["bank-cash"] == "2026-03-06"
    story.do("bank-cash", **banked)
    assert not {"hand-in-cash", "bank-cash"} & {one.name for one in open_limits(story.case)}


def test_two_handlers_serve_and_record_a_waiver_but_the_post_is_sent_by_one():
    """行政处罚法 §42, facts §5.6 S9."""
    story = told.reviewed(told.concluded()).do("notify-penalty", facts="有", **told.penalty())
    story.together = (ZHANG,)
    handed = told.served("penalty-notice", story.on)
    left = handed | {"method": "left", "reason": "拒收", "filmed": True}
    for said in (handed, left):
        assert story.why("serve", **said) == ["too-few-handlers"]
    posted = handed | {"method": "mail", "tracking": "EX1"}
    assert story.why("serve", **posted) == []
    mailed = handed | {"method": "electronic", "consent": "确认书", "address": "a@b.cn"}
    assert story.why("serve", **mailed) == []
    story.do("serve", **posted)
    waiver: dict[str, Any] = {"right": "defence", "signed_by": "周正", "signed_on": str(story.on)}
    assert story.why("waive", **waiver) == ["too-few-handlers"]
    story.together = (ZHANG, SUN)
    assert story.why("waive", **waiver) == ["not-a-handler"]
    assert story.why("serve", **handed) == ["not-a-handler"]
    story.together = told.PAIR
    assert story.why("waive", **waiver) == story.why("serve", **handed) == []
