"""上交当场收缴的罚款: within two working days (行政处罚法 §71)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.pending import limit_open
from lawbook.penalty.shape import an_id, day, line

ACT = ActKind(
    "hand-in-cash",
    "上交当场收缴的罚款",
    Power.HANDLE,
    "行政处罚法 §71",
    shape=(
        an_id("of", "缴款登记").optional,
        day("handed_in_on", "上交之日"),
        line("receipt", "凭证号").optional,
    ),
    standing=(limit_open("hand-in-cash"),),
    opens=(Opens("bank-cash", "handed_in_on"),),
    closes=(Closes("hand-in-cash"),),
    past=("handed_in_on",),
)
