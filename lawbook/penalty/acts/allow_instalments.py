"""批准分期缴纳: each instalment with its day and sum (行政处罚法 §66(2))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.performing import fine_outstanding, instalments_add_up
from lawbook.penalty.shape import day, text
from lawbook.penalty.shapes import INSTALMENTS

ACT = ActKind(
    "allow-instalments", "批准分期缴纳罚款", Power.APPROVE, "行政处罚法 §66(2)",
    shape=(
        day("applied_on", "当事人申请之日"), text("reason", "经济困难的情况"),
        INSTALMENTS,
        text("opinion", "审批意见").optional,
    ),
    standing=(fine_outstanding,),
    content=(instalments_add_up,),
    closes=(Closes("pay"),),
    past=("applied_on",),
)  # fmt: skip
