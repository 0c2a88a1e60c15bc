"""作出行政处罚决定: within ninety days, as approved; on the spot within its ceilings (行政处罚法 §51、§57–§60)."""

from lawbook.penalty.act import Power
from lawbook.penalty.deciding import (
    as_approved,
    decided_in_time,
    heard_on_the_spot,
    penalty_approved,
    within_summary,
)
from lawbook.penalty.guards import not_time_barred, statute_holds
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import line, text
from lawbook.penalty.shapes import PROPOSED_NOW

ACT = ActKind(
    "decide", "作出行政处罚决定", Power.HANDLE, "行政处罚法 §57(1)、§59",
    shape=(
        *PROPOSED_NOW, text("facts", "违法事实和证据").optional, line("number", "决定书文号").optional,
        text("late_reason", "超过办案期限的理由").optional,
    ),
    together=True,
    standing=(penalty_approved,),
    content=(
        decided_in_time, as_approved, within_summary, heard_on_the_spot, not_time_barred,
        statute_holds,
    ),
    opens=(
        Opens("serve-decision"), Opens("publish"),
        Opens("report-summary", when=lambda case, act: case.procedure.code == "summary"),
    ),
    closes=(Closes("decide"), Closes("state-and-defend"), Closes("request-hearing")),
)  # fmt: skip
