"""不予立案: it does not come to a case (行政处罚法 §54)."""

from lawbook.penalty.act import Power
from lawbook.penalty.guards import evidence_disposed, sealed_disposed
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text

ACT = ActKind(
    "decline-filing",
    "不予立案",
    Power.APPROVE,
    "行政处罚法 §54",
    shape=(text("reason", "不予立案的理由"),),
    # What was taken before filing is given back first: nothing can be done once it is over.
    standing=(evidence_disposed, sealed_disposed),
    closes=(Closes("approve-filing"), Closes("file-after-investigation")),
)
