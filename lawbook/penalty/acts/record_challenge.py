"""登记复议、诉讼: while it is pending nothing is added to the fine (行政处罚法 §73(3))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.performing import decision_stands, no_challenge
from lawbook.penalty.shape import choice, day, line

ACT = ActKind(
    "record-challenge", "登记行政复议、行政诉讼", Power.HANDLE, "行政处罚法 §73、行政复议法 §20、行政诉讼法 §45、§46",
    shape=(
        choice("kind", "种类", review="行政复议", lawsuit="行政诉讼"), line("organ", "复议机关或者人民法院"),
        line("number", "案号").optional, day("accepted_on", "受理之日"),
    ),
    standing=(decision_stands, no_challenge),
    closes=(
        Closes("review"), Closes("litigate-after-review"),
        Closes("litigate", when=lambda case, act: act.said["kind"] == "lawsuit"),
    ),
    past=("accepted_on",),
)  # fmt: skip
