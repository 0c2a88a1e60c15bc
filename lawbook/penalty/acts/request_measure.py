"""报批措施: one request for each measure that the head approves (行政执法有关事项审批表)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.shape import an_id, text
from lawbook.penalty.shapes import MEASURE

ACT = ActKind(
    "request-measure", "报批措施", Power.HANDLE, "行政处罚法 §56、行政强制法 §18",
    shape=(MEASURE, text("reason", "事由和依据"), an_id("of", "所涉的办案行为").optional),
    together=True,
    opens=(Opens("approve-measure"),),
)  # fmt: skip
