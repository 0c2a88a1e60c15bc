"""罚款缴付银行: within two working days (行政处罚法 §71)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import limit_open
from lawbook.penalty.shape import day, line

ACT = ActKind(
    "bank-cash",
    "将当场收缴的罚款缴付银行",
    Power.HANDLE,
    "行政处罚法 §71",
    shape=(day("banked_on", "缴付之日"), line("receipt", "凭证号")),
    standing=(limit_open("bank-cash"),),
    closes=(Closes("bank-cash"), Closes("hand-in-cash")),
    past=("banked_on",),
)
