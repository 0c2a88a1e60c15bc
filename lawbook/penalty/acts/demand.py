"""催告: before the court is asked (行政强制法 §54)."""

from lawbook.penalty.act import Power
from lawbook.penalty.court import ours_to_enforce
from lawbook.penalty.kind import ActKind
from lawbook.penalty.performing import not_suspended, performance_late, what_is_owed
from lawbook.penalty.shape import fen, line, text

ACT = ActKind(
    "demand",
    "催告履行",
    Power.HANDLE,
    "行政强制法 §54",
    shape=(
        fen("amount", "应缴总额（分）"),
        line("number", "催告书文号").optional,
        text("text", "内容").optional,
    ),
    together=True,
    standing=(ours_to_enforce, performance_late, not_suspended),
    content=(what_is_owed,),
)
