"""处理查封、扣押的物品: returned, confiscated, destroyed or auctioned (行政强制法 §27、§28)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import names_open
from lawbook.penalty.sealing import confiscated_by_decision, destroyed_by_law, may_go_on
from lawbook.penalty.shape import an_id, choice, line, text

ACT = ActKind(
    "dispose-sealed", "处理查封、扣押的物品", Power.HANDLE, "行政强制法 §27、§28",
    shape=(
        an_id("of", "原查封、扣押"),
        choice("result", "处理", released="解除并退还", confiscated="没收", destroyed="销毁",
               auctioned="拍卖、变卖", transferred="随案移送"),
        text("text", "处理决定"), line("basis", "规定应当销毁的条款，销毁的填写").optional,
    ),
    together=True,
    standing=(names_open("sealing", "没有尚待处理的查封、扣押物品"),),
    content=(may_go_on, confiscated_by_decision, destroyed_by_law),
    closes=(Closes("sealing", of="of"), Closes("make-up-sealing-approval", of="of")),
)  # fmt: skip
