"""核定违法行为: what happened, as the investigation has established it so far."""

from lawbook.penalty.act import Power
from lawbook.penalty.daily import daily_holds
from lawbook.penalty.guards import not_time_barred
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import text
from lawbook.penalty.shapes import VIOLATIONS

ACT = ActKind(
    "restate-violations",
    "核定违法行为",
    Power.HANDLE,
    "行政处罚法 §54",
    shape=(VIOLATIONS, text("reason", "变更的理由").optional),
    together=True,
    content=(not_time_barred, daily_holds),
)
