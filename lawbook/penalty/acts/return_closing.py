"""退回结案."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text

ACT = ActKind(
    "return-closing",
    "退回结案",
    Power.APPROVE,
    "行政处罚法 §47",
    shape=(text("opinion", "退回意见"),),
    closes=(Closes("approve-closing"),),
)
