"""当场处罚备案 (行政处罚法 §52(3))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import limit_open
from lawbook.penalty.shape import day, line

ACT = ActKind(
    "report-summary",
    "当场处罚报所属机关备案",
    Power.HANDLE,
    "行政处罚法 §52(3)",
    shape=(day("reported_on", "备案之日"), line("received_by", "备案经手人")),
    standing=(limit_open("report-summary"),),
    closes=(Closes("report-summary"),),
    past=("reported_on",),
)
