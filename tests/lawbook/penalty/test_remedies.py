"""Review, lawsuit, and the window in which the court may be asked to enforce (行政强制法 §53、行政诉讼法 §45、§85)."""

from datetime import date, timedelta
from typing import Any

import pytest

from gateway.console import case_law
from lawbook.days import coercion_period
from lawbook.penalty.duties import duties
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.money import late_fine
from lawbook.penalty.remedies import Enforcement, enforcement, open_until
from lawbook.penalty.stages import Stage
from services.kit.settings import ROOT
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import CALENDAR, WORLD, ZHAO, Story

APPLY: dict[str, Any] = {
    "court": "河津市人民法院",
    "signed_by": "赵明远",
    "materials": ["决定书"],
    "amount": 6_000_000,
}
CLOSE: dict[str, Any] = {"performance": "未缴", "opinion": "建议结案", "receipts": []}


def early(fine: int = 6_000_000) -> Story:
    """In force, served on 2025-01-24: the days of what follows lie in announced years."""
    story = Story(on=date(2025, 1, 6)).do("propose-filing", **told.filing())
    return put_in_force(story.do("approve-filing", ZHAO, 1, opinion="同意立案"), fine)


def put_in_force(story: Story, fine: int = 6_000_000) -> Story:
    told.approved(
        told.waived(told.notified(told.reviewed(told.concluded(story, fine)), fine)), fine
    )
    story.do("decide", day=1, **told.penalty(fine))
    story.do("serve", day=1, **told.served("decision", story.on + timedelta(1)))
    return story.do("publish", where="信用中国（山西）", published_on=str(story.on))


def challenged(story: Story, kind: str, days: int) -> Story:
    on = story.on + timedelta(days)
    return story.do(
        "record-challenge", day=str(on), kind=kind, organ="受理机关", accepted_on=str(on)
    )


def outcome(story: Story, days: int, result: str, **said: Any) -> Story:
    on = story.on + timedelta(days)
    return story.do("review-outcome", day=str(on), outcome=result, received_on=str(on), **said)


def on_the_spot(on: date = date(2025, 1, 6)) -> Story:
    story = Story(on=on).do("begin-summary", **told.filing("summary@2021"), certificate_shown=True)
    story.do("notify-penalty", facts="未戴安全帽", **told.penalty(10_000))
    story.do("waive", right="defence", signed_by="周正", signed_on=str(on))
    return story.do("decide", **told.penalty(10_000)).do("serve", **told.served("decision", on))


def demanded_on(story: Story, days: int) -> Story:
    story.do("demand", day=days, amount=6_000_000)
    return story.do("serve", **told.served("demand", story.on))


def demanded(story: Story) -> Story:
    return demanded_on(story, 1)


def window(story: Story) -> Enforcement:
    found = enforcement(story.case, WORLD)
    assert found is not None
    return found


def span(story: Story) -> tuple[str, str, bool]:
    found = window(story)
    return str(found.first), str(found.last), found.binding


def due(story: Story) -> dict[str, date | None]:
    return {one.name: one.due_on for one in duties(story.case, WORLD)}


def test_after_a_review_only_the_fifteen_days_of_its_decision_count():
    """Upheld on Friday 2025-03-07: to sue until Monday the 24th, to ask the court from then to 06-24."""
    story = outcome(challenged(early(), "review", 10), 30, "upheld")
    upheld = story.on
    assert str(upheld) == "2025-03-07"
    assert span(story) == ("2025-03-25", "2025-06-24", True)
    demanded(story)
    assert story.why("apply-to-court", ZHAO, "2025-03-24", **APPLY) != []
    assert story.why("apply-to-court", ZHAO, "2025-04-16", **APPLY) == []
    assert story.why("apply-to-court", ZHAO, "2025-06-25", **APPLY) == ["court-period-over"]


def test_while_a_review_or_lawsuit_is_pending_there_is_no_window():
    assert enforcement(challenged(early(), "lawsuit", 10).case, WORLD) is None


def test_a_withdrawn_review_leaves_the_period_of_the_lawsuit():
    plain = early()
    assert span(outcome(challenged(early(), "review", 10), 30, "withdrawn")) == span(plain)


