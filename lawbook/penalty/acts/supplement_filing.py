"""补办立案: filed after an investigation that could not wait; within five working days 待确认."""

from lawbook.penalty.act import Power
from lawbook.penalty.daily import daily_holds
from lawbook.penalty.guards import not_time_barred, party_known, violations_told
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.once import not_fined_before
from lawbook.penalty.shape import day, text
from lawbook.penalty.shapes import FILING

ACT = ActKind(
    "supplement-filing", "补办立案", Power.HANDLE, "行政处罚法 §54、安全生产违法行为行政处罚办法 §23",
    shape=(*FILING, day("investigated_from", "先行调查之日"), text("urgent_reason", "先行调查的理由")),
    together=True,
    content=(
        party_known, violations_told, not_time_barred, daily_holds, not_fined_before,
    ),
    opens=(Opens("approve-filing"), Opens("file-after-investigation", since="investigated_from")),
    past=("found_on", "investigated_from"),
    verified=False,
)  # fmt: skip
