"""作出不予行政处罚决定 (行政处罚法 §33、§57(1))."""

from lawbook.penalty.act import Power
from lawbook.penalty.deciding import decided_in_time, none_as_approved
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import choice, line, text

ACT = ActKind(
    "decide-no-penalty", "作出不予行政处罚决定", Power.HANDLE, "行政处罚法 §33、§57(1)",
    shape=(
        choice(
            "ground", "不予处罚的情形", slight="轻微并及时改正，没有危害后果",
            first="初次违法，危害后果轻微并及时改正", no_fault="没有主观过错",
            not_established="违法事实不能成立", barred="超过追责时效", other="其他依法不予处罚",
        ),
        text("reason", "理由和依据"), text("education", "教育的内容").optional,
        line("number", "文号").optional, text("late_reason", "超过办案期限的理由").optional,
    ),
    together=True,
    content=(decided_in_time, none_as_approved),
    opens=(Opens("serve-decision"),),
    closes=(Closes("decide"), Closes("state-and-defend"), Closes("request-hearing")),
)  # fmt: skip
