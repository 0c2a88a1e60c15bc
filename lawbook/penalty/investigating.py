"""Guards of the investigation and of the legal review (调查取证、法制审核)."""

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limits
from lawbook.penalty.kind import World
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty.refusals.acting import ReviewerHandles, ReviewerNotQualified
from lawbook.penalty.refusals.deciding import NotExtendableNow
from lawbook.penalty.refusals.investigating import NoEvidence, SealingExtended
from lawbook.refusal import Refusal

MOST_DAYS = 365


def urgent_told(case: Case, act: Act, world: World) -> Refusal | None:
    """Taken at once because it could not wait: why (行政强制法 §19)."""
    if act.said.get("urgent") and not act.said.get("urgent_reason"):
        return ActIncomplete("情况紧急当场实施的，写明理由")
    return None


def sealing_extendable(case: Case, act: Act, world: World) -> Refusal | None:
    """Once, and before the end (行政强制法 §25)."""
    for one in open_limits(case):
        if one.name != "sealing" or one.opener != act.said.get("of"):
            continue
        if one.extensions:
            return SealingExtended("已经延长过一次")
        if one.over(act.on, world.calendar):
            return SealingExtended("期限已届满")
    return None


def deciding_extendable(case: Case, act: Act, world: World) -> Refusal | None:
    """Before the end."""
    for one in open_limits(case):
        if one.name == "decide" and not one.over(act.on, world.calendar):
            return None
    return NotExtendableNow()


def extension_sensible(case: Case, act: Act, world: World) -> Refusal | None:
    """A day at least, a year at most: no law that was read gives more."""
    if 1 <= act.said["days"] <= MOST_DAYS:
        return None
    return ActIncomplete(f"延长的日数应为 1 至 {MOST_DAYS} 日")


def evidence_there(case: Case, act: Act, world: World) -> Refusal | None:
    """At least one piece of evidence (行政处罚法 §40)."""
    records = ("record-inquiry", "survey-site", "take-sample", "receive-appraisal")
    return None if case.evidence or case.all(*records) else NoEvidence()


def reviewer_apart(case: Case, act: Act, world: World) -> Refusal | None:
    """Who reviews has not handled the case (行政处罚法 §58)."""
    return ReviewerHandles() if act.by.number in case.ever_handled else None


def reviewer_qualified(case: Case, act: Act, world: World) -> Refusal | None:
    """Who is new to the post has passed the national qualification (行政处罚法 §58(2))."""
    if act.said.get("first_time") and not act.said.get("qualification"):
        return ReviewerNotQualified()
    return None
