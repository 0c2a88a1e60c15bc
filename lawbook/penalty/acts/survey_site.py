"""勘验: what the place looks like, with the party or a witness (行政处罚法 §55)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import line, lines, moment, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "survey-site", "现场勘验", Power.HANDLE, "行政处罚法 §55",
    shape=(
        moment("from", "开始时间"), moment("until", "结束时间"), line("place", "勘验场所"),
        line("weather", "天气").optional, lines("present", "在场人员", least=0),
        text("text", "勘验情况"), EVIDENCE,
    ),
    together=True,
)  # fmt: skip
