"""What the court did not take on or would not enforce (不予受理、不予执行): the court above, and what is final.

行政强制法 §56(2), §58(3): within fifteen days the court above may be asked. §78(2) of the review law: a
decision that a review changed is enforced by who reviewed it, not by who had decided.
"""

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit
from lawbook.penalty.kind import World
from lawbook.penalty.refusals import NothingOpen
from lawbook.penalty.refusals.performing import (
    HigherCourtLate,
    RemedyOpen,
    ReviewerEnforces,
)
from lawbook.penalty.remedies import ended_challenge, remedies_over
from lawbook.refusal import Refusal

NO = ("not-accepted", "refused")


def last_ruling(case: Case) -> Act | None:
    """The latest word of a court about enforcing the decision in force."""
    found = case.since(case.decision, "record-court-ruling") if case.decision else ()
    return found[-1] if found else None


def asked_above(case: Case) -> Act | None:
    """What the court above was asked and has not answered."""
    last = case.ever("ask-higher-court")
    return None if last is None or case.since(last, "record-court-ruling") else last


def turned_down(case: Case, act: Act) -> bool:
    """A court turns the application down, and it is not the court above: that one's word is the last."""
    return act.said.get("outcome") in NO and asked_above(case) is None


def finally_refused(case: Case, act: Act, world: World) -> bool:
    """Turned down by the court above, or by the first and fifteen days have passed. UnknownYear."""
    ruling = last_ruling(case)
    if ruling is None or ruling.said["outcome"] not in NO or asked_above(case):
        return False
    clock = open_limit(case, "ask-higher-court")
    return clock is None or clock.over(act.on, world.calendar)


def was_turned_down(case: Case, act: Act, world: World) -> Refusal | None:
    """The court above may still be asked."""
    clock = open_limit(case, "ask-higher-court")
    if clock is None:
        return NothingOpen("没有可以申请复议的裁定", mend="record-court-ruling")
    return HigherCourtLate() if clock.over(act.on, world.calendar) else None


def reviewer_enforces(case: Case) -> bool:
    """Whether a review has changed the decision, and nobody sued about that (行政复议法 §78(2))."""
    ended = ended_challenge(case)
    if ended is None:
        return False
    asked, outcome = ended
    return bool(asked.said["kind"] == "review" and outcome.said["outcome"] == "changed")


def ours_to_enforce(case: Case, act: Act, world: World) -> Refusal | None:
    """Who decided enforces, but for what a review has changed."""
    return ReviewerEnforces() if reviewer_enforces(case) else None


def theirs_to_enforce(case: Case, act: Act, world: World) -> Refusal | None:
    """Changed by a review, and the time to sue about that is over."""
    if not reviewer_enforces(case):
        return NothingOpen("处罚决定没有被复议决定变更", mend="apply-to-court")
    over = remedies_over(case, world)
    if over is None or act.on <= over:
        return RemedyOpen(f"对复议决定的起诉期限至 {over}" if over else "正在诉讼")
    return None


def handed_to_reviewer(case: Case) -> bool:
    """Whether the organ that reviewed was asked to enforce what it changed."""
    return reviewer_enforces(case) and bool(
        case.decision and case.since(case.decision, "refer-enforcement")
    )
