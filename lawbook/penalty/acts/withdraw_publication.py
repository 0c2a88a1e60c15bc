"""撤回公开: within three working days after the decision fell or was changed, with the reasons (行政处罚法 §48(2))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import limit_open
from lawbook.penalty.shape import day, line, text

ACT = ActKind(
    "withdraw-publication",
    "撤回公开的处罚决定",
    Power.HANDLE,
    "行政处罚法 §48(2)",
    shape=(
        line("where", "撤回的网站"),
        day("withdrawn_on", "撤回之日"),
        text("reason", "公开说明的理由"),
    ),
    standing=(limit_open("withdraw-publication"),),
    closes=(Closes("withdraw-publication"),),
    past=("withdrawn_on",),
)
