"""审批事项: by the head of the organ, before it is done (行政处罚法 §56、§57、行政强制法 §18、§25)."""

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import about, answers_so, waits
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.sealing import answers
from lawbook.penalty.shape import flag, text
from lawbook.penalty.shapes import MEASURE, REQUEST

ACT = ActKind(
    "approve-measure", "审批事项", Power.APPROVE, "行政处罚法 §56、§57、行政强制法 §18、§25",
    shape=(MEASURE, flag("agreed", "同意"), text("opinion", "审批意见"), REQUEST),
    standing=(waits,),
    content=(answers_so,),
    closes=(
        Closes("approve-measure", of="request", same="measure"),
        Closes("answer-correct-later", when=about("correction")),
        Closes("approve-report", when=about("report")),
        Closes("make-up-sealing-approval", when=about("seal"), meant=answers),
    ),
)  # fmt: skip
