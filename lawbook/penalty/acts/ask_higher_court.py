"""向上一级人民法院申请复议: within fifteen days of a ruling that turns the application down (行政强制法 §56、§58)."""

from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.court import last_ruling, was_turned_down
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import line, lines, text


def _refused(case: Case, act: Act) -> bool:
    ruling = last_ruling(case)
    return ruling is not None and ruling.said["outcome"] == "refused"


def _not_accepted(case: Case, act: Act) -> bool:
    return not _refused(case, act)


ACT = ActKind(
    "ask-higher-court", "向上一级人民法院申请复议", Power.APPROVE, "行政强制法 §56(2)、§58(3)",
    shape=(
        line("court", "上一级人民法院"), text("reason", "异议的理由"), lines("materials", "附件材料", least=0),
        text("opinion", "审批意见").optional,
    ),
    standing=(was_turned_down,),
    opens=(Opens("higher-court-accepts", when=_not_accepted), Opens("higher-court-rules", when=_refused)),
    closes=(Closes("ask-higher-court"),),
)  # fmt: skip
