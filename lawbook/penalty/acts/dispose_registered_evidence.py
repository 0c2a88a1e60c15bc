"""处理先行登记保存的证据: within seven working days (行政处罚法 §56)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes
from lawbook.penalty.pending import names_open
from lawbook.penalty.sealing import confiscated_by_decision
from lawbook.penalty.shape import an_id, choice, text

ACT = ActKind(
    "dispose-registered-evidence", "处理登记保存的证据", Power.HANDLE, "行政处罚法 §56",
    shape=(
        an_id("of", "原先行登记保存"),
        choice("result", "处理", returned="退还", sampled="复制、记录后退还", appraised="送交鉴定",
               sealed="转为查封、扣押", confiscated="移作没收", released="解除登记保存"),
        text("text", "处理决定"),
    ),
    together=True,
    standing=(names_open("decide-preserved-evidence", "没有尚待处理的登记保存证据"),),
    content=(confiscated_by_decision,),
    closes=(Closes("decide-preserved-evidence", of="of"),),
)  # fmt: skip
