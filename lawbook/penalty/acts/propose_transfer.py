"""提出移送: two officers report that a crime is suspected; the head decides within three days (移送规定 §5)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.shape import line, text

ACT = ActKind(
    "propose-transfer", "提出移送涉嫌犯罪案件的书面报告", Power.HANDLE, "行政执法机关移送涉嫌犯罪案件的规定 §5",
    shape=(text("report", "核实情况和移送的理由"), line("crime", "涉嫌的罪名").optional),
    together=True,
    opens=(Opens("decide-transfer"),),
)  # fmt: skip
