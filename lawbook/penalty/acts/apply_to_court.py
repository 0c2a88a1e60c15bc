"""申请法院强制执行: after demand, review and lawsuit, within three months (行政强制法 §53、§54)."""

from lawbook.penalty.act import Power
from lawbook.penalty.court import ours_to_enforce
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.performing import (
    court_may_be_asked,
    no_challenge,
    not_suspended,
    something_unperformed,
    what_is_owed,
)
from lawbook.penalty.shape import fen, line, lines, text

ACT = ActKind(
    "apply-to-court",
    "申请人民法院强制执行",
    Power.APPROVE,
    "行政强制法 §53、§54、§55",
    shape=(
        line("court", "人民法院"),
        line("signed_by", "签发人"),
        lines("materials", "附件材料"),
        fen("amount", "申请执行的数额（分）"),
        text("opinion", "审批意见").optional,
    ),
    standing=(
        ours_to_enforce,
        something_unperformed,
        no_challenge,
        not_suspended,
        court_may_be_asked,
    ),
    content=(what_is_owed,),
    opens=(Opens("court-accepts"),),
    closes=(Closes("demand-before-court"),),
)
