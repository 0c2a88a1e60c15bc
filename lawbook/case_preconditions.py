"""What must have happened before a document of a penalty case is issued (案件文书的前提): a table.

Pure: who judges gathers what has happened in the case, from the office's database or a tablet's
store. Beside the inspection's table (`lawbook.preconditions`), and judged after it, where a form
belongs to both. The order is that of facts §4.4; what only practice knows is marked 待确认.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from lawbook.case_needs import ACT, DOCUMENT, FACT, DocumentTooEarly, Need, approved, done, issued
from lawbook.limits import HOURS


def wanting(kind: str, happened: Collection[str]) -> tuple[Need, ...]:
    """Every precondition of this kind of document that is not met; empty when it may be issued."""
    needs = (*TABLE.get(kind, ()), *approval_given(kind))
    return tuple(need for need in needs if not need.met(happened))


APPROVALS: Mapping[str, tuple[str, ...]] = {
    "case-filing-approval": ("approve-filing",),
    "evidence-registration-approval": ("approve-measure-register-evidence",),
    "seizure-approval": ("approve-measure-seal",),
    "case-handling-approval": ("approve-decision",),
    "registered-evidence-approval": ("approve-measure-dispose-registered-evidence",),
    "seized-goods-approval": ("approve-measure-dispose-sealed",),
    "investigation-report": ("approve-measure-report",),
    "matter-approval": (
        "approve-measure-extend-sealing",
        "approve-measure-correction",
        "approve-measure-other",
        "extend-deciding",
        "pause-deciding",
    ),
    "payment-relief-approval": ("defer-payment", "allow-instalments"),
    "case-end-approval": ("terminate",),
    "case-transfer-approval": ("transfer",),
    "case-closure": ("close",),
}
"""Approval form → the acts of approving, of which one stands when the form says that it was approved.

