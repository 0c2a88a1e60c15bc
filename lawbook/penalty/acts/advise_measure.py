"""对报批的事项提出法制意见: on the forms that have a place for it; the legal review of §58 is an act of its own."""

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import waits
from lawbook.penalty.investigating import reviewer_apart
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import flag, text
from lawbook.penalty.shapes import MEASURE, REQUEST

ACT = ActKind(
    "advise-measure", "对报批的事项提出法制意见", Power.REVIEW, "行政处罚法 §57、§58",
    shape=(MEASURE, flag("agreed", "同意"), text("opinion", "法制审核意见"), REQUEST),
    standing=(waits, reviewer_apart),
)  # fmt: skip
