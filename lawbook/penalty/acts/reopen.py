"""重新调查处理: a new round after the decision fell; ninety days again 待确认."""

from lawbook.penalty.act import Power
from lawbook.penalty.again import may_be_done_again
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.shape import day, flag, text
from lawbook.penalty.shapes import CHANGED

ACT = ActKind(
    "reopen",
    "重新调查处理",
    Power.APPROVE,
    "行政处罚法 §75(2)、行政复议法 §64、行政诉讼法 §70",
    shape=(
        text("reason", "理由"),
        day("until", "复议机关、法院限定之日").optional,
        CHANGED,
        flag("procedural", "原决定因违反法定程序被撤销").optional,
    ),
    content=(may_be_done_again,),
    opens=(Opens("decide"),),
    closes=(Closes("archive"),),
    verified=False,
)
