"""收到鉴定意见: the clock of what is sealed runs again."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.pending import appraisal_awaited
from lawbook.penalty.shape import line, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "receive-appraisal",
    "收到鉴定意见",
    Power.HANDLE,
    "行政强制法 §25(3)",
    shape=(line("organ", "鉴定机构"), text("opinion", "鉴定意见"), EVIDENCE),
    standing=(appraisal_awaited,),
    resumes=("sealing",),
)
