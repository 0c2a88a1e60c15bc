"""登记复议、诉讼: while it is pending nothing is added to the fine (行政处罚法 §73(3))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.performing import (
    appeal_fits,
    decision_stands,
    no_challenge,
    reviewed_before_suing,
)
from lawbook.penalty.shape import choice, day, line, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "record-challenge", "登记行政复议、行政诉讼", Power.HANDLE,
    "行政处罚法 §73、行政复议法 §20、行政诉讼法 §45、§46、§85",
    shape=(
        choice("kind", "种类", review="行政复议", lawsuit="行政诉讼", appeal="上诉（二审）"),
        line("organ", "复议机关或者人民法院"),
        line("number", "案号").optional, day("accepted_on", "受理之日"),
        text("unreviewed", "未经复议决定即受理诉讼的情况").optional, EVIDENCE,
    ),
    standing=(decision_stands, no_challenge),
    content=(appeal_fits, reviewed_before_suing),
    closes=(
        Closes("review"), Closes("litigate-after-review"), Closes("appeal"),
        Closes("litigate", when=lambda case, act: act.said["kind"] == "lawsuit"),
    ),
    past=("accepted_on",),
)  # fmt: skip
