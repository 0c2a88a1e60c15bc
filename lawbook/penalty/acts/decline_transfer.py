"""不批准移送: the head decides, with the reason in the file (移送规定 §5)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import limit_open
from lawbook.penalty.shape import text

ACT = ActKind(
    "decline-transfer", "不批准移送", Power.APPROVE, "行政执法机关移送涉嫌犯罪案件的规定 §5",
    shape=(text("reason", "不予批准的理由"),),
    standing=(limit_open("decide-transfer", "没有待决定的移送报告"),),
    closes=(Closes("decide-transfer"),),
)  # fmt: skip
