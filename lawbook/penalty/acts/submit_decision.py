"""案件处理呈批: what is to be decided, once the party has been heard (行政处罚法 §57)."""

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import report_approved
from lawbook.penalty.deciding import heard_before, none_grounded, not_aggravated_if_penalty
from lawbook.penalty.guards import not_time_barred, statute_holds
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.shape import line, text
from lawbook.penalty.shapes import GROUND, OUTCOME, PROPOSED

ACT = ActKind(
    "submit-decision", "案件处理呈批", Power.HANDLE, "行政处罚法 §57",
    shape=(
        OUTCOME, *PROPOSED, GROUND.optional,
        line("basis", "规定不予处罚的其他法律、法规条款").optional, text("opinion", "承办人意见"),
        text("defence", "当事人陈述申辩、听证的情况及复核意见").optional,
        text("discretion", "裁量的情节和理由").optional,
    ),
    together=True,
    standing=(report_approved,),
    content=(
        heard_before, not_aggravated_if_penalty, not_time_barred, statute_holds, none_grounded,
    ),
    opens=(Opens("approve-decision"),),
)  # fmt: skip
