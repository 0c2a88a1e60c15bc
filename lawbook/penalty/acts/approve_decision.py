"""批准处理意见: by the head, after legal review and deliberation where the law asks for them (行政处罚法 §57、§58)."""

from lawbook.penalty.act import Power
from lawbook.penalty.deciding import approves_what_was_submitted, not_aggravated_if_penalty
from lawbook.penalty.guards import deliberated, reviewed, statute_holds
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text
from lawbook.penalty.shapes import OUTCOME, PROPOSED

ACT = ActKind(
    "approve-decision",
    "批准处理意见",
    Power.APPROVE,
    "行政处罚法 §57、§58",
    shape=(OUTCOME, *PROPOSED, text("opinion", "审批意见")),
    standing=(reviewed, deliberated),
    content=(approves_what_was_submitted, not_aggravated_if_penalty, statute_holds),
    closes=(Closes("approve-decision"),),
)
