"""登记法院裁定及执行 (行政强制法 §56–§58)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import choice, day, line, text

ACT = ActKind(
    "record-court-ruling", "登记法院裁定、执行情况", Power.HANDLE, "行政强制法 §56、§57、§58",
    shape=(
        choice("outcome", "结果", accepted="受理", not_accepted="不予受理", granted="裁定执行", refused="裁定不予执行",
               executed="执行完毕", ended="终结执行"),
        line("number", "文号").optional, day("on", "日期"), text("text", "内容").optional,
    ),
    past=("on",),
)  # fmt: skip
