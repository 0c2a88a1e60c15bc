"""作出不予行政处罚决定 (行政处罚法 §33、§57(1))."""

from lawbook.penalty.act import Power
from lawbook.penalty.deciding import (
    decided_in_time,
    none_approved,
    none_grounded,
)
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import line, text
from lawbook.penalty.shapes import GROUND

ACT = ActKind(
    "decide-no-penalty", "作出不予行政处罚决定", Power.HANDLE, "行政处罚法 §33、§57(1)",
    shape=(
        GROUND, line("basis", "规定不予处罚的其他法律、法规条款").optional,
        text("reason", "理由和依据"), text("education", "教育的内容").optional,
        line("number", "文号").optional, text("late_reason", "超过办案期限的理由").optional,
    ),
    together=True,
    standing=(none_approved,),
    content=(decided_in_time, none_grounded),
    opens=(Opens("serve-decision"),),
    closes=(Closes("decide"), Closes("state-and-defend"), Closes("request-hearing")),
)  # fmt: skip
