"""变更承办人: the officers of this act are the handlers from now on (行政处罚法 §42)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import text

ACT = ActKind(
    "assign-handlers",
    "变更承办人",
    Power.ENDORSE,
    "行政处罚法 §42(1)",
    shape=(text("reason", "变更的理由"),),
    together=True,
)
