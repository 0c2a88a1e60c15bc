"""Guards of the decision (处理呈批、审批、决定)."""

from lawbook.leniency import NotExempt, require_exempt
from lawbook.penalty.act import Act
from lawbook.penalty.again import to_be_done_by
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit
from lawbook.penalty.guards import (
    barring,
    hearing_right,
    hearing_told,
    not_aggravated,
    over,
)
from lawbook.penalty.imposing import agrees, imposed, sums_clear
from lawbook.penalty.kind import World
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty.refusals.deciding import (
    AboveSummaryCeiling,
    DecisionOverdue,
    DiffersFromApproved,
    NotDecidedSo,
)
from lawbook.penalty.refusals.telling import (
    DefenceNotConsidered,
    DefencePeriodRuns,
    HearingNotHeld,
    NoticeFirst,
    NoticeNotServed,
)
from lawbook.penalty_kinds import SummaryNotAllowed, heavier, require_summary
from lawbook.refusal import Refusal


def sums_told(case: Case, act: Act, world: World) -> Refusal | None:
    """Each sum that a penalty wants is told (行政处罚法 §59)."""
    return sums_clear(act)


def heard_before(case: Case, act: Act, world: World) -> Refusal | None:
    """The party was told, and has spoken, let the time pass, or waived (行政处罚法 §44、§45、§62)."""
    if act.said.get("outcome") != "penalty":
        return None
    if not act.said.get("penalties"):
        return ActIncomplete("给予行政处罚的，写明处罚种类")
    return (
        sums_clear(act)
        or _told(case, act, world)
        or _defence(case, act, world)
        or _hearing(case, act, world)
    )


def _told(case: Case, act: Act, world: World) -> Refusal | None:
    if case.notice is None:
        return NoticeFirst()
    return None if case.notice_served else NoticeNotServed()


def _defence(case: Case, act: Act, world: World) -> Refusal | None:
    for said in case.acts[case.begun :]:
        if said.kind == "state-and-defend" and not said.said.get("considered"):
            answered = any(
                later.said.get("considered") for later in case.since(said, "state-and-defend")
            )
            if not answered and not act.said.get("defence"):
                return DefenceNotConsidered()
    served = case.notice_served
    done = served and over(case, "state-and-defend", served, act.on, world)
    return None if done else DefencePeriodRuns("陈述、申辩的期限未满")


def _hearing(case: Case, act: Act, world: World) -> Refusal | None:
    if refusal := hearing_told(case, act, world):
        return refusal
    asked = case.latest("request-hearing")
    if asked and not case.since(asked, "withdraw-hearing", "report-hearing"):
        return HearingNotHeld("当事人要求听证，听证尚未终结")
    if case.hearing_notice is None:
        return None
    served = case.hearing_notice_served
    if served is None:
        return NoticeNotServed("听证告知书尚未送达")
    done = over(case, "request-hearing", served, act.on, world)
    return None if done else DefencePeriodRuns("要求听证的期限未满")


def not_aggravated_if_penalty(case: Case, act: Act, world: World) -> Refusal | None:
    """What is to be imposed is no heavier than told."""
    if act.said.get("outcome") != "penalty":
        return None
    return not_aggravated(case, act, world)


def approves_what_was_submitted(case: Case, act: Act, world: World) -> Refusal | None:
    """The same outcome; a lighter penalty may be approved, a heavier one goes back."""
    submitted = case.latest("submit-decision")
    if submitted is None:
        return None
    if act.said["outcome"] != submitted.said["outcome"]:
        return NotDecidedSo("处理意见不同的，退回重新拟定")
    if act.said["outcome"] == "penalty" and not act.said.get("penalties"):
        return ActIncomplete("给予行政处罚的，写明处罚种类")
    if heavier(imposed(submitted), imposed(act)):
        return NotDecidedSo("比呈批的意见更重，退回重新拟定")
    return sums_clear(act) if act.said["outcome"] == "penalty" else None


def decided_in_time(case: Case, act: Act, world: World) -> Refusal | None:
    """Within ninety days of filing; later only with the reason on record (行政处罚法 §60)."""
    set_on = to_be_done_by(case)
    if set_on and act.on > set_on and not act.said.get("late_reason"):
        return DecisionOverdue(f"复议机关、法院限定于 {set_on} 前重新作出")
    clock = open_limit(case, "decide")
    if clock is None or act.said.get("late_reason") or not clock.over(act.on, world.calendar):
        return None
    due = clock.due_on(world.calendar)
    return DecisionOverdue(f"办案期限于 {due} 届满")


def as_approved(case: Case, act: Act, world: World) -> Refusal | None:
    """What is decided is what was approved; on the spot nobody approves."""
    approved = case.latest("approve-decision")
    if approved is None or penalty_approved(case, act, world) or agrees(approved, act):
        return sums_clear(act)
    return DiffersFromApproved(f"批准的是{imposed(approved).told}，拟决定{imposed(act).told}")


def penalty_approved(case: Case, act: Act, world: World) -> Refusal | None:
    """A penalty was approved; on the spot nobody approves."""
    return None if case.procedure.code == "summary" else _outcome(case, "penalty")


def none_approved(case: Case, act: Act, world: World) -> Refusal | None:
    """That no penalty be given was approved."""
    return _outcome(case, "no-penalty")


def _outcome(case: Case, wanted: str) -> Refusal | None:
    approved = case.latest("approve-decision")
    if approved is None or approved.said.get("outcome") == wanted:
        return None
    return NotDecidedSo("批准的是给予处罚" if wanted == "no-penalty" else "批准的是不予处罚")


def none_grounded(case: Case, act: Act, world: World) -> Refusal | None:
    """No penalty is proposed or decided only on a ground that the law knows (行政处罚法 §30–§33)."""
    if act.said.get("outcome") not in (None, "no-penalty"):
        return None
    terms = [barring(case, act, one) for one in case.violations]
    known = [term.past for term in terms if term is not None]
    try:
        require_exempt(
            str(act.said.get("ground") or ""), case.party_kind,
            barred=all(known) if known else None, law=str(act.said.get("basis") or ""),
        )  # fmt: skip
    except NotExempt as refusal:
        return refusal
    return None


def within_summary(case: Case, act: Act, world: World) -> Refusal | None:
    """On the spot only a warning, or a fine up to its ceiling (行政处罚法 §51)."""
    if case.procedure.code != "summary":
        return None
    try:
        require_summary(imposed(act), case.party_kind)
    except SummaryNotAllowed as refusal:
        return AboveSummaryCeiling(refusal.detail)
    return None


def heard_on_the_spot(case: Case, act: Act, world: World) -> Refusal | None:
    """On the spot, too, the party is told before and heard (行政处罚法 §44、§45、§52)."""
    if case.procedure.code != "summary":
        return None
    if hearing_right(case, act, world):
        return AboveSummaryCeiling("属于听证范围的处罚不能当场作出")
    if case.latest("state-and-defend", "waive") is None:
        return DefencePeriodRuns("当场听取当事人的陈述、申辩，或者记录其放弃")
    return not_aggravated(case, act, world)
