"""陈述申辩: heard in full and examined; what is true is accepted (行政处罚法 §45)."""

from lawbook.penalty.act import Power
from lawbook.penalty.hearing_guards import notice_made
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import choice, line, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "state-and-defend", "听取陈述申辩", Power.HANDLE, "行政处罚法 §45",
    shape=(
        line("person", "陈述申辩人"), text("text", "陈述申辩的内容"),
        choice("accepted", "是否采纳", all="采纳", part="部分采纳", none="不采纳").optional,
        text("considered", "复核意见及理由").optional, EVIDENCE,
    ),
    together=True,
    standing=(notice_made,),
    closes=(Closes("state-and-defend"),),
)  # fmt: skip
