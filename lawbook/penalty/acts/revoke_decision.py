"""自行撤销决定: the organ puts its own mistake right (行政处罚法 §75(2))."""

from lawbook.penalty.act import Power
from lawbook.penalty.ending import was_published
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.performing import decision_stands
from lawbook.penalty.shape import line, text

ACT = ActKind(
    "revoke-decision", "撤销处罚决定", Power.APPROVE, "行政处罚法 §75(2)",
    shape=(text("reason", "撤销的理由"), line("number", "文号").optional),
    standing=(decision_stands,),
    opens=(Opens("withdraw-publication", when=was_published),),
    closes=tuple(
        Closes(name)
        for name in ("pay", "serve-decision", "publish", "review", "litigate", "litigate-after-review",
                     "appeal", "demand-before-court", "archive",
                     "court-accepts", "court-rules", "court-rules-after-hearing")
    ),
)  # fmt: skip
