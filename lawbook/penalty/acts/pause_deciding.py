"""中止办案期限: only where a law, regulation or rule says that the time does not count (行政处罚法 §60)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.pending import deciding_runs
from lawbook.penalty.shape import day, line, text

ACT = ActKind(
    "pause-deciding",
    "中止计算办案期限",
    Power.APPROVE,
    "行政处罚法 §60",
    shape=(
        line("law", "规定不计入期限的条款"),
        text("reason", "理由"),
        day("since", "自何日起不计入"),
        text("opinion", "审批意见").optional,
    ),
    standing=(deciding_runs,),
    pauses=("decide",),
)
