"""What was collected and is not owed any more goes back; who pays late is still entered (国家赔偿法 §36(1))."""

from datetime import date, timedelta
from typing import Any

from lawbook.penalty.duties import duties
from lawbook.penalty.money import outstanding, paid, taken_outstanding, total_to_refund
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import WANG, WORLD, ZHAO, Story
from tests.lawbook.penalty.test_refused_elsewhere import decided_2026
from tests.lawbook.penalty.test_remedies import CLOSE


def paid_2026() -> Story:
    """Sixty thousand yuan, in force since 2026, published and paid."""
    story = decided_2026()
    story.do("publish", where="信用中国（山西）", published_on=str(story.on))
    return told.paid_in_full(story, 6_000_000)


def revoked_and_paid() -> Story:
    """Revoked by the organ itself after it was paid."""
    story = paid_2026().do("revoke-decision", ZHAO, 1, reason="事实不清")
    return story.do(
        "withdraw-publication", where="信用中国（山西）", withdrawn_on=str(story.on), reason="撤销"
    )


def spot_revoked() -> Story:
    """A hundred yuan on the spot, paid and revoked on one day of 2026."""
    on = date(2026, 12, 1)
    said = told.filing("summary@2026") | {"certificate_shown": True}
    story = Story(on=on).do("begin-summary", **said)
    story.do("notify-penalty", facts="未戴安全帽", **told.penalty(10_000))
    story.do("waive", right="defence", signed_by="周正", signed_on=str(on))
    story.do("decide", **told.penalty(10_000)).do("serve", **told.served("decision", on))
    story.do(
        "pay", towards="fine", amount=10_000, paid_on=str(on), method="bank", receipt="No.0001"
    )
    return story.do("revoke-decision", ZHAO, reason="事实不清")


def back(story: Story, amount: int, **said: Any) -> dict[str, Any]:
    return {
        "towards": "fine", "amount": amount, "refunded_on": str(story.on), "receipt": "退1",
        "reason": "决定被撤销",
    } | said  # fmt: skip


def names(story: Story) -> set[str]:
    return {one.name for one in duties(story.case, WORLD)}


def test_what_was_paid_on_a_decision_that_is_revoked_goes_back_before_the_case_is_closed():
    story = paid_2026()
    assert story.why("refund", **back(story, 1)) == ["nothing-open", "more-than-refundable"]
    story = revoked_and_paid()
    assert "refund" in names(story)
    refused = story.refused("propose-closing", **CLOSE)
    assert [(one.code, one.detail) for one in refused] == [("not-refunded", "应当退还 60000.00 元")]
    for amount in (0, 6_000_001):
        assert story.why("refund", **back(story, amount)) == ["more-than-refundable"]
    assert story.why("refund", **back(story, 1, towards="taken")) == ["more-than-refundable"]
    story.do("refund", **back(story, 4_000_000))
    assert story.why("refund", **back(story, 2_000_001)) == ["more-than-refundable"]
    story.do("refund", **back(story, 2_000_000, interest=1_234))
    assert "refund" not in names(story)
    assert story.why("propose-closing", **CLOSE) == []


def test_of_a_fine_that_a_review_lowers_what_is_above_it_goes_back_and_nothing_is_owed_again():
    story = paid_2026()
    story.do("record-challenge", day=1, kind="review", organ="市政府", accepted_on=str(story.on))
    day = story.on + timedelta(20)
    story.do("review-outcome", day=20, outcome="changed", fine=4_000_000, received_on=str(day))
    assert total_to_refund(story.case) == 2_000_000
    assert "not-refunded" in story.why("propose-closing", **CLOSE)
    story.do("refund", **back(story, 2_000_000))
    assert (paid(story.case), outstanding(story.case)) == (4_000_000, 0)
    assert (total_to_refund(story.case), taken_outstanding(story.case)) == (0, 0)


def test_what_went_back_is_owed_anew_by_a_new_decision():
    story = paid_2026().do("revoke-decision", ZHAO, 1, reason="程序违法")
    story.do("refund", **back(story, 6_000_000)).do(
        "reopen", ZHAO, 1, reason="重新处理", procedural=True
    )
    told.waived(told.notified(told.reviewed(told.reported(story))))
    told.approved(story).do("decide", day=1, **told.penalty())
    assert (outstanding(story.case), total_to_refund(story.case)) == (6_000_000, 0)


def test_what_was_paid_on_the_spot_goes_back_too():
    story = spot_revoked()
    assert "not-refunded" in story.why("propose-closing", **CLOSE)
    story.do("refund", **back(story, 10_000))
    assert "not-refunded" not in story.why("propose-closing", **CLOSE)


def test_a_case_under_the_tables_of_2021_is_asked_for_nothing_that_they_do_not_know():
    story = told.paid_in_full(told.in_force(), 6_000_000)
    story.do("revoke-decision", ZHAO, 1, reason="事实不清")
    assert total_to_refund(story.case) == 0
    assert "not-refunded" not in story.why("propose-closing", **CLOSE)


def test_who_pays_after_the_case_was_closed_unpaid_is_entered_and_owes_the_rest():
    story = Story(on=date(2025, 1, 6)).do("propose-filing", **told.filing(told.BY_2026))
    story = told.reported(story.do("approve-filing", ZHAO, 1, opinion="同意立案"))
    told.approved(told.waived(told.notified(told.reviewed(story)))).do("decide", **told.penalty())
    story.do("serve", **told.served("decision", story.on))
    story.do("publish", where="信用中国（山西）", published_on=str(story.on))
    said = CLOSE | {"unpaid_reason": "期满未申请强制执行"}
    story.do("propose-closing", day="2025-12-15", **said)
    story.do("endorse-closing", WANG, agreed=True, opinion="同意").do("close", ZHAO, opinion="同意")
    late: dict[str, Any] = {
        "towards": "fine", "method": "bank", "paid_on": str(story.on), "receipt": "1",
    }  # fmt: skip
    assert story.why("pay", amount=6_000_001, **late) == ["more-than-owed"]
    story.do("pay", amount=1_000_000, **late)
    assert (outstanding(story.case), story.case.title) == (5_000_000, "已结案")
