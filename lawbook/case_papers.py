"""Which acts of a case make a document by law (应当制作的文书): a table, asked before a case is closed.

Facts §4.1, §5.6: what a lawyer looks for in the file. Pure: who judges counts the documents issued
in the case, void ones apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.refusals import PenaltyRefusal

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
    "close": (Paper(("case-closure",), "结案审批表", f"{PUNISH} §47", once=True),),
}  # fmt: skip
"""Kind of act → the documents that it makes. 结案审批表 bears the approval of closing itself: it is
asked when the file is sealed."""
FOR_SEALING = frozenset(("close",))
"""Acts whose documents can only be made once the case is closed."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A document that is lacking: which, how many, and the act that it belongs to."""

    paper: Paper
    act: str
    wanted: int
    issued: int

    @property
    def told(self) -> str:
        """In words: 询问笔录（应有 2 份，已出具 1 份）."""
        count = f"（应有 {self.wanted} 份，已出具 {self.issued} 份）" if self.wanted > 1 else ""
        return f"{self.paper.title}{count}"

    def plain(self) -> dict[str, Any]:
        """As JSON, with what a button does."""
        return {
            "title": f"尚未出具{self.told}", "law": self.paper.law,
            "next_step": f"制作、出具{self.paper.title}",
            "mends": {"kind": "document", "code": self.paper.forms[0]},
        }  # fmt: skip


def lacking(case: Case, issued: Mapping[str, int], *, sealing: bool = False) -> list[Lacking]:
    """Every document that an act of the case makes and that has not been issued.

    issued: how many of each form, void ones apart. sealing: also those that are made once the case
    is closed.
    """
    found = []
    for kind, papers in PAPERS.items():
        if kind in FOR_SEALING and not sealing:
            continue
        acts = [act for act in case.all(kind) if _counts(act)]
        for paper in papers:
            if not acts or paper.procedure not in ("", case.procedure.code):
                continue
            each = [len(act.said.get(paper.per) or (1,)) if paper.per else 1 for act in acts]
            wanted = 1 if paper.once else sum(each)
            have = sum(issued.get(form, 0) for form in paper.forms)
            if have < wanted:
                found.append(Lacking(paper, kind, wanted, have))
    return found


def _counts(act: Act) -> bool:
    """A notice by word of mouth, or an opinion given in the course, makes no document twice."""
    return not (act.kind == "review-legality" and act.said.get("opinion") != "agree")


class PapersLacking(PenaltyRefusal):
    """A case whose acts have not all been put on paper."""

    code, title, law = "papers-lacking", "还有应当制作而没有出具的文书", "行政处罚法 §47"
    next_step = "逐一制作、出具所列文书"

    def __init__(self, found: list[Lacking] | None = None) -> None:
        self.lacking = found or []
        super().__init__("尚未出具：" + "、".join(one.told for one in self.lacking))

    def problem(self) -> dict[str, Any]:
        """With each document, its article and what makes it."""
        return super().problem() | {"wanting": [one.plain() for one in self.lacking]}
