"""审核结案: on the way to approval."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import flag, text

ACT = ActKind(
    "endorse-closing",
    "审核结案",
    Power.ENDORSE,
    "行政处罚法 §47",
    shape=(flag("agreed", "同意"), text("opinion", "审核意见")),
)
