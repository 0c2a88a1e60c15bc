"""登记复议、诉讼结果: upheld, changed, revoked or declared unlawful (行政复议法 §63、§64、行政诉讼法 §69、§70)."""

from lawbook.penalty.act import Power
from lawbook.penalty.ending import fell, published_and_fell, review_ended
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.performing import challenge_pending
from lawbook.penalty.shape import choice, day, fen, flag, line, text

ACT = ActKind(
    "review-outcome", "登记复议、诉讼结果", Power.HANDLE, "行政复议法 §63–§68、行政诉讼法 §69–§77",
    shape=(
        choice("outcome", "结果", upheld="维持、驳回", changed="变更", revoked="撤销", illegal="确认违法、无效",
               withdrawn="撤回、终止"),
        line("number", "文号").optional, day("received_on", "收到之日"),
        fen("fine", "变更后的罚款（分）").optional, text("text", "内容").optional,
        flag("redo", "责令重新作出行政行为").optional,
    ),
    standing=(challenge_pending,),
    opens=(
        Opens("withdraw-publication", "received_on", published_and_fell),
        Opens("litigate-after-review", "received_on", review_ended),
    ),
    closes=(
        Closes("litigate", when=review_ended), Closes("pay", when=fell),
        Closes("serve-decision", when=fell), Closes("publish", when=fell),
    ),
    past=("received_on",),
)  # fmt: skip
