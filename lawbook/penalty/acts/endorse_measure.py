"""审核报批的事项: an opinion of the section's head on the way to approval; the law asks for none."""

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import waits
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import flag, text
from lawbook.penalty.shapes import MEASURE, REQUEST

ACT = ActKind(
    "endorse-measure", "审核报批的事项", Power.ENDORSE, "行政处罚法 §57",
    shape=(MEASURE, flag("agreed", "同意"), text("opinion", "审核意见"), REQUEST),
    standing=(waits,),
)  # fmt: skip
