"""登记公安机关的立案决定: whether the police take the case, at first or asked again (移送规定 §8–§12)."""

from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.police import answer_awaited, pending, upon
from lawbook.penalty.shape import choice, day, line, text
from lawbook.penalty.shapes import EVIDENCE


def _taken(case: Case, act: Act) -> bool:
    return act.said.get("outcome") == "filed"


def _refused_at_first(case: Case, act: Act) -> bool:
    return not _taken(case, act) and pending(case) is None


def _refused_again(case: Case, act: Act) -> bool:
    return not _taken(case, act) and upon(case, "reconsideration")


ACT = ActKind(
    "record-police-answer", "登记公安机关的立案决定", Power.HANDLE, "行政执法机关移送涉嫌犯罪案件的规定 §8–§12",
    shape=(
        choice("outcome", "决定", filed="立案", declined="不予立案"), line("organ", "公安机关"),
        line("number", "通知书文号").optional, day("received_on", "接到通知之日"),
        text("reason", "不予立案的理由").optional, EVIDENCE,
    ),
    standing=(answer_awaited,),
    opens=(
        Opens("hand-over-evidence", since="received_on", when=_taken),
        Opens("dispute-police", since="received_on", when=_refused_at_first),
        Opens("supervise-police", since="received_on", when=_refused_again),
    ),
    closes=(Closes("police-examine"), Closes("police-reconsider")),
    past=("received_on",),
)  # fmt: skip
