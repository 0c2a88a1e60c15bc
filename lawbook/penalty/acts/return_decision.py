"""退回处理意见: to the handlers, or to the investigation."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import choice, text

ACT = ActKind(
    "return-decision",
    "退回处理意见",
    Power.APPROVE,
    "行政处罚法 §57",
    shape=(
        choice("to", "退回", preparation="重新拟定处理意见", investigation="补充调查"),
        text("opinion", "退回意见"),
    ),
    closes=(Closes("approve-decision"),),
)
