"""移交行政复议机关执行: what a review has changed is enforced by who reviewed it (行政复议法 §78(2))."""

from lawbook.penalty.act import Power
from lawbook.penalty.court import theirs_to_enforce
from lawbook.penalty.kind import ActKind
from lawbook.penalty.performing import no_challenge, something_unperformed
from lawbook.penalty.shape import day, line, lines, text

ACT = ActKind(
    "refer-enforcement", "移交行政复议机关执行", Power.HANDLE, "行政复议法 §78(2)",
    shape=(
        line("organ", "行政复议机关"), day("sent_on", "移交之日"), line("number", "文号").optional,
        text("text", "当事人没有履行的内容"), lines("materials", "移交的材料", least=0),
    ),
    together=True,
    standing=(something_unperformed, no_challenge, theirs_to_enforce),
    past=("sent_on",),
)  # fmt: skip
