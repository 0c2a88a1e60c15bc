"""接受移回: no crime, but a penalty is due (行政处罚法 §27(1)、移送规定 §10)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.police import nobody_asked
from lawbook.penalty.shape import line, text

ACT = ActKind(
    "receive-back",
    "接受移回的案件",
    Power.APPROVE,
    "行政处罚法 §27(1)",
    shape=(line("organ", "移回机关"), line("number", "文号").optional, text("reason", "情况")),
    standing=(nobody_asked,),
    opens=(Opens("decide"),),
    closes=(
        Closes("archive"),
        Closes("send-transfer"),
        Closes("police-examine"),
        Closes("hand-over-evidence"),
        Closes("dispute-police"),
        Closes("supervise-police"),
    ),
)
