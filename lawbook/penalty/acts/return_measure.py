"""退回报批的事项: to the handlers, who ask anew or, of the report, go on investigating (行政处罚法 §57)."""

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import about, waits
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text
from lawbook.penalty.shapes import MEASURE, REQUEST

ACT = ActKind(
    "return-measure", "退回报批的事项", Power.APPROVE, "行政处罚法 §57",
    shape=(MEASURE, text("opinion", "退回意见"), REQUEST),
    standing=(waits,),
    closes=(
        Closes("approve-measure", of="request", same="measure"),
        Closes("answer-correct-later", when=about("correction")),
        Closes("approve-report", when=about("report")),
        Closes("decide-transfer", when=about("transfer")),
    ),
)  # fmt: skip
