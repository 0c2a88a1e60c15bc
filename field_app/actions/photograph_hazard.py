"""A photo of what has been done about a hazard (整改后照片), taken while it is looked at again."""

import hashlib
from datetime import datetime
from uuid import uuid4

from field_app.actions.keep_evidence import EVIDENCE, declare_of, require_room
from field_app.actions.reinspect import open_hazards
from field_app.actions.take_photo import EXTENSIONS, require_photo
from field_app.acts import clock_at_act
from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.refusals import InspectionEnded, InspectionUnknown
from field_app.shelves.inspections import Photo
from field_app.store import Store
from field_app.wire import Location
from field_app.writing import CAPTION, written
from lawbook.rectification import NotAHazardOfThisOrder


def photograph_hazard(
    store: Store,
    reinspection_id: str,
    hazard_id: str,
    data: bytes,
    media_type: str,
    *,
    caption: str,
    location: Location | None = None,
    at: datetime | None = None,
) -> str:
    """Keep a photo as evidence of a hazard, whoever found it; the id of the evidence.

    The file is on disk and its letter written when this returns. The same bytes for the same visit
    are the same evidence. Refuses InspectionUnknown, InspectionEnded, NotAHazardOfThisOrder,
    PhotoUnreadable, EvidenceTooLarge, DiskFull.
    """
    require_in_use(store)
    again = store.inspections.again(reinspection_id)
    if again is None:
        raise InspectionUnknown
    if again.reinspected_at:
        raise InspectionEnded("复查已结束，不能再加照片")
    if hazard_id not in {one["id"] for one in open_hazards(store, again.inspection_id)}:
        raise NotAHazardOfThisOrder("这一项不在待复查的隐患之中")
    require_photo(data, media_type)
    sha256 = hashlib.sha256(data).hexdigest()
    same = store.db.conn.execute(
        "select id from record where kind = ? and json_extract(body, '$.inspection_id') = ? "
        "and json_extract(body, '$.sha256') = ?",
        (EVIDENCE, again.inspection_id, sha256),
    ).fetchone()
    if same:
        return str(same[0])
    require_room(store, len(data))
    # The file first: a letter never names bytes that are not there.
    file = store.files.keep(data, EXTENSIONS[media_type])
    with store.atomic():
        photo = Photo(
            str(uuid4()), again.inspection_id, None, file.sha256, file.size, media_type, file.path,
            written(caption, CAPTION, "证据说明"), kept(at or now()), location, clock_at_act(store),
        )  # fmt: skip
        declare_of(store, photo, hazard_id)
    return photo.id


def photographed(store: Store, reinspection_id: str) -> dict[str, int]:
    """How many photos each hazard has since its re-inspection began."""
    again = store.inspections.again(reinspection_id)
    if again is None:
        return {}
    found = store.db.conn.execute(
        "select json_extract(body, '$.hazard_id'), count(*) from record where kind = ? "
        "and json_extract(body, '$.inspection_id') = ? "
        "and json_extract(body, '$.captured_at') >= ? group by 1",
        (EVIDENCE, again.inspection_id, again.started_at),
    )
    return {hazard: number for hazard, number in found.fetchall() if hazard}