def test_after_a_judgment_the_window_opens_when_it_takes_effect():
    """Upheld after the six months and the three have passed: fifteen days to appeal, then the court."""
    story = outcome(challenged(early(), "lawsuit", 100), 210, "upheld")
    judged = story.on
    appeal = due(story)["appeal"]
    assert appeal is not None
    assert appeal >= judged + timedelta(15)
    assert (window(story).first, window(story).binding) == (appeal + timedelta(1), False)
    demanded(story)
    assert story.why("apply-to-court", ZHAO, str(appeal), **APPLY) == ["remedy-open"]
    assert story.why("apply-to-court", ZHAO, str(appeal + timedelta(1)), **APPLY) == []
    # Nothing that was read says until when: the three months after it end no right (待确认).
    assert story.why("apply-to-court", ZHAO, str(judged + timedelta(200)), **APPLY) == []


def test_an_appeal_holds_the_window_and_its_judgment_takes_effect_at_once():
    story = outcome(challenged(early(), "lawsuit", 10), 60, "upheld")
    challenged(story, "appeal", 14)
    assert enforcement(story.case, WORLD) is None
    outcome(story, 60, "upheld")
    assert "appeal" not in due(story)
    assert window(story).first == story.on + timedelta(1)
    said: dict[str, Any] = {"kind": "appeal", "organ": "法院", "accepted_on": str(story.on)}
    assert story.why("record-challenge", **said) == ["nothing-open"]


def test_a_judgment_said_to_be_in_effect_counts_from_that_day():
    story = outcome(challenged(early(), "lawsuit", 10), 60, "upheld", effective_on="2025-03-20")
    assert window(story).first == date(2025, 3, 21)
    assert "appeal" not in due(story)


def test_no_lapse_closes_a_case_that_was_sued_about_and_is_unpaid():
    story = outcome(challenged(early(), "lawsuit", 100), 210, "upheld")
    assert story.why("propose-closing", day=200, **CLOSE) == ["still-owed"]


def test_a_lapsed_window_closes_a_case_only_with_the_reason_on_record():
    story = early()
    late = str(window(story).last + timedelta(1))
    assert story.why("propose-closing", day=late, **CLOSE) == ["act-incomplete"]
    assert story.why("propose-closing", day=late, unpaid_reason="企业已破产", **CLOSE) == []


def test_a_decision_declared_unlawful_stands_but_leaves_the_web():
    """行政诉讼法 §74, 行政复议法 §65: not revoked; 行政处罚法 §48(2): withdrawn with the reasons all the same."""
    story = outcome(challenged(early(), "review", 10), 20, "unlawful")
    assert story.case.decision is not None
    assert (story.case.fine, story.case.title) == (6_000_000, early().case.title)
    assert {"withdraw-publication", "litigate-after-review"} <= due(story).keys()


@pytest.mark.parametrize("result", ["invalid", "revoked"])
def test_a_decision_revoked_or_void_has_fallen(result):
    story = outcome(challenged(early(), "review", 10), 20, result)
    assert story.case.decision is None
    assert "withdraw-publication" in due(story)


def test_what_older_acts_said_in_one_word_still_folds_and_reads_but_is_not_said_any_more():
    story = challenged(early(), "review", 10)
    old: dict[str, Any] = {"outcome": "illegal", "received_on": str(story.on)}
    assert story.why("review-outcome", **old) == ["act-incomplete"]
    folded = story.case.after(story.act("review-outcome", **old))
    assert folded.decision is None
    assert folded.after(story.act("reopen", ZHAO, 1, reason="旧案")).stage is Stage.INVESTIGATING
    field = REGISTRY["review-outcome"].shape[0]
    assert field.said("illegal") == "确认违法、无效"


def test_a_demand_counts_only_for_the_decision_in_force_and_the_latest_counts():
    """行政强制法 §54: of a decision that fell, no demand is left; who demands again waits again."""
    story = demanded_on(early(), 20)
    story.do("revoke-decision", ZHAO, 5, reason="有误")
    story.do("withdraw-publication", day=1, where="网", withdrawn_on=str(story.on), reason="撤销")
    put_in_force(story.do("reopen", ZHAO, 1, reason="重新处理"))
    assert window(story).demanded is None
    assert story.why("apply-to-court", ZHAO, str(window(story).first), **APPLY) == ["demand-first"]
    first = window(demanded_on(story, 20)).demanded
    second = window(demanded_on(story, 40)).demanded
    assert first
    assert second
    assert second > first


