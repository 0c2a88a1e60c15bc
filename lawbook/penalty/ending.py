"""Guards and effects of the ends of a case (结案、终止、移送、撤销、归档)."""

from lawbook.paper_matching import PapersLacking, lacking
from lawbook.penalty.act import Act
from lawbook.penalty.approvals import waiting
from lawbook.penalty.case import FALLEN, Case
from lawbook.penalty.court import finally_refused, handed_to_reviewer
from lawbook.penalty.deadlines import open_limit, open_limits
from lawbook.penalty.guards import evidence_disposed, sealed_disposed
from lawbook.penalty.kind import Closes, Guard, World
from lawbook.penalty.money import settled, total_outstanding, total_to_refund, unperformed
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty.refusals.approving import (
    AwaitingApproval,
    NotRequested,
    TransferNotSent,
)
from lawbook.penalty.refusals.ending import (
    CashNotBanked,
    NotPublished,
    NotRefunded,
    NotReported,
    NotWithdrawn,
    StillOwed,
)
from lawbook.penalty.refusals.performing import RemedyOpen
from lawbook.penalty.remedies import enforcement
from lawbook.penalty_kinds import KINDS
from lawbook.refusal import Refusal


def fell(case: Case, act: Act) -> bool:
    """A review or judgment takes the decision away."""
    return act.said.get("outcome") in FALLEN


def review_ended(case: Case, act: Act) -> bool:
    """A review that leaves something to sue about (行政诉讼法 §45)."""
    pending = case.challenge
    stands = act.said.get("outcome") in ("upheld", "changed", "unlawful")
    return pending is not None and pending.said.get("kind") == "review" and stands


def found_unlawful(case: Case, act: Act) -> bool:
    """It fell, or stands and was declared unlawful: either way it is not shown to the public (处罚法 §48(2))."""
    return fell(case, act) or act.said.get("outcome") == "unlawful"


def may_be_appealed(case: Case, act: Act) -> bool:
    """A first judgment that leaves the decision and is not said to be in effect (行政诉讼法 §85)."""
    pending, outcome = case.challenge, act.said.get("outcome")
    if pending is None or pending.said.get("kind") != "lawsuit" or outcome == "withdrawn":
        return False
    return not fell(case, act) and not act.said.get("effective_on")


def was_published(case: Case, act: Act) -> bool:
    """The decision in force is published."""
    return bool(case.decision and case.since(case.decision, "publish"))


def published_and_fell(case: Case, act: Act) -> bool:
    """A published decision was changed, revoked or declared unlawful (行政处罚法 §48(2))."""
    changed = act.said.get("outcome") == "changed"
    return was_published(case, act) and (changed or found_unlawful(case, act))


def publication_withdrawn(case: Case, act: Act, world: World) -> Refusal | None:
    """Nothing that fell is still published."""
    return NotWithdrawn() if open_limit(case, "withdraw-publication") else None


def _published(case: Case, act: Act, world: World) -> Refusal | None:
    return NotPublished() if open_limit(case, "publish") else None


def _paid(case: Case, act: Act, world: World) -> Refusal | None:
    """Paid, or ended by the court; or the three months in which to ask it have passed.

    After a lawsuit nothing that was read says until when the court may be asked: then no lapse ends it.
    """
    if settled(case) or _ended_unpaid(case, act, world):
        return None
    owed, left = total_outstanding(case), unperformed(case)
    told = [f"尚欠 {owed / 100:.2f} 元"] if owed else []
    told += ["尚未履行" + "、".join(KINDS[kind][0] for kind in left)] if left else []
    return StillOwed("；".join(told), mend=None if owed else "record-performance")


def _refunded(case: Case, act: Act, world: World) -> Refusal | None:
    """What was collected and is not owed any more is given back (国家赔偿法 §36(1))."""
    due = total_to_refund(case)
    return NotRefunded(f"应当退还 {due / 100:.2f} 元") if due else None


def _lapsed(case: Case, act: Act, world: World) -> bool:
    """The months that the law sets are over, and nobody has asked the court."""
    window = enforcement(case, world)
    over = window is not None and window.binding and act.on > window.last
    return over and case.ever("apply-to-court") is None


def _ended_unpaid(case: Case, act: Act, world: World) -> bool:
    """Nobody here can enforce any more: lapsed, refused for good, or the reviewing organ's (复议法 §78(2))."""
    refused = finally_refused(case, act, world)
    return refused or handed_to_reviewer(case) or _lapsed(case, act, world)


def lapse_told(case: Case, act: Act, world: World) -> Refusal | None:
    """Who closes a case with money unpaid says why the court was not asked in time (行政强制法 §53)."""
    if settled(case) or act.said.get("unpaid_reason") or not _ended_unpaid(case, act, world):
        return None
    return ActIncomplete(
        "罚款没有缴清而结案的，写明没有强制执行、法院没有受理或者执行的原因和处理情况"
    )


def _unchallenged(case: Case, act: Act, world: World) -> Refusal | None:
    return RemedyOpen("正在复议或者诉讼") if case.challenge else None


def _reported(case: Case, act: Act, world: World) -> Refusal | None:
    return NotReported() if open_limit(case, "report-summary") else None


def _banked(case: Case, act: Act, world: World) -> Refusal | None:
    waits = any(one.name in ("bank-cash", "hand-in-cash") for one in open_limits(case))
    return CashNotBanked() if waits else None


def _nothing_waits(case: Case, act: Act, world: World) -> Refusal | None:
    """Nothing that was put to the head is unanswered."""
    found = waiting(case)
    if not found:
        return None
    return AwaitingApproval("、".join(f"“{one.matter.title}”尚待审批" for one in found))


def crime_reported(case: Case, act: Act, world: World) -> Refusal | None:
    """Two officers have reported in writing before the head lets a crime go to the police (移送规定 §5)."""
    if act.said["kind"] != "crime" or open_limit(case, "decide-transfer"):
        return None
    # Where the procedure itself asks for the request, it says so already (`approvals.against`).
    if "transfer" in case.procedure.matters:
        return None
    return NotRequested(
        "移送涉嫌犯罪案件，先由两名以上行政执法人员提出书面报告", mend="propose-transfer"
    )


def transfer_sent(case: Case, act: Act, world: World) -> Refusal | None:
    """A transfer that was decided was sent: once sealed, nothing can be sent any more (移送规定 §5)."""
    return TransferNotSent() if open_limit(case, "send-transfer") else None


def _on_paper(case: Case, act: Act, world: World) -> Refusal | None:
    """Each act that by law makes a document has it."""
    if world.papers is None:
        return None
    found = lacking(case, world.papers)
    return PapersLacking(found) if found else None


CLOSING: tuple[Guard, ...] = (
    _unchallenged, _paid, _refunded, _published, publication_withdrawn, evidence_disposed, sealed_disposed,
    _reported, _banked, _nothing_waits, _on_paper,
)  # fmt: skip
"""What must be settled before a case is closed."""
ALL_BEFORE_DECISION = tuple(
    Closes(name)
    for name in (
        "decide", "approve-filing", "file-after-investigation", "legal-review", "approve-decision",
        "approve-measure", "approve-report", "state-and-defend", "request-hearing", "make-up-sealing-approval",
    )
)  # fmt: skip
"""Limits that end with a case that ends before its decision."""
