"""批准结案: nothing is open any more."""

from lawbook.penalty.act import Power
from lawbook.penalty.ending import CLOSING
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import text

ACT = ActKind(
    "close", "批准结案", Power.APPROVE, "行政处罚法 §47",
    shape=(text("opinion", "审批意见"),),
    standing=CLOSING,
    opens=(Opens("archive"),),
    closes=(
        Closes("approve-closing"), Closes("pay"), Closes("review"), Closes("litigate"),
        Closes("litigate-after-review"), Closes("appeal"), Closes("demand-before-court"),
        Closes("court-accepts"), Closes("court-rules"), Closes("court-rules-after-hearing"),
        Closes("ask-higher-court"), Closes("higher-court-accepts"), Closes("higher-court-rules"),
    ),
)  # fmt: skip
