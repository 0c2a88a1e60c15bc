"""查封、扣押: approved before, or urgent and made up for within 24 hours; thirty days (行政强制法 §18、§19、§25)."""

from lawbook.penalty.act import Power
from lawbook.penalty.investigating import urgent_told
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.shape import choice, flag, line, text
from lawbook.penalty.shapes import EVIDENCE, THINGS

ACT = ActKind(
    "seal", "查封、扣押", Power.HANDLE, "行政强制法 §18、§24、§25",
    shape=(
        choice("measure", "措施", sealing="查封", seizure="扣押"), THINGS, line("place", "地点"),
        text("reason", "事实和理由"), line("basis", "法律依据"), flag("urgent", "情况紧急").optional,
        text("urgent_reason", "情况紧急的理由").optional, EVIDENCE,
    ),
    together=True,
    content=(urgent_told,),
    opens=(
        Opens("sealing"),
        Opens("make-up-sealing-approval", when=lambda case, act: bool(act.said.get("urgent"))),
    ),
)  # fmt: skip
