"""The ordinary and the summary procedure (普通程序、简易程序) of the penalty law of 2021, with their articles.

Two versions: a case filed before 2026-12-01 goes on under the first."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from lawbook.penalty.act import Act
from lawbook.penalty.matters import IN_2026, PAYING
from lawbook.penalty.procedure import Procedure, ProcedureUnknown, Step, When
from lawbook.penalty.stages import FINAL, Stage

if TYPE_CHECKING:
    from lawbook.penalty.case import Case

S = Stage
LAW = "行政处罚法"


def _says(name: str, *values: str, told: str) -> When:
    return When(told, lambda case, act: act.said.get(name) in values)


def _served(case: "Case", act: Act) -> bool:
    return act.said.get("of") == "decision"


def _notified(case: "Case", act: Act) -> bool:
    return case.latest("notify-penalty") is not None


def _without_decision(case: "Case", act: Act) -> bool:
    return case.decision is None


DECISION = When("送达的是决定书", _served)
NOTIFIED = When("已经告知", _notified)
AGAIN = _says("outcome", "revoked", "invalid", "illegal", told="决定被撤销或者确认无效")
TO_INVESTIGATION = _says("to", "investigation", told="退回补充调查")
NONE_DECIDED = When("没有生效的决定", _without_decision)

RUNNING = frozenset(S) - FINAL - {S.LEAD, S.CLOSED, S.TERMINATED, S.TRANSFERRED}
UNDECIDED = frozenset((
    S.INVESTIGATING, S.CONCLUDED, S.UNDER_REVIEW, S.REVIEWED, S.NOTIFIED, S.HEARING, S.HEARD,
    S.AWAITING_DECISION, S.APPROVED,
))  # fmt: skip
"""From filing to decision: while the ninety days run."""
PREPARING = UNDECIDED - {S.INVESTIGATING, S.APPROVED}
"""Once investigated, until the decision is approved."""
AFTER_DECISION = frozenset((S.DECIDED, S.SERVED, S.ENFORCING, S.AWAITING_CLOSURE))
PERFORMING = frozenset((S.SERVED, S.ENFORCING))
OVER = frozenset((S.CLOSED, S.TERMINATED, S.TRANSFERRED))

STEPS = (
    Step(S.LEAD, "propose-filing", S.AWAITING_FILING, f"{LAW} §54"),
    Step(S.LEAD, "supplement-filing", S.AWAITING_FILING, f"{LAW} §54"),
    Step(S.AWAITING_FILING, "approve-filing", S.INVESTIGATING, f"{LAW} §54(2)"),
    Step(S.AWAITING_FILING, "decline-filing", S.NOT_FILED, f"{LAW} §54"),
    Step(S.AWAITING_FILING, "return-filing", S.FILING_RETURNED, f"{LAW} §54"),
    Step(S.AWAITING_FILING, "withdraw-submission", S.FILING_RETURNED, f"{LAW} §54"),
    Step(S.FILING_RETURNED, "propose-filing", S.AWAITING_FILING, f"{LAW} §54"),
    Step(S.FILING_RETURNED, "supplement-filing", S.AWAITING_FILING, f"{LAW} §54"),
    Step(S.FILING_RETURNED, "decline-filing", S.NOT_FILED, f"{LAW} §54"),
    Step(S.INVESTIGATING, "conclude-investigation", S.CONCLUDED, f"{LAW} §54、§57"),
    *(
        Step(stage, "supplement-investigation", S.INVESTIGATING, f"{LAW} §54")
        for stage in (S.CONCLUDED, S.REVIEWED, S.NOTIFIED, S.HEARD)
    ),
    *(
        Step(stage, "submit-legal-review", S.UNDER_REVIEW, f"{LAW} §58")
        for stage in (S.CONCLUDED, S.NOTIFIED, S.HEARD)
    ),
    Step(S.UNDER_REVIEW, "review-legality", S.REVIEWED, f"{LAW} §58",
         _says("opinion", "agree", told="同意")),
    Step(S.UNDER_REVIEW, "review-legality", S.INVESTIGATING, f"{LAW} §58",
         _says("opinion", "supplement", "change", "correct", "transfer", told="补充调查、变更、纠正、移送")),
    Step(S.UNDER_REVIEW, "withdraw-submission", S.NOTIFIED, f"{LAW} §58", NOTIFIED),
    Step(S.UNDER_REVIEW, "withdraw-submission", S.CONCLUDED, f"{LAW} §58"),
    *(
        Step(stage, "notify-penalty", S.NOTIFIED, f"{LAW} §44")
        for stage in (S.CONCLUDED, S.REVIEWED, S.NOTIFIED)
    ),
    *(
        Step(stage, "request-hearing", S.HEARING, f"{LAW} §64(1)")
        for stage in (S.NOTIFIED, S.REVIEWED)
    ),
    Step(S.HEARING, "withdraw-hearing", S.NOTIFIED, f"{LAW} §64(6)"),
    Step(S.HEARING, "report-hearing", S.HEARD, f"{LAW} §65"),
    *(
        Step(stage, "submit-decision", S.AWAITING_DECISION, f"{LAW} §57")
        for stage in (S.CONCLUDED, S.REVIEWED, S.NOTIFIED, S.HEARD)
    ),
    Step(S.AWAITING_DECISION, "withdraw-submission", S.NOTIFIED, f"{LAW} §57", NOTIFIED),
    Step(S.AWAITING_DECISION, "withdraw-submission", S.CONCLUDED, f"{LAW} §57"),
    Step(S.AWAITING_DECISION, "return-decision", S.INVESTIGATING, f"{LAW} §57", TO_INVESTIGATION),
    Step(S.AWAITING_DECISION, "return-decision", S.NOTIFIED, f"{LAW} §57", NOTIFIED),
    Step(S.AWAITING_DECISION, "return-decision", S.CONCLUDED, f"{LAW} §57"),
    Step(S.AWAITING_DECISION, "approve-decision", S.APPROVED, f"{LAW} §57"),
    Step(S.APPROVED, "decide", S.DECIDED, f"{LAW} §57(1)、§59"),
    Step(S.APPROVED, "decide-no-penalty", S.DECIDED, f"{LAW} §33、§57(1)"),
    Step(S.DECIDED, "serve", S.SERVED, f"{LAW} §61", DECISION),
    Step(S.SERVED, "apply-to-court", S.ENFORCING, "行政强制法 §53"),
    Step(S.SERVED, "propose-closing", S.AWAITING_CLOSURE, f"{LAW} §47"),
    Step(S.ENFORCING, "propose-closing", S.AWAITING_CLOSURE, f"{LAW} §47"),
    Step(S.AWAITING_CLOSURE, "close", S.CLOSED, f"{LAW} §47"),
    Step(S.AWAITING_CLOSURE, "return-closing", S.REVOKED, f"{LAW} §47", NONE_DECIDED),
    Step(S.AWAITING_CLOSURE, "return-closing", S.SERVED, f"{LAW} §47"),
    Step(S.AWAITING_CLOSURE, "withdraw-submission", S.REVOKED, f"{LAW} §47", NONE_DECIDED),
    Step(S.AWAITING_CLOSURE, "withdraw-submission", S.SERVED, f"{LAW} §47"),
    *(Step(stage, "archive", S.ARCHIVED, f"{LAW} §47") for stage in sorted(OVER)),
    *(
        Step(stage, "revoke-decision", S.REVOKED, f"{LAW} §75(2)")
        for stage in sorted(AFTER_DECISION | {S.CLOSED})
    ),
    *(
        Step(stage, "review-outcome", S.REVOKED, "行政复议法 §64、行政诉讼法 §70", AGAIN)
        for stage in sorted(AFTER_DECISION | {S.CLOSED})
    ),
    Step(S.REVOKED, "reopen", S.INVESTIGATING, f"{LAW} §75(2)"),
    Step(S.REVOKED, "propose-closing", S.AWAITING_CLOSURE, f"{LAW} §47"),
    *(Step(stage, "terminate", S.TERMINATED, f"{LAW} §57(1)") for stage in sorted(UNDECIDED)),
    *(
        Step(stage, "transfer", S.TRANSFERRED, f"{LAW} §27、§57(1)")
        for stage in sorted(UNDECIDED | {S.AWAITING_FILING, S.FILING_RETURNED})
    ),
    Step(S.TRANSFERRED, "receive-back", S.INVESTIGATING, f"{LAW} §27(1)"),
)  # fmt: skip

INVESTIGATION = frozenset((S.AWAITING_FILING, S.FILING_RETURNED, S.INVESTIGATING))
BESIDE: Mapping[str, frozenset[Stage]] = {
    "endorse-filing": frozenset((S.AWAITING_FILING,)),
    "assign-handlers": RUNNING,
    "recuse": RUNNING,
    "delegate": RUNNING,
    "change-party": RUNNING,
    # Before filing only what cannot wait: evidence that may be lost (行政处罚法 §56, 行政强制法 §19).
    "notify-inquiry": INVESTIGATION,
    "record-inquiry": INVESTIGATION,
    "survey-site": INVESTIGATION,
    "take-sample": INVESTIGATION,
    "commission-appraisal": INVESTIGATION,
    "receive-appraisal": UNDECIDED | INVESTIGATION,
    "add-evidence": UNDECIDED | INVESTIGATION,
    "restate-violations": frozenset((S.INVESTIGATING,)),
    "request-measure": RUNNING,
    "approve-measure": RUNNING,
    "register-evidence": INVESTIGATION,
    "dispose-registered-evidence": RUNNING | OVER,
    "seal": INVESTIGATION,
    "extend-sealing": RUNNING,
    "dispose-sealed": RUNNING | OVER,
    "propose-transfer": UNDECIDED | {S.AWAITING_FILING, S.FILING_RETURNED},
    "decline-transfer": UNDECIDED | {S.AWAITING_FILING, S.FILING_RETURNED},
    "send-transfer": frozenset((S.TRANSFERRED,)),
    "pause-deciding": UNDECIDED,
    "resume-deciding": UNDECIDED,
    "extend-deciding": UNDECIDED,
    "deliberate": frozenset((S.CONCLUDED, S.REVIEWED, S.NOTIFIED, S.HEARD, S.AWAITING_DECISION)),
    "notify-hearing": frozenset((S.NOTIFIED,)),
    "serve": RUNNING,
    "state-and-defend": PREPARING,
    "waive": PREPARING,
    "notify-hearing-session": frozenset((S.HEARING,)),
    "hold-hearing": frozenset((S.HEARING,)),
    "endorse-decision": frozenset((S.AWAITING_DECISION,)),
    "publish": AFTER_DECISION | {S.CLOSED},
    "withdraw-publication": RUNNING | {S.CLOSED},
    "pay": PERFORMING | {S.DECIDED, S.AWAITING_CLOSURE},
    "hand-in-cash": AFTER_DECISION,
    "bank-cash": AFTER_DECISION,
    "record-performance": PERFORMING | {S.AWAITING_CLOSURE},
    "reverse-payment": PERFORMING | {S.AWAITING_CLOSURE},
    "defer-payment": PERFORMING,
    "allow-instalments": PERFORMING,
    "add-late-fine": PERFORMING,
    "demand": PERFORMING,
    "suspend-enforcement": PERFORMING,
    "resume-enforcement": PERFORMING,
    "record-court-ruling": frozenset((S.ENFORCING,)),
    "ask-higher-court": frozenset((S.ENFORCING,)),
    "refer-enforcement": PERFORMING,
    "record-challenge": AFTER_DECISION | {S.CLOSED},
    "review-outcome": AFTER_DECISION | {S.CLOSED},
    "endorse-closing": frozenset((S.AWAITING_CLOSURE,)),
}

UNTIL, SINCE = date(2026, 11, 30), date(2026, 12, 1)
"""The last day on which a case was filed under the tables of 2021, and the first under those of 2026:
the law is the same, but every form of approval is the act of who approves."""
ORDINARY_2021 = Procedure(
    "ordinary", "2021", "普通程序", date(2021, 7, 15), UNTIL, STEPS, BESIDE
)  # fmt: skip

OF_REPORT = _says("measure", "report", told="退回的是调查终结报告")
STEPS_2026 = (
    *STEPS, Step(S.CONCLUDED, "return-measure", S.INVESTIGATING, f"{LAW} §54、§57(1)", OF_REPORT),
    # Approved and not decided yet: new facts lead back to the investigation, and all is done anew.
    Step(S.APPROVED, "return-decision", S.INVESTIGATING, f"{LAW} §57", TO_INVESTIGATION),
    Step(S.APPROVED, "supplement-investigation", S.INVESTIGATING, f"{LAW} §54"),
)  # fmt: skip
PUT_TO_THE_HEAD = (
    "request-measure", "endorse-measure", "advise-measure", "approve-measure", "return-measure",
    "withdraw-measure",
)  # fmt: skip
LATE = ("pay", "hand-in-cash", "bank-cash", "reverse-payment", "record-performance")
BESIDE_2026: Mapping[str, frozenset[Stage]] = {
    **BESIDE,
    **dict.fromkeys(PUT_TO_THE_HEAD, RUNNING | OVER),
    # Receipts, rulings and answers come after the decision, and belong into the file.
    "add-evidence": RUNNING | OVER,
    "take-over-measure": UNDECIDED | INVESTIGATION,
    "refund": RUNNING | OVER,
    # Who pays or performs after the case is closed is still taken at his word.
    **{kind: BESIDE[kind] | {S.CLOSED} for kind in LATE},
    "request-shutdown": AFTER_DECISION | {S.CLOSED},
    "record-police-answer": frozenset((S.TRANSFERRED,)),
    "dispute-police": frozenset((S.TRANSFERRED,)),
    "hand-over": frozenset((S.TRANSFERRED,)),
}
ORDINARY_2026 = Procedure(
    "ordinary", "2026", "普通程序", SINCE, None, STEPS_2026, BESIDE_2026, IN_2026
)  # fmt: skip

SPOT = (S.ON_THE_SPOT, S.NOTIFIED)
SUMMARY_STEPS = (
    Step(S.LEAD, "begin-summary", S.ON_THE_SPOT, f"{LAW} §51"),
    Step(S.ON_THE_SPOT, "notify-penalty", S.NOTIFIED, f"{LAW} §44、§52"),
    Step(S.NOTIFIED, "decide", S.DECIDED, f"{LAW} §51、§52"),
    *(Step(stage, "terminate", S.TERMINATED, f"{LAW} §51") for stage in SPOT),
    *(
        step
        for step in STEPS
        if step.stage in AFTER_DECISION | {S.CLOSED, S.REVOKED, S.TERMINATED}
        and step.act not in ("reopen",)
    ),
)
SUMMARY_RUNNING = frozenset(
    (*SPOT, S.DECIDED, S.SERVED, S.ENFORCING, S.AWAITING_CLOSURE, S.REVOKED)
)
SUMMARY_BESIDE: Mapping[str, frozenset[Stage]] = {
    kind: stages & (SUMMARY_RUNNING | {S.CLOSED})
    for kind, stages in BESIDE.items()
    if stages & (AFTER_DECISION | {S.CLOSED})
    and kind
    not in ("request-measure", "approve-measure", "dispose-registered-evidence", "extend-sealing",
            "dispose-sealed", "deliberate")
} | {
    "add-evidence": frozenset(SPOT),
    "state-and-defend": frozenset((S.NOTIFIED,)),
    "waive": frozenset((S.NOTIFIED,)),
    "report-summary": frozenset((S.DECIDED, *PERFORMING)),
}  # fmt: skip

SUMMARY_2021 = Procedure(
    "summary", "2021", "简易程序", date(2021, 7, 15), UNTIL, SUMMARY_STEPS, SUMMARY_BESIDE
)  # fmt: skip
SUMMARY_STEPS_2026 = (
    *SUMMARY_STEPS,
    # Ordered to act anew: once more on the spot, or ended there and filed as an ordinary case.
    Step(S.REVOKED, "reopen", S.ON_THE_SPOT, "行政复议法 §64、行政诉讼法 §70"),
)
SUMMARY_2026 = Procedure(
    "summary", "2026", "简易程序", SINCE, None, SUMMARY_STEPS_2026,
    {
        **SUMMARY_BESIDE, **dict.fromkeys(PUT_TO_THE_HEAD, AFTER_DECISION),
        "add-evidence": SUMMARY_RUNNING | {S.CLOSED, S.TERMINATED},
        "refund": SUMMARY_RUNNING | {S.CLOSED},
        **{kind: SUMMARY_BESIDE[kind] | {S.CLOSED} for kind in LATE},
    },
    PAYING,
)  # fmt: skip

PROCEDURES: Mapping[str, Procedure] = {
    one.ref: one for one in (ORDINARY_2026, SUMMARY_2026, ORDINARY_2021, SUMMARY_2021)
}


def procedure(ref: str) -> Procedure:
    """The procedure of this code and version. ProcedureUnknown."""
    try:
        return PROCEDURES[ref]
    except KeyError:
        raise ProcedureUnknown(f"没有办案程序 {ref}") from None


def in_force(code: str, on: date) -> Procedure:
    """The procedure of this code in force on a day (立案之日施行的版本). ProcedureUnknown."""
    for one in PROCEDURES.values():
        if one.code == code and one.valid_from <= on and (not one.valid_to or on <= one.valid_to):
            return one
    raise ProcedureUnknown(f"{on} 没有施行中的办案程序 {code}")
