"""移交涉案物品和材料: within three days of the police's notice, with a list that they sign (移送规定 §12)."""

from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit
from lawbook.penalty.kind import ActKind, Closes, World
from lawbook.penalty.pending import limit_open
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty.sealing import none_refused
from lawbook.penalty.shape import day, flag, line, lines, text
from lawbook.penalty.shapes import THINGS
from lawbook.refusal import Refusal


def _said_why(case: Case, act: Act, world: World) -> Refusal | None:
    """Late with its reason; sealed goods only once the party was told in writing (行政强制法 §21)."""
    clock = open_limit(case, "hand-over-evidence")
    if clock and not act.said.get("late_reason"):
        due = clock.due_on(world.calendar)
        if due is not None and act.day("handed_on") > due:
            return ActIncomplete(f"移交期限于 {due} 届满，写明超过的理由")
    if act.said.get("sealed") and not act.said.get("party_told"):
        return ActIncomplete("移送查封、扣押的财物，应当书面告知当事人（行政强制法 §21）")
    return None


def _with_the_sealed(case: Case, act: Act) -> bool:
    return bool(act.said.get("sealed"))


ACT = ActKind(
    "hand-over", "移交涉案物品和材料", Power.HANDLE, "行政执法机关移送涉嫌犯罪案件的规定 §12、行政强制法 §21",
    shape=(
        THINGS, lines("materials", "移交的案件材料", least=1), day("handed_on", "移交之日"),
        line("organ", "接收机关"), line("received_by", "接收人"),
        flag("sealed", "包括查封、扣押的财物").optional,
        flag("party_told", "已书面告知当事人移送查封、扣押的财物").optional,
        text("late_reason", "超过三日的理由").optional,
    ),
    together=True,
    standing=(limit_open("hand-over-evidence", "公安机关没有决定立案，或者已经移交"),),
    content=(_said_why, none_refused),
    closes=(Closes("hand-over-evidence"), Closes("sealing", when=_with_the_sealed)),
    past=("handed_on",),
)  # fmt: skip
