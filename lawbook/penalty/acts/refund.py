"""退还款项: what was collected and is not owed any more goes back, with interest (国家赔偿法 §36(1)、(7))."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.refunding import refund_due, refunds_no_more
from lawbook.penalty.shape import choice, day, fen, line, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "refund", "退还款项", Power.HANDLE, "国家赔偿法 §36(1)、(7)",
    shape=(
        choice("towards", "退还的款项", fine="罚款", late_fine="加处罚款", taken="没收的违法所得"),
        fen("amount", "退还的金额（分），不含利息"), fen("interest", "支付的银行同期存款利息（分）").optional,
        day("refunded_on", "退还之日"), line("receipt", "退付凭证号"),
        text("reason", "退还的事由"), EVIDENCE,
    ),
    standing=(refund_due,),
    content=(refunds_no_more,),
    past=("refunded_on",),
    verified=False,
)  # fmt: skip
