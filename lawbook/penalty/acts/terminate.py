"""终止（撤销）案件 (行政处罚法 §57(1))."""

from lawbook.penalty.act import Power
from lawbook.penalty.ending import ALL_BEFORE_DECISION
from lawbook.penalty.guards import evidence_disposed, sealed_disposed
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import choice, text

ACT = ActKind(
    "terminate",
    "终止（撤销）案件",
    Power.APPROVE,
    "行政处罚法 §57(1)",
    shape=(
        choice("kind", "种类", terminated="终止", cancelled="撤销立案", converted="改按普通程序"),
        text("findings", "调查情况"),
        text("reason", "理由"),
        text("opinion", "审批意见").optional,
    ),
    standing=(evidence_disposed, sealed_disposed),
    opens=(Opens("archive"),),
    closes=(*ALL_BEFORE_DECISION, Closes("decide-transfer")),
)
