"""撤回报批的事项: by who asked, before the head has answered."""

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import about, own_request, waits
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text
from lawbook.penalty.shapes import MEASURE, REQUEST

ACT = ActKind(
    "withdraw-measure", "撤回报批的事项", Power.HANDLE, "行政处罚法 §57",
    shape=(MEASURE, text("reason", "撤回的理由"), REQUEST),
    standing=(waits,),
    content=(own_request,),
    closes=(
        Closes("approve-measure", of="request", same="measure"),
        Closes("answer-correct-later", when=about("correction")),
    ),
)  # fmt: skip
