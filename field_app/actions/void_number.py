"""Void a number (作废文号): no document will bear it, and the office learns why."""

from uuid import uuid4

from field_app.store import Store
from field_app.wire import NumberVoidBody

YEAR_TURNED = "跨年：草稿改在新年度出具，换用新年度文号"
REPLACED = "服务器未受理，已另行制作文书替换"


def void_number(store: Store, lease_id: str, number: str, reason: str, at: str) -> None:
    """Write the letter that voids a number. Only in the transaction of the act that gives it up."""
    body: NumberVoidBody = {
        "id": str(uuid4()),
        "lease_id": lease_id,
        "sequence": store.leases.sequence(lease_id, number),
        "reason": reason,
        "voided_at": at,
        "device": store.device,
    }
    store.report(f"number:{body['id']}", "number.void", body, at)
