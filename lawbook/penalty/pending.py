"""Guards that ask whether there is anything to do an act for: it is offered only then (尚待办理的事项)."""

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit, open_limits
from lawbook.penalty.kind import Guard, World
from lawbook.penalty.money import payments
from lawbook.penalty.refusals import NothingOpen
from lawbook.refusal import Refusal


def limit_open(name: str, what: str = "") -> Guard:
    """A limit of this name is open."""
    return lambda case, act, world: None if open_limit(case, name) else NothingOpen(what)


def names_open(limit: str, what: str = "") -> Guard:
    """A limit of this name is open, and was opened by the act that `of` names, once it names one."""

    def guard(case: Case, act: Act, world: World) -> Refusal | None:
        known = {one.opener for one in open_limits(case) if one.name == limit}
        named = act.said.get("of")
        return None if (named in known if named else known) else NothingOpen(what)

    return guard


def _stands(case: Case, name: str) -> bool:
    return any(
        one.name == name and any(pause.until is None for pause in one.pauses)
        for one in open_limits(case)
    )


def deciding_runs(case: Case, act: Act, world: World) -> Refusal | None:
    """The ninety days run: they have begun and do not stand already."""
    if open_limit(case, "decide") is None:
        return NothingOpen("办案期限没有开始计算")
    return NothingOpen("办案期限已经中止计算") if _stands(case, "decide") else None


def deciding_stands(case: Case, act: Act, world: World) -> Refusal | None:
    """The ninety days stand."""
    return None if _stands(case, "decide") else NothingOpen("办案期限没有中止计算")


def appraisal_awaited(case: Case, act: Act, world: World) -> Refusal | None:
    """An appraisal was commissioned whose opinion has not come."""
    awaited = len(case.all("commission-appraisal")) > len(case.all("receive-appraisal"))
    return None if awaited else NothingOpen("没有待收的鉴定意见", mend="commission-appraisal")


def suspended(case: Case) -> bool:
    """Whether enforcement was suspended and not resumed."""
    last = case.ever("suspend-enforcement", "resume-enforcement")
    return last is not None and last.kind == "suspend-enforcement"


def enforcement_runs(case: Case, act: Act, world: World) -> Refusal | None:
    """Enforcement was not suspended, or was resumed since."""
    return NothingOpen("已经停止执行") if suspended(case) else None


def enforcement_suspended(case: Case, act: Act, world: World) -> Refusal | None:
    """Enforcement was suspended and not resumed."""
    return None if suspended(case) else NothingOpen("没有停止执行")


def something_paid(case: Case, act: Act, world: World) -> Refusal | None:
    """A payment is entered that was not taken back."""
    paid = payments(case, "fine") or payments(case, "taken") or payments(case, "late-fine")
    return None if paid else NothingOpen("没有登记的缴款")


def unpublished(case: Case, act: Act, world: World) -> Refusal | None:
    """A penalty is to be published, or was changed since it was (行政处罚法 §48)."""
    if open_limit(case, "publish"):
        return None
    if case.decision is None:
        return NothingOpen("没有生效的决定")
    last = (case.since(case.decision, "publish") or (case.decision,))[-1]
    changed = [
        one for one in case.since(last, "review-outcome") if one.said["outcome"] == "changed"
    ]
    return None if changed else NothingOpen("没有应当公开的处罚决定")


def right_left(case: Case, act: Act, world: World) -> Refusal | None:
    """The party has a right that it has neither used nor given up.

    On the spot, and before the notices are served, no period runs: then it may waive.
    """
    notice = case.notice
    if notice is None or case.procedure.code == "summary":
        return None
    if not (case.notice_served or case.hearing_notice_served):
        return None
    names = ("state-and-defend", "request-hearing")
    left = any(one.name in names for one in open_limits(case))
    return None if left else NothingOpen("当事人已经行使或者放弃权利")


def hearing_not_asked(case: Case, act: Act, world: World) -> Refusal | None:
    """The party has neither asked for a hearing since the notice was served, nor waived it."""
    if case.hearing_notice_served is None or open_limit(case, "request-hearing"):
        return None
    return NothingOpen("当事人已经要求或者放弃听证")
