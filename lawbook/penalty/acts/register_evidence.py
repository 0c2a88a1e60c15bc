"""先行登记保存: approved by the head; a decision within seven working days (行政处罚法 §56)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Opens
from lawbook.penalty.shape import line
from lawbook.penalty.shapes import EVIDENCE, THINGS

ACT = ActKind(
    "register-evidence", "先行登记保存证据", Power.HANDLE, "行政处罚法 §56",
    shape=(THINGS, line("place", "保存地点"), line("manner", "保存方式"), EVIDENCE),
    together=True,
    opens=(Opens("decide-preserved-evidence"),),
)  # fmt: skip
