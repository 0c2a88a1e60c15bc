"""提请立案: the handlers propose to file, with what is known (行政处罚法 §54)."""

from lawbook.penalty.act import Power
from lawbook.penalty.daily import daily_holds
from lawbook.penalty.guards import not_time_barred, party_known, violations_told
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.once import not_fined_before
from lawbook.penalty.shapes import FILING

ACT = ActKind(
    "propose-filing", "提请立案", Power.HANDLE, "行政处罚法 §54",
    shape=FILING,
    together=True,
    content=(
        party_known, violations_told, not_time_barred, daily_holds, not_fined_before,
    ),
    opens=(Opens("approve-filing"),),
    past=("found_on",),
)  # fmt: skip
