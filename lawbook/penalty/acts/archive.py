"""归档: nothing is added, removed or changed any more (行政处罚法 §47)."""

from lawbook.penalty.act import Power
from lawbook.penalty.ending import publication_withdrawn, transfer_sent
from lawbook.penalty.guards import evidence_disposed, sealed_disposed
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.police import answered
from lawbook.penalty.shape import choice, count, line

ACT = ActKind(
    "archive",
    "立卷归档",
    Power.ARCHIVE,
    "行政处罚法 §47",
    shape=(
        line("number", "档号"),
        choice("kept", "保管期限", permanent="永久", thirty="30年", ten="10年"),
        count("pages", "页数").optional,
        count("pieces", "件数").optional,
    ),
    standing=(
        evidence_disposed,
        sealed_disposed,
        publication_withdrawn,
        transfer_sent,
        answered,
    ),
    closes=(Closes("archive"),),
)
