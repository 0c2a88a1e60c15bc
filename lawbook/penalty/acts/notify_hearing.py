"""听证告知: the right to a hearing, five working days (行政处罚法 §63、§64(1))."""

from lawbook.penalty.act import Power
from lawbook.penalty.hearing_guards import notice_made
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import text

ACT = ActKind(
    "notify-hearing",
    "听证告知",
    Power.HANDLE,
    "行政处罚法 §63、§64(1)",
    shape=(text("text", "告知内容").optional,),
    together=True,
    standing=(notice_made,),
)
