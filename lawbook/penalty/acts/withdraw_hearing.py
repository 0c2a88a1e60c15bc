"""撤回听证要求: or absent without good reason, which counts as giving up (行政处罚法 §64(6))."""

from lawbook.penalty.act import Power
from lawbook.penalty.hearing_guards import given_up
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import choice, line, text

ACT = ActKind(
    "withdraw-hearing",
    "当事人放弃听证",
    Power.HANDLE,
    "行政处罚法 §64(6)",
    shape=(
        choice("how", "方式", withdrawn="撤回要求", absent="无正当理由不出席", left="中途退出"),
        text("reason", "情况"),
        line("signed_by", "撤回要求的签名人").optional,
    ),
    content=(given_up,),
)
