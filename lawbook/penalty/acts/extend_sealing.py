"""延长查封、扣押: once, by thirty days, before the end, approved by the head (行政强制法 §25)."""

from lawbook.penalty.act import Power
from lawbook.penalty.investigating import sealing_extendable
from lawbook.penalty.kind import ActKind
from lawbook.penalty.pending import names_open
from lawbook.penalty.sealing import may_go_on
from lawbook.penalty.shape import an_id, text

ACT = ActKind(
    "extend-sealing", "延长查封、扣押期限", Power.HANDLE, "行政强制法 §25",
    shape=(an_id("of", "原查封、扣押"), text("reason", "延长的理由")),
    together=True,
    standing=(names_open("sealing", "没有进行中的查封、扣押"),),
    content=(sealing_extendable, may_go_on),
    extends=("sealing",),
)  # fmt: skip
