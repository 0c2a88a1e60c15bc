"""提交法制审核 (行政处罚法 §58)."""

from lawbook.penalty.act import Power
from lawbook.penalty.approvals import report_approved
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.shape import text

ACT = ActKind(
    "submit-legal-review",
    "提交法制审核",
    Power.HANDLE,
    "行政处罚法 §58",
    shape=(text("note", "说明").optional,),
    standing=(report_approved,),
    opens=(Opens("legal-review"),),
)
