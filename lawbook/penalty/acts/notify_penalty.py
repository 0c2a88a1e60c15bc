"""行政处罚告知: what is intended, why, by which articles, and the right to state and defend (行政处罚法 §44)."""

from lawbook.penalty.act import Power
from lawbook.penalty.again import not_the_same_again
from lawbook.penalty.approvals import report_approved
from lawbook.penalty.deciding import sums_told
from lawbook.penalty.guards import not_time_barred, statute_holds
from lawbook.penalty.hearing_guards import not_aggravated_by_defence
from lawbook.penalty.kind import ActKind
from lawbook.penalty.once import not_fined_before
from lawbook.penalty.shape import text
from lawbook.penalty.shapes import PROPOSED_NOW

ACT = ActKind(
    "notify-penalty", "行政处罚告知", Power.HANDLE, "行政处罚法 §44",
    shape=(
        text("facts", "违法事实和证据"), *PROPOSED_NOW,
        text("discretion", "裁量的情节和理由").optional,
    ),
    together=True,
    standing=(report_approved,),
    content=(
        not_aggravated_by_defence, not_the_same_again, sums_told, not_time_barred, statute_holds,
        not_fined_before,
    ),
)  # fmt: skip
