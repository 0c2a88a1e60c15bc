"""补充调查: back to the facts; what follows is done anew (行政处罚法 §54)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text

ACT = ActKind(
    "supplement-investigation",
    "补充调查",
    Power.HANDLE,
    "行政处罚法 §54",
    shape=(text("reason", "补充调查的理由"),),
    together=True,
    closes=(Closes("approve-report"),),
)
