"""批准延期缴纳 (行政处罚法 §66(2))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.performing import deferred_ahead, fine_outstanding
from lawbook.penalty.shape import day, line, text

ACT = ActKind(
    "defer-payment", "批准延期缴纳罚款", Power.APPROVE, "行政处罚法 §66(2)",
    shape=(
        day("applied_on", "当事人申请之日"), text("reason", "经济困难的情况"), day("until", "延期至"),
        text("opinion", "审批意见").optional, line("number", "批准书文号").optional,
    ),
    standing=(fine_outstanding,),
    content=(deferred_ahead,),
    closes=(Closes("pay"),),
    past=("applied_on",),
)  # fmt: skip
