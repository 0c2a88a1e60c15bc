"""Begin an inspection (开始现场检查), with or without a signal."""

from collections.abc import Sequence

from field_app.store import Store
from field_app.wire import Location, Present


def begin_inspection(
    store: Store,
    *,
    scheme_id: str | None = None,
    entity_id: str | None = None,
    checklist: str | None = None,
    officers: Sequence[str] | None = None,
    ground: str | None = None,
    place: str,
    present: Present,
    location: Location | None = None,
) -> str:
    """Begin a visit; its id. A scheme already begun gives the same inspection back.

    By an approved scheme (`scheme_id`; plant, check list and officers are the scheme's; `officers`
    may name others who came in their place), or ad hoc: `entity_id`, `checklist`, `officers`
    (certificate numbers) and the `ground` (检查缘由) are then needed. `present` is the plant's
    person on the spot (现场负责人). Refuses SchemeNotApproved, LedgerIncomplete, TooFewOfficers,
    CertificateNotValid, InspectionIncomplete (what is needed and was not given).
    """
    raise NotImplementedError
