"""撤回报批: a step taken back by who took it, before anybody decided on it."""

from lawbook.penalty.act import Power
from lawbook.penalty.guards import own_submission
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.shape import text

ACT = ActKind(
    "withdraw-submission", "撤回报批", Power.HANDLE, "行政处罚法 §54、§57",
    shape=(text("reason", "撤回的理由"),),
    standing=(
        own_submission(
            "propose-filing", "supplement-filing", "submit-legal-review", "submit-decision",
            "propose-closing",
        ),
    ),
    closes=(
        Closes("approve-filing"), Closes("file-after-investigation"), Closes("legal-review"),
        Closes("approve-decision"), Closes("approve-closing"),
    ),
)  # fmt: skip
