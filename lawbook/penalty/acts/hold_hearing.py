"""举行听证: chaired by who did not investigate; a record that the parties sign (行政处罚法 §64)."""

from lawbook.penalty.act import Power
from lawbook.penalty.hearing_guards import chair_sits, record_signed, session_notified
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import flag, line, moment, records, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "hold-hearing", "举行听证", Power.HEAR, "行政处罚法 §64",
    shape=(
        moment("from", "开始时间"), moment("until", "结束时间"), line("place", "地点"),
        records("attendees", "参加人", line("name", "姓名"), line("role", "身份"), least=2),
        text("text", "听证笔录"), flag("signed", "当事人核对无误并签名"),
        text("unsigned_reason", "拒绝签名的，注明情况").optional, EVIDENCE,
    ),
    standing=(session_notified, chair_sits),
    content=(record_signed,),
)  # fmt: skip