def test_a_penalty_on_the_spot_is_reviewed_before_it_is_sued_about():
    """行政复议法 §23(1): no six months run, and no lawsuit is entered before the review has ended."""
    story = on_the_spot()
    assert "litigate" not in due(story)
    assert window(story).first == date(2025, 3, 8)  # 2025-01-06 and sixty days: Friday 2025-03-07
    sue: dict[str, Any] = {"kind": "lawsuit", "organ": "法院", "accepted_on": str(story.on)}
    assert story.why("record-challenge", **sue) == ["review-before-lawsuit"]
    assert story.why("record-challenge", **sue, unreviewed="复议机关不予受理") == []
    withdrawn = outcome(challenged(on_the_spot(), "review", 3), 5, "withdrawn")
    late: dict[str, Any] = sue | {"accepted_on": str(withdrawn.on)}
    assert withdrawn.why("record-challenge", **late) == ["review-before-lawsuit"]
    assert window(withdrawn).first == withdrawn.on + timedelta(1)
    reviewed = outcome(challenged(on_the_spot(), "review", 3), 5, "upheld")
    assert "litigate-after-review" in due(reviewed)
    assert reviewed.why("record-challenge", **late) == []


def test_until_when_a_decision_may_still_be_challenged_is_known_to_who_seals_its_file():
    """行政复议法 §20、行政诉讼法 §46: a sealed file takes neither review nor outcome."""
    story = told.in_force()
    last = open_until(story.case, WORLD, story.on)
    assert last == date(2026, 9, 22)
    assert open_until(story.case, WORLD, last) == last
    assert open_until(story.case, WORLD, last + timedelta(1)) is None
    assert open_until(told.decided().case, WORLD, story.on) is None
    case = {
        "timeline": [
            {
                "id": act.id, "kind": act.kind, "at": act.at.isoformat(), "by": act.by.number,
                "by_name": act.by.name, "officers": [], "said": act.said, "rules": act.rules,
            }
            for act in story.case.acts
        ]
    }  # fmt: skip
    assert case_law.remedies_until(case, ROOT / "content", story.on) == last


def test_a_penalty_on_the_spot_that_fell_with_an_order_is_done_anew_under_2026():
    """行政复议法 §64(1): the same stages as before, or 改按普通程序."""
    story = Story().do("begin-summary", **told.filing("summary@2026"), certificate_shown=True)
    spot: dict[str, Any] = told.penalty(10_000)
    story.do("notify-penalty", facts="未戴安全帽", **spot)
    story.do("waive", right="defence", signed_by="周正", signed_on=str(story.on)).do(
        "decide", **spot
    )
    story.do("serve", **told.served("decision", story.on))
    outcome(challenged(story, "review", 3), 5, "revoked", redo=True)
    story.do("reopen", ZHAO, 1, reason="复议机关责令重新作出")
    assert (story.case.stage, story.case.notice) == (Stage.ON_THE_SPOT, None)
    assert story.why("decide", **spot) == ["act-not-at-this-stage"]
    story.do("notify-penalty", facts="未戴安全帽", **told.penalty(5_000))
    assert story.why("decide", **told.penalty(5_000)) == ["defence-period-runs"]
    story.do("waive", right="defence", signed_by="周正", signed_on=str(story.on))
    assert story.why("decide", **told.penalty(5_000)) == []


def test_before_2024_who_was_penalised_on_the_spot_could_sue_at_once():
    assert "litigate" in due(on_the_spot(date(2023, 12, 29)))


def test_nobody_asks_the_court_while_enforcement_is_suspended():
    story = demanded_on(early(), 190)
    on = str(story.on)
    story.do("suspend-enforcement", ZHAO, 1, reason="复议机关决定", law="行政复议法 §42", since=on)
    day = str(window(story).demanded)
    assert story.why("apply-to-court", ZHAO, day, **APPLY) == ["enforcement-suspended"]
    assert story.why("demand", day=1, amount=6_000_000) == ["enforcement-suspended"]
    story.do("resume-enforcement", day=1, reason="复议维持", on=str(story.on))
    assert story.why("apply-to-court", ZHAO, day, **APPLY) == []


def test_what_is_demanded_and_asked_of_the_court_is_what_is_owed():
    """Of six ten thousand one is paid and the addition decided: five, and the addition."""
    story = early()
    story.do("pay", day=1, towards="fine", amount=1_000_000, paid_on=str(story.on), method="bank",
             receipt="1")  # fmt: skip
    late = late_fine(story.case, WORLD, story.on + timedelta(60)).amount
    until = story.on + timedelta(60)
    story.do("add-late-fine", day=str(until), until=str(until), amount=late)
    owed = 5_000_000 + late
    assert story.why("demand", day=90, amount=5_000_000) == ["not-what-is-owed"]
    story.do("demand", day=90, amount=owed).do("serve", **told.served("demand", story.on))
    day = str(window(story).first)
    assert story.why("apply-to-court", ZHAO, day, **APPLY) == ["not-what-is-owed"]
    assert story.why("apply-to-court", ZHAO, day, **APPLY | {"amount": owed}) == []


