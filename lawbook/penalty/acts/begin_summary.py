"""当场查处: a small case on the spot (行政处罚法 §51、§52(1)): the certificate is shown."""

from lawbook.penalty.act import Power
from lawbook.penalty.daily import daily_holds
from lawbook.penalty.guards import certificate_shown, not_time_barred, party_known, violations_told
from lawbook.penalty.kind import ActKind
from lawbook.penalty.once import not_fined_before
from lawbook.penalty.shape import flag, line
from lawbook.penalty.shapes import FILING

ACT = ActKind(
    "begin-summary", "当场查处", Power.HANDLE, "行政处罚法 §51、§52(1)",
    shape=(*FILING, flag("certificate_shown", "已出示执法证件"), line("number", "案件编号").optional),
    together=True,
    content=(
        party_known, violations_told, not_time_barred, certificate_shown, daily_holds,
        not_fined_before,
    ),
    past=("found_on",),
)  # fmt: skip
