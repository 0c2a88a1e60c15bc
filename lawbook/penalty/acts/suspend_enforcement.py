"""停止执行: only where the law lets (行政处罚法 §73、行政复议法 §42)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.pending import enforcement_runs
from lawbook.penalty.shape import day, line, text

ACT = ActKind(
    "suspend-enforcement",
    "停止执行",
    Power.APPROVE,
    "行政处罚法 §73、行政复议法 §42",
    shape=(text("reason", "理由"), line("law", "依据"), day("since", "自何日起")),
    standing=(enforcement_runs,),
    past=("since",),
)
