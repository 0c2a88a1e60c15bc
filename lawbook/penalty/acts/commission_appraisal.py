"""委托鉴定: its time does not count for what is sealed, when the party is told in writing (行政强制法 §25(3))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import day, flag, line, text
from lawbook.penalty.shapes import THINGS

ACT = ActKind(
    "commission-appraisal", "委托检测鉴定", Power.HANDLE, "行政强制法 §25(3)",
    shape=(
        line("organ", "鉴定机构"), text("request", "鉴定要求"), THINGS,
        flag("party_told", "已书面告知当事人鉴定期间"), day("expected_on", "预计完成日").optional,
    ),
    pauses=("sealing",),
)  # fmt: skip
