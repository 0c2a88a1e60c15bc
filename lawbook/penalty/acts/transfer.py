"""移送: to the police when a crime is suspected, or to who has jurisdiction (行政处罚法 §27、§57(1))."""

from lawbook.penalty.act import Power
from lawbook.penalty.ending import ALL_BEFORE_DECISION, crime_reported
from lawbook.penalty.guards import evidence_disposed
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import choice, line, lines, text

ACT = ActKind(
    "transfer", "移送案件", Power.APPROVE, "行政处罚法 §27、§57(1)、行政执法机关移送涉嫌犯罪案件的规定 §5",
    shape=(
        choice("kind", "种类", crime="涉嫌犯罪，移送司法机关", jurisdiction="移送有管辖权的机关"),
        line("organ", "受移送机关"), text("reason", "理由"), lines("materials", "材料清单"),
        line("number", "移送书文号").optional, text("opinion", "审批意见").optional,
    ),
    standing=(evidence_disposed,),
    content=(crime_reported,),
    opens=(
        Opens("archive"),
        Opens("send-transfer", when=lambda case, act: act.said["kind"] == "crime"),
    ),
    closes=(*ALL_BEFORE_DECISION, Closes("decide-transfer")),
)  # fmt: skip
