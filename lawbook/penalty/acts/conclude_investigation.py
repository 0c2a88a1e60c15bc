"""调查终结: the report with facts, evidence, discretion and a proposal (行政处罚法 §54、§57)."""

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import asks_for_report
from lawbook.penalty.daily import daily_holds
from lawbook.penalty.guards import discretion_holds, evidence_disposed, not_time_barred
from lawbook.penalty.investigating import evidence_there
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.shape import choice, flag, text
from lawbook.penalty.shapes import CHANGED, PROPOSED, VIOLATIONS

ACT = ActKind(
    "conclude-investigation", "调查终结", Power.HANDLE, "行政处罚法 §54、§57",
    shape=(
        VIOLATIONS, text("facts", "查明的事实"), text("discretion", "裁量的情节和理由").optional,
        choice("outcome", "处理建议", penalty="给予行政处罚", no_penalty="不予行政处罚",
               terminate="终止（撤销）案件", transfer="移送"),
        *PROPOSED, text("opinion", "承办人意见").optional, flag("public_interest", "涉及重大公共利益").optional,
        flag("complex", "情节复杂或者疑难复杂").optional,
        flag("review_by_rule", "属于本机关法制审核目录").optional, CHANGED,
    ),
    together=True,
    standing=(evidence_there, evidence_disposed),
    content=(not_time_barred, discretion_holds, daily_holds),
    opens=(Opens("approve-report", when=asks_for_report),),
)  # fmt: skip
