"""回避: decided by the head of the organ (行政处罚法 §43); the investigation goes on until then."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import choice, line, text

ACT = ActKind(
    "recuse", "决定回避", Power.APPROVE, "行政处罚法 §43",
    shape=(
        line("number", "应当回避人员的证号"), line("name", "姓名").optional,
        choice("asked_by", "提出回避", party="当事人申请", self="自行回避", organ="机关指令"),
        text("reason", "回避的理由"),
    ),
)  # fmt: skip