A measure's approval bears the measure's name: approve-measure-seal.
"""
SINCE_2026 = (
    "registered-evidence-approval", "seized-goods-approval", "investigation-report", "matter-approval",
)  # fmt: skip
"""Forms whose approval, under the procedure of 2021, is what they say."""


def approval_given(kind: str) -> tuple[Need, ...]:
    """That a form which says it was approved has the approving act behind it; nothing for others."""
    acts = APPROVALS.get(kind)
    if acts is None:
        return ()
    return (
        Need(
            tuple(ACT + one for one in acts), "审批栏写明已经批准，但案件中没有同意的审批", "行政处罚法 §57",
            "由负责人在案件中审批同意后再出具；尚未审批的，审批栏留空", when=FACT + "says-approved",
            unless=FACT + "approvals-typed" if kind in SINCE_2026 else "",
        ),
    )  # fmt: skip


def require(kind: str, happened: Collection[str]) -> None:
    """Refuses DocumentTooEarly, naming everything that is wanting."""
    if found := wanting(kind, happened):
        raise DocumentTooEarly(found)


def cutting_power(data: Mapping[str, Any], at: datetime) -> frozenset[str]:
    """Facts of 停供电决定书 by what it says when it is issued: it cannot be told to the party before.

    Twenty-four hours ahead, but for an emergency that it names (安全生产法 §70(2)).
    """
    if "power" not in (data.get("supplies") or ()):
        return frozenset()
    try:
        cut = datetime.fromisoformat(str(data.get("from_at")))
        told = cut - at >= timedelta(hours=HOURS["announce-cutoff"].hours)
    except (TypeError, ValueError):
        told = False
    if told or str(data.get("urgent") or "").strip():
        return frozenset({FACT + "power-cut", FACT + "power-cut-told"})
    return frozenset({FACT + "power-cut"})


def power_told(
    data: Mapping[str, Any], decision: Mapping[str, Any], served_at: str
) -> frozenset[str]:
    """Facts of 停供电函告书: the supplier is asked to cut no sooner than a day after the party was served.

    decision: what 停供电决定书 says; an emergency that it names goes without the day (安全生产法 §70(2)).
    """
    if "power" not in (data.get("supplies") or ()):
        return frozenset()
    served = cutting_power(data, datetime.fromisoformat(served_at)) if served_at else frozenset()
    if FACT + "power-cut-told" in served or str(decision.get("urgent") or "").strip():
        return frozenset({FACT + "power-cut", FACT + "power-cut-told"})
    return frozenset({FACT + "power-cut"})


_FILED = done("approve-filing", "案件尚未批准立案", "行政处罚法 §54(2)", "提请立案，报负责人批准")
_CONCLUDED = issued("investigation-report", "案件调查终结报告", "行政处罚法 §57(1)")
_TOLD = issued("prior-notice", "行政处罚告知书", "行政处罚法 §44、§62")
# §44 has a penalty told that is to be given: who is not penalised (§33, §57(1)) is told of none.
_TOLD_IF_PENALISED = replace(_TOLD, unless=FACT + "no-penalty")
# A penalty on the spot (§51, §52) is told by word of mouth, and its decision says so.
_TOLD_OR_ON_THE_SPOT = issued(
    "prior-notice", "行政处罚告知书", "行政处罚法 §44、§62", DOCUMENT + "on-the-spot-penalty"
)
_DECIDED = issued(
    "penalty-decision", "行政处罚决定书", "行政处罚法 §59", DOCUMENT + "penalty-decision-person",
    DOCUMENT + "on-the-spot-penalty",
)  # fmt: skip
_SERVED = done(
    "serve-decision", "行政处罚决定书尚未送达", "行政处罚法 §61", "送达决定书，登记送达情况"
)
_REVIEWED = done(
    "review-legality", "尚未经法制审核", "行政处罚法 §58", "提交法制审核；未经审核或者审核未通过的，不得作出决定",
    when=FACT + "review-due",
)  # fmt: skip
_DELIBERATED = done(
    "deliberate", "尚未经负责人集体讨论", "行政处罚法 §57(2)", "由负责人集体讨论并制作集体讨论记录",
    DOCUMENT + "deliberation-record", when=FACT + "deliberation-due",
)  # fmt: skip
_HEARD = issued(
    "hearing-report", "听证会报告书", "行政处罚法 §65", DOCUMENT + "hearing-refusal",
    when=FACT + "hearing-asked",
)  # fmt: skip
_HANDLED = approved(
    "case-handling-approval", "案件处理呈批表", "行政处罚法 §57(1)", ACT + "approve-decision"
)
# What says that the notice was served asks for the service, not for the issue alone.
_NOTICE_SERVED = done(
    "serve-penalty-notice",
    "行政处罚告知书尚未送达",
    "行政处罚法 §44、§61",
    "送达告知书，登记送达情况",
)
_DECISION = (_TOLD, _NOTICE_SERVED, _HEARD, _REVIEWED, _HANDLED, _DELIBERATED)
_SEALED = issued(
    "seizure-decision",
    "查封（扣押）决定书",
    "行政强制法 §24",
    ACT + "seal",
    ACT + "take-over-measure",
)
_MOVED = approved(
    "case-transfer-approval",
    "案件移送审批表",
    "行政执法机关移送涉嫌犯罪案件的规定 §5",
    ACT + "transfer",
)
_ENDED = (
    "penalty-decision", "penalty-decision-person", "no-penalty-decision", "case-end-approval",
    "case-transfer", "crime-transfer", "on-the-spot-penalty",
)  # fmt: skip

TABLE: Mapping[str, tuple[Need, ...]] = {
    "case-filing-approval": (
        done(
            "propose-filing", "尚未提请立案", "行政处罚法 §54", "由两名承办人提请立案",
            ACT + "supplement-filing",
        ),
    ),
    "case-end-approval": (_FILED,),
    # 询问笔录 ← 询问通知书 (待确认).
    "inquiry-notice": (),
    "inquiry-record": (
        issued("inquiry-notice", "询问通知书", "行政处罚法 §55", ACT + "notify-inquiry"),
    ),
    "survey-record": (),
    "sampling-receipt": (),
    "appraisal-commission": (_FILED,),
    # 先行登记保存: approved beforehand, always; seven working days.
    "evidence-registration-approval": (),
    "evidence-registration-notice": (
        approved("evidence-registration-approval", "先行登记保存证据审批表", "行政处罚法 §56",
                  ACT + "approve-measure-register-evidence"),
    ),
    "registered-evidence-approval": (
        issued("evidence-registration-notice", "先行登记保存证据通知书", "行政处罚法 §56",
                ACT + "register-evidence"),
    ),
    "registered-evidence-decision": (
        issued("evidence-registration-notice", "先行登记保存证据通知书", "行政处罚法 §56",
                ACT + "register-evidence"),
        approved("registered-evidence-approval", "先行登记保存证据处理审批表", "行政处罚法 §56",
                  ACT + "approve-measure-dispose-registered-evidence"),
    ),
    # 查封、扣押: approved beforehand, or urgent and made up for.
    "seizure-approval": (),
    "seizure-decision": (
        approved("seizure-approval", "查封（扣押）决定书审批表", "行政强制法 §18、§19",
                  ACT + "approve-measure-seal", unless=FACT + "urgent"),
    ),
    "seizure-extension": (
        _SEALED,
        approved("matter-approval", "行政执法有关事项审批表（延长查封、扣押期限）", "行政强制法 §25",
                  ACT + "approve-measure-extend-sealing"),
    ),
    "seized-goods-approval": (_SEALED,),
    "seized-goods-decision": (
        _SEALED,
        approved("seized-goods-approval", "查封（扣押）处理审批表", "行政强制法 §27",
                  ACT + "approve-measure-dispose-sealed"),
    ),
    # 调查终结 to 决定.
    "investigation-report": (_FILED,),
    "legal-review-opinion": (_CONCLUDED,),
    "deliberation-record": (_CONCLUDED,),
    "matter-approval": (),
    "prior-notice": (_CONCLUDED,),
    "hearing-right-notice": (_TOLD,),
    "defence-record": (_TOLD, _NOTICE_SERVED),
    "hearing-notice": (
        issued("hearing-right-notice", "行政处罚听证告知书", "行政处罚法 §63"),
        done("serve-hearing-notice", "行政处罚听证告知书尚未送达", "行政处罚法 §63、§64(1)",
              "送达听证告知书，登记送达情况"),
        done("request-hearing", "当事人没有要求听证", "行政处罚法 §64(1)", "登记当事人的听证要求"),
    ),
    "hearing-refusal": (
        done("request-hearing", "当事人没有要求听证", "行政处罚法 §64(1)", "登记当事人的听证要求"),
    ),
    "hearing-record": (issued("hearing-notice", "听证会通知书", "行政处罚法 §64(2)"),),
    "hearing-report": (
        issued("hearing-notice", "听证会通知书", "行政处罚法 §64(2)"),
        issued("hearing-record", "听证笔录", "行政处罚法 §65", ACT + "hold-hearing"),
    ),
    "case-handling-approval": (_TOLD_IF_PENALISED, _HEARD, _REVIEWED),
    "penalty-decision": _DECISION,
    "penalty-decision-person": _DECISION,
    "no-penalty-decision": (_CONCLUDED, _HANDLED),
    # Some systems ask for a written 处罚告知书 first; the law lets the party be told by word of mouth.
    "on-the-spot-penalty": (
        Need((FACT + "told-on-the-spot", DOCUMENT + "prior-notice", ACT + "notify-penalty"),
             "尚未告知当事人拟处罚的内容、事实、理由、依据和权利", "行政处罚法 §44",
             "当场口头告知并听取陈述、申辩"),
    ),
    # 送达、缴款、执行.
    "service-receipt": (),
    "case-service-receipt": (
        done("serve", "案件尚无送达", "行政处罚法 §61", "登记文书的送达情况"),
    ),
    "fine-reminder": (_DECIDED, _SERVED),
    "late-payment-fine": (
        _DECIDED, _SERVED,
        done("add-late-fine", "尚未决定加处罚款", "行政处罚法 §72(1)",
              "缴款期限届满后，按日计算并登记加处罚款"),
    ),
    "payment-relief-approval": (_TOLD_OR_ON_THE_SPOT, _DECIDED, _SERVED),
    "payment-relief": (
        _DECIDED,
        approved("payment-relief-approval", "延期（分期）缴纳罚款审批表", "行政处罚法 §66",
                  ACT + "allow-instalments", ACT + "defer-payment"),
    ),
    "demand-notice": (_DECIDED, _SERVED),
    # The act asks for the window of §53 and for the ten days of §54; the paper asks for the act.
    "court-application": (
        _TOLD_OR_ON_THE_SPOT, _DECIDED, issued("demand-notice", "履行行政处罚决定催告书", "行政强制法 §54"),
        done("serve-demand", "催告书尚未送达", "行政强制法 §54", "送达催告书，登记送达情况"),
        done("apply-to-court", "尚未批准申请人民法院强制执行", "行政强制法 §53、§54、§55",
              "催告书送达十日后，在复议、诉讼期限届满之日起三个月内，由负责人批准申请"),
    ),
    # 移送: at any time when it is a crime, else on what the investigation found.
    "case-transfer-approval": (
        issued("investigation-report", "案件调查终结报告", "行政处罚法 §57(1)",
                unless=FACT + "crime"),
    ),
    "case-transfer": (_MOVED,),
    "crime-transfer": (_MOVED,),
    "evidence-handover": (
        done("record-police-answer", "公安机关尚未决定立案", "行政执法机关移送涉嫌犯罪案件的规定 §12",
              "登记公安机关的立案通知书"),
    ),
    # 结案 ← all entered documents approved.
    "case-closure": (
        Need((FACT + "everything-approved",), "案件还有未审批或者未完成的文书", "行政处罚法 §47",
             "审批、出具或者作废未完成的文书"),
        Need(tuple(DOCUMENT + one for one in _ENDED), "案件尚未作出处理决定", "行政处罚法 §57(1)",
             "依法作出处罚、不予处罚、终止（撤销）或者移送的决定"),
    ),
    # 有错误的，主动改正: what was decided, and that the head wants it taken back.
    "penalty-revocation": (
        issued(
            "penalty-decision", "行政处罚决定书", "行政处罚法 §75(2)",
            DOCUMENT + "penalty-decision-person", DOCUMENT + "no-penalty-decision",
            DOCUMENT + "on-the-spot-penalty",
        ),
        done("revoke-decision", "尚未批准撤销行政处罚决定", "行政处罚法 §75(2)",
              "由本机关负责人批准撤销，并写明理由"),
    ),
    # 安全生产法 §65、§70.
    "withdrawal-order": (),
    "supply-cut-decision": (
        issued("on-site-measures", "现场处理措施决定书", "安全生产法 §70",
                DOCUMENT + "withdrawal-order"),
        approved("matter-approval", "行政执法有关事项审批表（停止供应）", "安全生产法 §70"),
        Need((FACT + "power-cut-told",), "停止供电没有提前二十四小时通知", "安全生产法 §70(2)",
             "把停止供电的时间定在通知二十四小时之后；有危及生产安全的紧急情形的，写明不提前通知的理由",
             when=FACT + "power-cut"),
    ),
    "supply-cut-letter": (
        issued("supply-cut-decision", "停供电（停供民用爆炸物品）决定书", "安全生产法 §70"),
        done("serve-supply-cut", "停供电（停供民用爆炸物品）决定书尚未送达", "安全生产法 §70(2)",
              "送达决定书，登记送达的时刻"),
        Need((FACT + "power-cut-told",), "停止供电的时间在送达决定书之后不满二十四小时", "安全生产法 §70(2)",
             "把停止供电的时间定在送达二十四小时之后；紧急情形应当已经写在决定书中",
             when=FACT + "power-cut"),
    ),
    "supply-restore-letter": (
        issued("supply-cut-letter", "停供电（停供民用爆炸物品）函告书", "安全生产法 §70"),
    ),
}  # fmt: skip
"""Kind of document → its preconditions. A form that is not here, such as one of the bureau's own, has
none: who adds a form that needs some adds a line."""
