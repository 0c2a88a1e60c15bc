"""What is put to the head of the organ (报批事项), as a table: asked for, endorsed, approved or returned.

One mechanism for every form of approval: the handlers ask (`request-measure`), the section head and the
legal reviewer give opinions (`endorse-measure`, `advise-measure`), the head approves (`approve-measure`,
or the act itself where that act is the head's) or returns it (`return-measure`). Which matters a
procedure puts to the head stands in its table (`Procedure.matters`). Facts §4.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PUNISH, COERCE = "行政处罚法", "行政强制法"
MOVING = "行政执法机关移送涉嫌犯罪案件的规定"


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter.

    form: which form bears the approval. act: what it lets be done, "" where the approval is all.
    own: that act is the head's, and is the approval itself. asked: acts that ask for it. wants: what
    the request must say. same: in what the act agrees with the request. printed: the option of
    行政执法有关事项审批表. urgent: may be done before it is approved, for a reason.
    """

    code: str
    title: str
    law: str
    form: str
    act: str = ""
    own: bool = False
    asked: tuple[str, ...] = ("request-measure",)
    wants: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    printed: str = "other"
    urgent: bool = False
    advice: bool = False
    """Decided by acts of its own; only the legal reviewer's opinion comes in this way."""


_ALL = (
    Matter("register-evidence", "先行登记保存证据", f"{PUNISH} §56", "evidence-registration-approval",
           "register-evidence", printed="register"),
    Matter("seal", "查封、扣押", f"{COERCE} §18", "seizure-approval", "seal", printed="seal", urgent=True),
    Matter("extend-sealing", "延长查封、扣押期限", f"{COERCE} §25", "matter-approval", "extend-sealing",
           printed="seal"),
    Matter("dispose-registered-evidence", "处理先行登记保存的证据", f"{PUNISH} §56",
           "registered-evidence-approval", "dispose-registered-evidence",
           wants=("of", "result"), same=("of", "result")),
    Matter("dispose-sealed", "处理、解除查封、扣押", f"{COERCE} §27、§28", "seized-goods-approval",
           "dispose-sealed", wants=("of", "result"), same=("of", "result")),
    Matter("report", "案件调查终结报告", f"{PUNISH} §54、§57(1)", "investigation-report",
           asked=("conclude-investigation",)),
    Matter("terminate", "终止（撤销）案件", f"{PUNISH} §57(1)", "case-end-approval", "terminate", own=True,
           wants=("kind", "findings"), same=("kind",)),
    Matter("transfer", "移送案件", f"{PUNISH} §27、§57(1)、{MOVING} §5", "case-transfer-approval",
           "transfer", own=True, asked=("request-measure", "propose-transfer"), wants=("organ",),
           same=("organ",), printed="transfer"),
    Matter("defer-payment", "延期缴纳罚款", f"{PUNISH} §66(2)", "payment-relief-approval", "defer-payment",
           own=True, wants=("applied_on", "until"), same=("applied_on", "until"), printed="payment"),
    Matter("allow-instalments", "分期缴纳罚款", f"{PUNISH} §66(2)", "payment-relief-approval",
           "allow-instalments", own=True, wants=("applied_on", "instalments"),
           same=("applied_on", "instalments"), printed="payment"),
    Matter("extend-deciding", "延长办案期限", f"{PUNISH} §60", "matter-approval", "extend-deciding",
           own=True, wants=("law", "days"), same=("law", "days"), printed="extension"),
    Matter("pause-deciding", "中止计算办案期限", f"{PUNISH} §60", "matter-approval", "pause-deciding",
           own=True, wants=("law", "since"), same=("law", "since"), printed="extension"),
    Matter("apply-to-court", "申请人民法院强制执行", f"{COERCE} §53、§55", "court-application",
           "apply-to-court", own=True),
    Matter("correction", "延期整改", f"{PUNISH} §28(1)", "matter-approval",
           wants=("applied_on", "until"), printed="correction"),
    Matter("other", "其他有关事项", f"{PUNISH} §57", "matter-approval"),
    Matter("filing", "立案", f"{PUNISH} §54", "case-filing-approval",
           asked=("propose-filing", "supplement-filing"), advice=True),
    Matter("closing", "结案", f"{PUNISH} §47", "case-closure", asked=("propose-closing",), advice=True),
)  # fmt: skip
MATTERS: Mapping[str, Matter] = {one.code: one for one in _ALL}
"""By code; that of a matter which lets an act is the act's."""
MEASURES = ("register-evidence", "seal", "extend-sealing")
"""What the law itself wants approved beforehand: all that the procedure of 2021 put to the head."""
IN_2026 = frozenset(MATTERS)
PAYING = frozenset(("defer-payment", "allow-instalments", "apply-to-court", "other", "closing"))
"""What a case that was decided on the spot may still put to the head."""
BY_ACT: Mapping[str, str] = {
    "conclude-investigation": "report", "propose-transfer": "transfer", "propose-filing": "filing",
    "supplement-filing": "filing", "propose-closing": "closing",
}  # fmt: skip
"""Acts that ask for a matter without naming it."""
ASKED = ("request-measure", *BY_ACT)


def matter_of(kind: str, said: Mapping[str, object]) -> Matter | None:
    """What an act asks for; None for one that asks for nothing."""
    code = said.get("measure") if kind == "request-measure" else BY_ACT.get(kind)
    return MATTERS.get(str(code)) if code else None
