"""提请结案: everything is served, published, paid or ended."""

from lawbook.penalty.act import Power
from lawbook.penalty.ending import CLOSING, lapse_told
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.shape import lines, text

ACT = ActKind(
    "propose-closing",
    "提请结案",
    Power.HANDLE,
    "行政处罚法 §47",
    shape=(
        text("performance", "执行情况"),
        text("opinion", "承办人意见"),
        lines("receipts", "缴款单据", least=0),
        text("unpaid_reason", "罚款未缴清，没有强制执行或者法院没有执行的原因和处理情况").optional,
    ),
    together=True,
    standing=CLOSING,
    content=(lapse_told,),
    opens=(Opens("approve-closing"),),
)
