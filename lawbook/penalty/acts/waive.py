"""放弃权利: the party's own written word (行政处罚法 §45、§64)."""

from lawbook.penalty.act import Power
from lawbook.penalty.hearing_guards import notice_made
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import right_left
from lawbook.penalty.shape import choice, day, line

ACT = ActKind(
    "waive", "当事人放弃陈述申辩、听证", Power.HANDLE, "行政处罚法 §45、§64",
    shape=(
        choice("right", "放弃的权利", defence="陈述、申辩", hearing="听证", both="陈述、申辩和听证"),
        line("signed_by", "签名人"), day("signed_on", "签名日期"),
    ),
    together=True,
    standing=(notice_made, right_left),
    closes=(
        Closes("state-and-defend", when=lambda case, act: act.said["right"] in ("defence", "both")),
        Closes("request-hearing", when=lambda case, act: act.said["right"] in ("hearing", "both")),
    ),
    past=("signed_on",),
)  # fmt: skip
