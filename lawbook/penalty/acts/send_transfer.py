"""向公安机关移送: within 24 hours of the decision, with its material (移送规定 §5、§6)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.pending import limit_open
from lawbook.penalty.shape import line, moment, text

ACT = ActKind(
    "send-transfer", "向公安机关移送案件", Power.HANDLE, "行政执法机关移送涉嫌犯罪案件的规定 §5、§6",
    shape=(
        moment("sent_at", "送交的时间"), line("received_by", "接收人"), line("number", "移送书文号").optional,
        text("late_reason", "超过二十四小时的理由").optional,
    ),
    together=True,
    standing=(limit_open("send-transfer", "没有已决定而尚未送交的移送"),),
    opens=(Opens("police-examine"),),
    closes=(Closes("send-transfer"),),
)  # fmt: skip
