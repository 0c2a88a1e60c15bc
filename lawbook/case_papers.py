"""Which acts of a case make a document by law (应当制作的文书): a table, asked before a case is closed.

Facts §4.1, §5.6: what a lawyer looks for in the file. Pure: who judges tells the documents issued in
the case, void ones apart. Each act has its own: `lawbook.paper_matching` says which is whose.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SERVED_AS: Mapping[str, str] = {
    "prior-notice": "penalty-notice", "hearing-right-notice": "hearing-notice",
    "hearing-notice": "session-notice", "penalty-decision": "decision",
    "penalty-decision-person": "decision", "no-penalty-decision": "decision",
    "on-the-spot-penalty": "decision", "demand-notice": "demand", "late-payment-fine": "late-fine",
    "seizure-decision": "sealing", "payment-relief": "easing",
}  # fmt: skip
"""Form that goes to the party → what the act of service calls it (送达的文书)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that an act makes: one of `forms` does.

    once: one for all acts of the kind in a case, such as a receipt; else one for each. procedure:
    asked in this one alone. per: one for each entry of this list in what the act says.
    """

    forms: tuple[str, ...]
    title: str
    law: str
    once: bool = False
    procedure: str = ""
    per: str = ""


def _ordinary(form: str, title: str, law: str, *others: str) -> Paper:
    return Paper((form, *others), title, law, procedure="ordinary")


PUNISH, COERCE = "行政处罚法", "行政强制法"
PAPERS: Mapping[str, tuple[Paper, ...]] = {
    "approve-filing": (Paper(("case-filing-approval",), "立案审批表", f"{PUNISH} §54(2)", once=True),),
    "notify-inquiry": (Paper(("inquiry-notice",), "询问通知书", f"{PUNISH} §55"),),
    "record-inquiry": (Paper(("inquiry-record",), "询问笔录", f"{PUNISH} §55(2)"),),
    "survey-site": (Paper(("survey-record",), "勘验笔录", f"{PUNISH} §55(2)"),),
    "take-sample": (Paper(("sampling-receipt",), "抽样取证凭证", f"{PUNISH} §56"),),
    "commission-appraisal": (Paper(("appraisal-commission",), "鉴定委托书", f"{COERCE} §25(3)"),),
    "register-evidence": (
        Paper(("evidence-registration-approval",), "先行登记保存证据审批表", f"{PUNISH} §56"),
        Paper(("evidence-registration-notice",), "先行登记保存证据通知书", f"{PUNISH} §56"),
    ),
    "dispose-registered-evidence": (
        Paper(("registered-evidence-approval",), "先行登记保存证据处理审批表", f"{PUNISH} §56"),
        Paper(("registered-evidence-decision",), "先行登记保存证据处理决定书", f"{PUNISH} §56"),
    ),
    "seal": (
        Paper(("seizure-approval",), "查封（扣押）决定书审批表", f"{COERCE} §18、§19"),
        Paper(("seizure-decision",), "查封（扣押）决定书", f"{COERCE} §24"),
    ),
    "extend-sealing": (Paper(("seizure-extension",), "延长查封（扣押）期限决定书", f"{COERCE} §25(2)"),),
    "dispose-sealed": (
        Paper(("seized-goods-approval",), "查封（扣押）处理审批表", f"{COERCE} §27"),
        Paper(("seized-goods-decision",), "查封（扣押）处理决定书", f"{COERCE} §27"),
    ),
    "conclude-investigation": (Paper(("investigation-report",), "案件调查终结报告", f"{PUNISH} §57(1)"),),
    "review-legality": (Paper(("legal-review-opinion",), "法制审核意见书", f"{PUNISH} §58"),),
    "deliberate": (Paper(("deliberation-record",), "行政处罚集体讨论记录", f"{PUNISH} §57(2)"),),
    # 听证告知书 tells all that 告知书 tells; on the spot the party is told by word of mouth (§52).
    "notify-penalty": (
        _ordinary("prior-notice", "行政处罚告知书（或者行政处罚听证告知书）", f"{PUNISH} §44",
                  "hearing-right-notice"),
    ),
    "notify-hearing": (Paper(("hearing-right-notice",), "行政处罚听证告知书", f"{PUNISH} §63"),),
    "state-and-defend": (_ordinary("defence-record", "当事人陈述申辩笔录", f"{PUNISH} §45"),),
    "notify-hearing-session": (Paper(("hearing-notice",), "听证会通知书", f"{PUNISH} §64(2)"),),
    "hold-hearing": (Paper(("hearing-record",), "听证笔录", f"{PUNISH} §64(8)"),),
    "report-hearing": (Paper(("hearing-report",), "听证会报告书", f"{PUNISH} §65"),),
    "approve-decision": (Paper(("case-handling-approval",), "案件处理呈批表", f"{PUNISH} §57(1)"),),
    "decide": (
        _ordinary("penalty-decision", "行政处罚决定书", f"{PUNISH} §59", "penalty-decision-person"),
        Paper(("on-the-spot-penalty",), "行政（当场）处罚决定书", f"{PUNISH} §52", procedure="summary"),
    ),
    "decide-no-penalty": (Paper(("no-penalty-decision",), "不予行政处罚决定书", f"{PUNISH} §57(1)"),),
    "revoke-decision": (Paper(("penalty-revocation",), "撤销行政处罚决定书", f"{PUNISH} §75(2)"),),
    # One receipt for each case and party, whatever was served (facts §4.1).
    "serve": (
        Paper(("case-service-receipt", "service-receipt"), "文书送达回执", f"{PUNISH} §61", once=True),
    ),
    "defer-payment": (
        Paper(("payment-relief-approval",), "延期（分期）缴纳罚款审批表", f"{PUNISH} §66(2)"),
        Paper(("payment-relief",), "延期（分期）缴纳罚款批准书", f"{PUNISH} §66(2)"),
    ),
    "allow-instalments": (
        Paper(("payment-relief-approval",), "延期（分期）缴纳罚款审批表", f"{PUNISH} §66(2)"),
        Paper(("payment-relief",), "延期（分期）缴纳罚款批准书", f"{PUNISH} §66(2)", per="instalments"),
    ),
    "add-late-fine": (Paper(("late-payment-fine",), "加处罚款决定书", f"{PUNISH} §72(1)", once=True),),
    "demand": (Paper(("demand-notice",), "履行行政处罚决定催告书", f"{COERCE} §54", once=True),),
    "apply-to-court": (Paper(("court-application",), "强制执行申请书", f"{COERCE} §55", once=True),),
    "terminate": (Paper(("case-end-approval",), "案件终止（撤销）审批表", f"{PUNISH} §57(1)"),),
    "transfer": (
        Paper(("case-transfer-approval",), "案件移送审批表", f"{PUNISH} §27、§57(1)"),
        Paper(("case-transfer", "crime-transfer"), "案件移送书", f"{PUNISH} §27"),
    ),
    "hand-over": (
        Paper(("evidence-handover",), "涉案物品和材料移交清单", "行政执法机关移送涉嫌犯罪案件的规定 §12"),
    ),
    "close": (Paper(("case-closure",), "结案审批表", f"{PUNISH} §47", once=True),),
}  # fmt: skip
"""Kind of act → the documents that it makes. 结案审批表 bears the approval of closing itself: it is
asked when the file is sealed."""
FOR_SEALING = frozenset(("close",))
"""Acts whose documents can only be made once the case is closed."""
SIGNED: Mapping[str, str] = {
    "case-service-receipt": f"{PUNISH} §61、民事诉讼法 §87", "service-receipt": f"{PUNISH} §61、民事诉讼法 §87",
    "inquiry-record": f"{PUNISH} §55(2)", "survey-record": f"{PUNISH} §55(2)",
    "hearing-record": f"{PUNISH} §64(8)", "on-the-spot-penalty": f"{PUNISH} §52",
}  # fmt: skip
"""Form → the article that wants it signed by hand: by who was served, asked, heard, or punished on
the spot (送达回证、询问笔录、勘验笔录、听证笔录、当场处罚决定书). §55(2) asks for a record of inquiry and
inspection; who signs it stands in 安全生产违法行为行政处罚办法 and the forms (待确认)."""
