"""法制审核: by who did not handle the case, and is qualified when new to the post (行政处罚法 §58)."""

from lawbook.penalty.act import Power
from lawbook.penalty.investigating import reviewer_apart, reviewer_qualified
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import choice, flag, line, text

ACT = ActKind(
    "review-legality", "法制审核", Power.REVIEW, "行政处罚法 §58",
    shape=(
        choice("opinion", "审核意见", agree="同意", supplement="补充调查", change="变更", correct="纠正",
               transfer="移送"),
        text("text", "意见内容"), flag("first_time", "初次从事法制审核"),
        line("qualification", "法律职业资格证书编号").optional,
    ),
    standing=(reviewer_apart,),
    content=(reviewer_qualified,),
    closes=(Closes("legal-review"),),
)  # fmt: skip
