"""审核立案: an opinion on the way to approval; the law asks for none."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import flag, text

ACT = ActKind(
    "endorse-filing",
    "审核立案",
    Power.ENDORSE,
    "行政处罚法 §54",
    shape=(flag("agreed", "同意"), text("opinion", "审核意见")),
)
