"""退回立案: back to the handlers with what is wanting."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text

ACT = ActKind(
    "return-filing",
    "退回立案",
    Power.APPROVE,
    "行政处罚法 §54",
    shape=(text("opinion", "退回意见"),),
    closes=(Closes("approve-filing"), Closes("file-after-investigation")),
)
