"""听证报告: on which the decision is made (行政处罚法 §65)."""

from lawbook.penalty.act import Power
from lawbook.penalty.hearing_guards import hearing_held
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import text

ACT = ActKind(
    "report-hearing",
    "听证报告",
    Power.HEAR,
    "行政处罚法 §65",
    shape=(text("summary", "听证会摘要"), text("opinion", "主持人意见")),
    standing=(hearing_held,),
)
