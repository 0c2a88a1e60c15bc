"""批准立案: the case is filed and numbered; the ninety days begin (行政处罚法 §54(2)、§60)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import line, text

ACT = ActKind(
    "approve-filing",
    "批准立案",
    Power.APPROVE,
    "行政处罚法 §54(2)",
    shape=(text("opinion", "审批意见"), line("number", "案件编号").optional),
    opens=(Opens("decide"),),
    closes=(Closes("approve-filing"), Closes("file-after-investigation")),
)
