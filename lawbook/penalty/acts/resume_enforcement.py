"""恢复执行."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.pending import enforcement_suspended
from lawbook.penalty.shape import day, text

ACT = ActKind(
    "resume-enforcement",
    "恢复执行",
    Power.HANDLE,
    "行政处罚法 §73",
    standing=(enforcement_suspended,),
    shape=(text("reason", "理由"), day("on", "自何日起")),
)
