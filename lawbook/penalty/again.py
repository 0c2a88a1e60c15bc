"""Deciding again after a review organ or a court has taken the decision away (重新作出行政行为).

行政诉讼法 §70、§71、行政复议法 §64: in the time that was set, and not the same on the same facts and reasons;
what fell for its procedure alone is free.
"""

from dataclasses import dataclass
from datetime import date

from lawbook.penalty.act import Act
from lawbook.penalty.case import FALLEN, PENALTIES, Case
from lawbook.penalty.imposing import imposed
from lawbook.penalty.kind import World
from lawbook.penalty.refusals.deciding import SameAgain
from lawbook.penalty_kinds import heavier
from lawbook.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Fall:
    """The decision that fell, and the outcome of the review or lawsuit by which it did."""

    decision: Act
    outcome: Act


def fall(case: Case) -> Fall | None:
    """By whose word the last decision fell; None where none did, or the bureau itself revoked it."""
    by = case.ever("review-outcome", "revoke-decision")
    if by is None or by.said.get("outcome") not in FALLEN:
        return None
    before = case.acts[: case.acts.index(by)]
    decision = next((act for act in reversed(before) if act.kind in PENALTIES), None)
    return Fall(decision, by) if decision else None


def may_be_done_again(case: Case, act: Act, world: World) -> Refusal | None:
    """Ordered to, or for new facts and reasons, or since only the procedure was wrong."""
    fell = fall(case)
    if fell is None or fell.outcome.said.get("redo") or _free(act):
        return None
    return SameAgain("没有责令重新作出，也没有写明不同的主要事实、理由")


def not_the_same_again(case: Case, act: Act, world: World) -> Refusal | None:
    """Not the same penalty, and no heavier one, on the same facts and reasons."""
    fell, reopened = fall(case), case.ever("reopen")
    if fell is None or reopened is None or fell.decision.kind != "decide":
        return None
    concluded = case.latest("conclude-investigation")
    if _free(reopened) or (concluded and concluded.said.get("changed")):
        return None
    before, now = imposed(fell.decision), imposed(act)
    if heavier(now, before) and not heavier(before, now):
        return None
    return SameAgain(f"被撤销的决定是{before.told}，现为{now.told}")


def _free(reopened: Act) -> bool:
    return bool(reopened.said.get("changed") or reopened.said.get("procedural"))


def to_be_done_by(case: Case) -> date | None:
    """The day until which the review organ or the court wants it decided again; None where none is set,
    or it was decided."""
    reopened = case.ever("reopen")
    if reopened is None or not reopened.said.get("until") or case.since(reopened, *PENALTIES):
        return None
    return reopened.day("until")
