"""加处罚款: three per cent a day, at most the fine, not during a review or lawsuit (行政处罚法 §72(1)、§73(3)).

That it grows only on what is late and unpaid is the reading kinder to the party (待确认).
"""

from lawbook.penalty.act import Power
from lawbook.penalty.court import ours_to_enforce
from lawbook.penalty.kind import ActKind
from lawbook.penalty.performing import late_fine_right, payment_late
from lawbook.penalty.shape import day, fen, line

ACT = ActKind(
    "add-late-fine",
    "加处罚款",
    Power.HANDLE,
    "行政处罚法 §72(1)、行政强制法 §45（部分缴纳的只按逾期未缴数额计算，待确认）",
    shape=(
        day("until", "计算至"),
        fen("amount", "加处的数额（分）"),
        line("number", "决定书文号").optional,
    ),
    together=True,
    standing=(ours_to_enforce, payment_late),
    content=(late_fine_right,),
    past=("until",),
)
