"""听证会通知: when and where, seven working days before (行政处罚法 §64(2))."""

from lawbook.penalty.act import Power
from lawbook.penalty.hearing_guards import (
    chair_apart,
    closed_for_a_reason,
    hearing_announced,
    staff_apart,
)
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import choice, day, flag, line, lines

ACT = ActKind(
    "notify-hearing-session", "通知听证时间、地点", Power.HANDLE, "行政处罚法 §64(2)、(3)、(4)",
    shape=(
        day("hearing_on", "举行听证之日"), line("time", "时间"), line("place", "地点"),
        flag("public", "公开举行"),
        choice("closed_ground", "不公开举行的理由", state_secret="涉及国家秘密", trade_secret="涉及商业秘密",
               privacy="涉及个人隐私").optional,
        line("chair", "主持人证号"), line("chair_name", "主持人"),
        line("chair_post", "主持人职务"), lines("assessors", "听证员", least=0),
        line("clerk", "书记员"), day("received_on", "通知送达之日"),
    ),
    content=(hearing_announced, chair_apart, staff_apart, closed_for_a_reason),
    past=("received_on",),
)  # fmt: skip
