"""Guards of what is given back (退还)."""

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.kind import World, told
from lawbook.penalty.money import to_refund, total_to_refund
from lawbook.penalty.refusals import NothingOpen
from lawbook.penalty.refusals.performing import MoreThanRefundable
from lawbook.refusal import Refusal


def refund_due(case: Case, act: Act, world: World) -> Refusal | None:
    """More was collected than is owed now."""
    return None if total_to_refund(case) else NothingOpen("没有应当退还的款项")


def refunds_no_more(case: Case, act: Act, world: World) -> Refusal | None:
    """No more goes back than was collected and is not owed."""
    due, amount = to_refund(case, str(act.said["towards"])), told(act.said, "amount")
    if amount <= 0 or amount > due:
        return MoreThanRefundable(f"应当退还 {due / 100:.2f} 元，登记 {amount / 100:.2f} 元")
    return None
