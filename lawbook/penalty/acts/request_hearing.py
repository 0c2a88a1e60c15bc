"""要求听证: by the party, within five working days of the notice (行政处罚法 §64(1))."""

from lawbook.penalty.act import Power
from lawbook.penalty.hearing_guards import hearing_in_time, hearing_notice_served
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import hearing_not_asked
from lawbook.penalty.shape import day, line, text

ACT = ActKind(
    "request-hearing", "当事人要求听证", Power.HANDLE, "行政处罚法 §64(1)",
    shape=(
        line("person", "要求听证的人"), day("asked_on", "提出之日"), text("text", "要求的内容").optional,
        text("late_reason", "逾期有正当理由的，写明并经负责人同意").optional,
    ),
    standing=(hearing_notice_served, hearing_not_asked),
    content=(hearing_in_time,),
    closes=(Closes("request-hearing"), Closes("state-and-defend")),
    past=("asked_on",),
)  # fmt: skip
