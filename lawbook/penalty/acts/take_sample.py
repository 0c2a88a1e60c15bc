"""抽样取证: samples, listed (行政处罚法 §56)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import line
from lawbook.penalty.shapes import EVIDENCE, THINGS

ACT = ActKind(
    "take-sample",
    "抽样取证",
    Power.HANDLE,
    "行政处罚法 §56",
    shape=(line("place", "抽样地点"), THINGS, line("witness", "见证人").optional, EVIDENCE),
    together=True,
)
