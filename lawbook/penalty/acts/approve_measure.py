"""批准措施: by the head of the organ, before it is taken (行政处罚法 §56、行政强制法 §18、§25)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import measure_requested
from lawbook.penalty.shape import flag, text
from lawbook.penalty.shapes import MEASURE

ACT = ActKind(
    "approve-measure",
    "审批措施",
    Power.APPROVE,
    "行政处罚法 §56、行政强制法 §18、§25",
    shape=(MEASURE, flag("agreed", "同意"), text("opinion", "审批意见")),
    standing=(measure_requested,),
    closes=(
        Closes("approve-measure", same="measure"),
        Closes("make-up-sealing-approval", when=lambda case, act: act.said["measure"] == "seal"),
    ),
)
