"""冲销缴款: a payment entered wrongly, with the reason; what it had closed is open again."""

from lawbook.penalty.act import Act, Power
from lawbook.penalty.case import Case
from lawbook.penalty.kind import ActKind, Closes, Reopens
from lawbook.penalty.pending import something_paid
from lawbook.penalty.performing import names_a_payment
from lawbook.penalty.shape import an_id, text


def _handed_in(case: Case, act: Act, opener: Act) -> bool:
    """The cash that was handed in is that of the payment which was none."""
    return opener.said.get("of") in (None, act.said["of"])


ACT = ActKind(
    "reverse-payment",
    "冲销缴款登记",
    Power.ENDORSE,
    "行政处罚法 §67",
    shape=(an_id("of", "原缴款登记"), text("reason", "冲销的理由")),
    standing=(something_paid,),
    content=(names_a_payment,),
    closes=(Closes("hand-in-cash", of="of"), Closes("bank-cash", meant=_handed_in)),
    reopens=(Reopens("pay", "pay"),),
)
