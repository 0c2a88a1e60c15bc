"""通知询问: when and where to come, and what to bring (行政处罚法 §55)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import line, lines, moment, text

ACT = ActKind(
    "notify-inquiry", "发出询问通知", Power.HANDLE, "行政处罚法 §55",
    shape=(
        line("person", "被询问人"), text("matter", "询问事由"), moment("at", "询问时间"),
        line("place", "询问地点"), lines("bring", "携带的证件材料", least=0),
    ),
    together=True,
)  # fmt: skip
