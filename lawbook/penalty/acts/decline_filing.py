"""不予立案: it does not come to a case (行政处罚法 §54)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text

ACT = ActKind(
    "decline-filing",
    "不予立案",
    Power.APPROVE,
    "行政处罚法 §54",
    shape=(text("reason", "不予立案的理由"),),
    closes=(Closes("approve-filing"), Closes("file-after-investigation")),
)
