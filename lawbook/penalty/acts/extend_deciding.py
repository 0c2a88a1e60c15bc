"""延长办案期限: where a law, regulation or rule lets, before the end (行政处罚法 §60); which does is data (待确认)."""

from lawbook.penalty.act import Power
from lawbook.penalty.investigating import deciding_extendable, extension_grounded
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import count, line, text

ACT = ActKind(
    "extend-deciding",
    "延长办案期限",
    Power.APPROVE,
    "行政处罚法 §60",
    shape=(
        line("law", "准许延长的条款"),
        count("days", "延长的日数"),
        text("reason", "理由"),
        text("opinion", "审批意见").optional,
        line("superior", "批准的上级机关和文号").optional,
    ),
    standing=(deciding_extendable,),
    content=(extension_grounded,),
    extends=("decide",),
    verified=False,
)
