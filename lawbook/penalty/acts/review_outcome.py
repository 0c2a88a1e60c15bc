"""登记复议、诉讼结果: upheld, changed, revoked, void, or unlawful and yet standing (复议法 §63–§68、行诉法 §69–§77)."""

from dataclasses import replace

from lawbook.penalty.act import Power
from lawbook.penalty.ending import (
    fell,
    found_unlawful,
    may_be_appealed,
    published_and_fell,
    review_ended,
)
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.performing import challenge_pending
from lawbook.penalty.shape import choice, day, fen, flag, line, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "review-outcome", "登记复议、诉讼结果", Power.HANDLE, "行政复议法 §63–§68、行政诉讼法 §69–§77",
    shape=(
        replace(
            choice("outcome", "结果", upheld="维持、驳回", changed="变更", revoked="撤销",
                   unlawful="确认违法（不撤销）", invalid="确认无效", withdrawn="撤回、终止"),
            former=(("illegal", "确认违法、无效"),),
        ),
        line("number", "文号").optional, day("received_on", "收到之日"),
        fen("fine", "变更后的罚款（分）").optional, text("text", "内容").optional,
        flag("redo", "责令重新作出行政行为").optional,
        day("effective_on", "裁判发生法律效力之日").optional, EVIDENCE,
    ),
    standing=(challenge_pending,),
    opens=(
        Opens("withdraw-publication", "received_on", published_and_fell),
        Opens("litigate-after-review", "received_on", review_ended),
        Opens("appeal", "received_on", may_be_appealed),
    ),
    closes=(
        Closes("litigate", when=review_ended), Closes("pay", when=fell),
        Closes("serve-decision", when=fell), Closes("publish", when=found_unlawful),
    ),
    past=("received_on", "effective_on"),
)  # fmt: skip
