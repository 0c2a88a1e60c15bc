"""冲销缴款: a payment entered wrongly, with the reason."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.pending import something_paid
from lawbook.penalty.performing import names_a_payment
from lawbook.penalty.shape import an_id, text

ACT = ActKind(
    "reverse-payment",
    "冲销缴款登记",
    Power.ENDORSE,
    "行政处罚法 §67",
    shape=(an_id("of", "原缴款登记"), text("reason", "冲销的理由")),
    standing=(something_paid,),
    content=(names_a_payment,),
)
