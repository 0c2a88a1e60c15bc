"""公开处罚决定: within seven working days (安全生产法 §78(2)、行政处罚法 §48)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import unpublished
from lawbook.penalty.shape import day, line

ACT = ActKind(
    "publish",
    "公开处罚决定",
    Power.HANDLE,
    "安全生产法 §78(2)、行政处罚法 §48(1)",
    shape=(
        line("where", "公开的网站"),
        day("published_on", "公开之日"),
        line("url", "网址").optional,
    ),
    standing=(unpublished,),
    closes=(Closes("publish"),),
    past=("published_on",),
)
