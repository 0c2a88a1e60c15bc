"""缴款: to the bank, or on the spot where the law lets (行政处罚法 §67–§69)."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind, Closes, Opens
from lawbook.penalty.performing import (
    cash_allowed,
    decision_stands,
    in_cash,
    money_outstanding,
    owed_that_much,
    pays_all,
)
from lawbook.penalty.shape import choice, day, fen, line, text
from lawbook.penalty.shapes import EVIDENCE

ACT = ActKind(
    "pay", "登记缴款", Power.HANDLE, "行政处罚法 §67",
    shape=(
        choice("towards", "款项", fine="罚款", late_fine="加处罚款", taken="没收的违法所得"),
        fen("amount", "金额（分）"),
        day("paid_on", "缴款之日"),
        choice("method", "方式", bank="银行缴纳", electronic="电子支付", cash="当场收缴"),
        line("receipt", "票据号"), choice(
            "cash_ground", "当场收缴的依据", hard_to_collect="不当场收缴事后难以执行",
            remote="边远、水上、交通不便，当事人提出当场缴纳",
        ).optional,
        text("cash_reason", "当场收缴的理由").optional, EVIDENCE,
    ),
    standing=(decision_stands, money_outstanding),
    content=(owed_that_much, cash_allowed),
    opens=(Opens("hand-in-cash", "paid_on", in_cash),),
    closes=(Closes("pay", when=pays_all),),
    past=("paid_on",),
)  # fmt: skip
