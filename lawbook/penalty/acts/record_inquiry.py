"""询问笔录: one person a record, two officers (行政处罚法 §55)."""

from lawbook.penalty.act import Power
from lawbook.penalty.investigating import inquiry_confirmed
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import count, flag, line, moment, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "record-inquiry", "询问并制作笔录", Power.HANDLE, "行政处罚法 §55",
    shape=(
        line("person", "被询问人"), count("session", "第几次"), moment("from", "开始时间"),
        moment("until", "结束时间"), line("place", "询问地点"), line("recorder", "记录人").optional,
        text("text", "笔录内容"), flag("confirmed", "被询问人核对无误并签名"),
        text("unsigned_reason", "拒绝核对、签名的，注明情况").optional, EVIDENCE,
    ),
    together=True,
    content=(inquiry_confirmed,),
)  # fmt: skip
