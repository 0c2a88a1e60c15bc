"""登记公安机关的立案决定: whether the police take the case; the things follow in three days (移送规定 §8、§12)."""

from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.pending import limit_open
from lawbook.penalty.shape import choice, day, line, text


def _taken(case: Case, act: Act) -> bool:
    return act.said.get("outcome") == "filed"


ACT = ActKind(
    "record-police-answer", "登记公安机关的立案决定", Power.HANDLE, "行政执法机关移送涉嫌犯罪案件的规定 §8、§12",
    shape=(
        choice("outcome", "决定", filed="立案", declined="不予立案"), line("organ", "公安机关"),
        line("number", "通知书文号").optional, day("received_on", "接到通知之日"),
        text("reason", "不予立案的理由").optional,
    ),
    standing=(limit_open("police-examine", "没有公安机关正在审查的移送"),),
    opens=(Opens("hand-over-evidence", since="received_on", when=_taken),),
    closes=(Closes("police-examine"),),
    past=("received_on",),
)  # fmt: skip
