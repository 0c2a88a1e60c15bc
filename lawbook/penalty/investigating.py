"""Guards of the investigation and of the legal review (调查取证、法制审核)."""

from lawbook.limits import LIMITS
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit, open_limits
from lawbook.penalty.kind import World, told
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty.refusals.acting import ReviewerHandles, ReviewerNotQualified
from lawbook.penalty.refusals.deciding import ExtendedTooLong, NoGroundToExtend, NotExtendableNow
from lawbook.penalty.refusals.investigating import NoEvidence, SealingExtended
from lawbook.refusal import Refusal


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


def extension_grounded(case: Case, act: Act, world: World) -> Refusal | None:
    """By a provision that is known to let it, no longer than that lets, and approved above where it says so."""
    rule = world.norms.lengthening(str(act.said.get("law")), act.on)
    if rule is None:
        known = "、".join(one.law for one in world.norms.lengthenings(act.on)) or "无"
        return NoGroundToExtend(f"办理之日施行、已登记的条款：{known}")
    days = told(act.said, "days")
    if days < 1:
        return ActIncomplete("延长的日数至少为 1 日")
    runs = open_limit(case, "decide")
    before = sum(one.length for one in runs.extensions) if runs else 0
    total = LIMITS["decide"].period.length + before + days
    if total > rule.most_days:
        return ExtendedTooLong(f"合计 {total} 日；{rule.law} 最多 {rule.most_days} 日")
    # What is put to the head is asked of the superior organ before he decides, not before it is put to him.
    decides = "measure" not in act.said
    if decides and total > rule.superior_from and not act.said.get("superior"):
        return ActIncomplete(f"合计超过 {rule.superior_from} 日的，写明批准的上级机关和文号")
    return None


def evidence_there(case: Case, act: Act, world: World) -> Refusal | None:
    """At least one piece of evidence (行政处罚法 §40)."""
    records = ("record-inquiry", "survey-site", "take-sample", "receive-appraisal")
    return None if case.evidence or case.all(*records) else NoEvidence()


def inquiry_confirmed(case: Case, act: Act, world: World) -> Refusal | None:
    """Who was asked has read and signed the record, or it says why not (行政处罚法 §55(2))."""
    if act.said["confirmed"] or act.said.get("unsigned_reason"):
        return None
    return ActIncomplete("询问笔录交被询问人核对无误后签名；拒绝的，注明情况")


def reviewer_apart(case: Case, act: Act, world: World) -> Refusal | None:
    """Who reviews has not handled the case (行政处罚法 §58)."""
    if act.by.number in world.inspectors:
        return ReviewerHandles("该人员参加了本案的现场检查")
    return ReviewerHandles() if act.by.number in case.ever_handled else None


def reviewer_qualified(case: Case, act: Act, world: World) -> Refusal | None:
    """Who is new to the post has passed the national qualification (行政处罚法 §58(2))."""
    if act.said.get("first_time") and not act.said.get("qualification"):
        return ReviewerNotQualified()
    return None