def test_the_court_has_its_days_to_accept_and_to_rule():
    """行政强制法 §56–§58, §69: five working days, then seven, or thirty days after hearing both sides."""
    story = demanded_on(early(), 190)
    story.do("apply-to-court", ZHAO, str(window(story).demanded), **APPLY)
    asked = story.on
    assert due(story)["court-accepts"] == coercion_period(5, "").ends(asked, CALENDAR).due_on
    story.do("record-court-ruling", day=3, outcome="accepted", on=str(asked + timedelta(3)))
    taken = story.on
    assert due(story)["court-rules"] == coercion_period(7, "").ends(taken, CALENDAR).due_on
    assert "court-accepts" not in due(story)
    heard: dict[str, Any] = {"outcome": "heard", "on": str(taken)}
    assert story.why("record-court-ruling", **heard) == ["act-incomplete"]
    story.do("record-court-ruling", **heard, accepted_on=str(taken))
    later = coercion_period(30, "").ends(taken, CALENDAR).due_on
    assert due(story)["court-rules-after-hearing"] == later
    assert "court-rules" not in due(story)
    story.do("record-court-ruling", day=9, outcome="granted", on=str(taken))
    assert not any(name.startswith("court-") for name in due(story))


def suspended_and_taken(*kinds: str, taken: int, **apart: int) -> Story:
    """Decided without a fine: business suspended, gains taken."""
    more: dict[str, Any] = {
        "penalties": list(kinds),
        "taken": taken,
        "text": "停产停业，没收违法所得",
        **apart,
    }
    story = told.filed().do("conclude-investigation", day=10, violations=[told.VIOLATION], facts="清楚",
                            outcome="penalty", **more)  # fmt: skip
    told.reviewed(story).do("notify-penalty", day=1, facts="清楚", **more)
    story.do("serve", **told.served("penalty-notice", story.on)).do("notify-hearing")
    story.do("serve", **told.served("hearing-notice", story.on))
    told.waived(story).do("submit-decision", outcome="penalty", opinion="处罚", **more)
    story.do("deliberate", ZHAO, **(told.deliberation() | {"fine": None} | more))
    story.do("approve-decision", ZHAO, outcome="penalty", opinion="同意", **more)
    story.do("decide", **more).do("serve", **told.served("decision", story.on))
    return story.do("publish", where="信用中国（山西）", published_on=str(story.on))


def test_what_is_no_fine_is_collected_recorded_demanded_and_taken_to_court():
    """没收违法所得 and 停产停业 closed as settled; nobody could pay, demand or enforce them."""
    story = suspended_and_taken("confiscation", "suspension_order", taken=800_000)
    assert story.why("propose-closing", **CLOSE) == ["still-owed"]
    assert {"pay-taken", "record-performance"} <= due(story).keys()
    pay: dict[str, Any] = {
        "towards": "taken",
        "method": "bank",
        "receipt": "1",
        "paid_on": str(story.on),
    }
    assert story.why("pay", amount=800_001, **pay) == ["more-than-owed"]
    assert story.why("pay", **pay | {"towards": "fine"}, amount=1) == ["more-than-owed"]
    assert story.why("demand", day=20, amount=800_000) == []
    story.do("pay", amount=800_000, **pay)
    done: dict[str, Any] = {
        "duty": "suspension_order",
        "on": str(story.on),
        "text": "仍在生产",
        "evidence": [],
    }
    story.do("record-performance", performed=False, **done)
    assert story.why("propose-closing", **CLOSE) == ["still-owed"]
    assert story.refused("propose-closing", **CLOSE)[0].problem()["mend"] == "record-performance"
    story.do("demand", day=200, amount=0).do("serve", **told.served("demand", story.on))
    asked: dict[str, Any] = APPLY | {"amount": 0}
    assert story.why("apply-to-court", ZHAO, str(window(story).demanded), **asked) == []
    story.do("record-performance", performed=True, **done)
    assert story.why("propose-closing", **CLOSE) == []
    assert story.why("record-performance", performed=True, **done) == ["nothing-open"]
