"""补充证据: what proves, with its hash (行政处罚法 §46)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import text
from lawbook.penalty.shapes import SOME_EVIDENCE

ACT = ActKind(
    "add-evidence",
    "收集证据",
    Power.HANDLE,
    "行政处罚法 §46",
    shape=(text("note", "说明").optional, SOME_EVIDENCE),
)
