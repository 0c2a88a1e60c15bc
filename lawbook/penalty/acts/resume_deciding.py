"""恢复办案期限: the ninety days run again."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.pending import deciding_stands
from lawbook.penalty.shape import day, text

ACT = ActKind(
    "resume-deciding",
    "恢复计算办案期限",
    Power.HANDLE,
    "行政处罚法 §60",
    shape=(day("on", "自何日起恢复计算"), text("reason", "理由")),
    standing=(deciding_stands,),
    resumes=("decide",),
)
