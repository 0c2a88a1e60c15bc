"""Give back last year's numbers (退回文号): the law counts them by the year, and none may be missing."""

from uuid import uuid4

from field_app.moments import day, kept, now
from field_app.store import Store
from field_app.wire import NumberReturnBody


def return_numbers(store: Store) -> int:
    """Return what was never taken of earlier years' leases; how many numbers. Once: then they are closed.

    Drafts keep their numbers; composing them anew voids those of last year.
    """
    at = now()
    year, moment = day(at).year, kept(at)
    count = 0
    with store.atomic():
        for run in store.leases.unused_before(year):
            body: NumberReturnBody = {
                "id": str(uuid4()),
                "lease_id": run.lease_id,
                "first": run.first,
                "last": run.last,
                "returned_at": moment,
                "device": store.device,
            }
            store.report(f"number:{body['id']}", "number.return", body, moment)
            count += run.last - run.first + 1
        store.leases.close_before(year, moment)
    return count
