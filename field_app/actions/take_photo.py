"""Keep a photo as evidence (拍照取证): the original bytes, hashed when they were taken."""

import hashlib
import json
from datetime import datetime
from uuid import uuid4

from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.refusals import InspectionEnded, InspectionUnknown, ItemUnknown, PhotoUnreadable
from field_app.shelves.inspections import Inspection, Photo
from field_app.store import Store
from field_app.wire import EvidenceBody, Location
from field_app.writing import CAPTION, written
from lawbook.inspection import Answer

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def keep_photo(
    store: Store,
    inspection_id: str,
    data: bytes,
    media_type: str,
    *,
    caption: str,
    check_item: str | None = None,
    location: Location | None = None,
    at: datetime | None = None,
) -> Photo:
    """Keep a photo; its file and its row are on disk when this returns.

    The same bytes in the same inspection are the same photo. After the visit photos are taken only
    while its re-inspection goes on, and are declared at once. Refuses InspectionEnded, ItemUnknown,
    PhotoUnreadable.
    """
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise InspectionUnknown
    if media_type not in EXTENSIONS or not data:
        raise PhotoUnreadable
    if same := store.inspections.photo(inspection_id, hashlib.sha256(data).hexdigest()):
        return same
    require_in_use(store)
    if inspection.ended_at and not _reviewed(store, inspection_id):
        raise InspectionEnded
    codes = {item.code for item in store.packs.checklist(inspection.checklist).items}
    if check_item is not None and check_item not in codes:
        raise ItemUnknown(f"检查表中没有 {check_item} 项")
    # The file first: a row never names bytes that are not there.
    file = store.files.keep(data, EXTENSIONS[media_type])
    photo = Photo(
        str(uuid4()),
        inspection_id,
        check_item,
        file.sha256,
        file.size,
        media_type,
        file.path,
        written(caption, CAPTION, "照片说明"),
        kept(at or now()),
        location,
    )
    with store.atomic():
        store.inspections.add_photo(
            {
                "id": photo.id,
                "inspection_id": inspection_id,
                "check_item": check_item,
                "sha256": photo.sha256,
                "size": photo.size,
                "media_type": media_type,
                "path": photo.path,
                "caption": photo.caption,
                "captured_at": photo.captured_at,
                "location": json.dumps(location) if location else None,
            }
        )
        if inspection.ended_at:
            declare(store, inspection, photo)
    return photo


def declare(store: Store, inspection: Inspection, photo: Photo) -> None:
    """Write a photo's letter and queue its file, in the transaction of the one who calls."""
    answered = store.inspections.answers(inspection.id).get(photo.check_item or "")
    unmet = answered is not None and answered.answer is Answer.NOT_MET
    body: EvidenceBody = {
        "id": photo.id,
        "inspection_id": inspection.id,
        "hazard_id": answered.finding_id if answered and unmet else None,
        "sha256": photo.sha256,
        "size": photo.size,
        "media_type": photo.media_type,
        "captured_at": photo.captured_at,
        "caption": photo.caption,
        "location": photo.location,
        "device": store.device,
    }
    at = kept(now())
    store.report(inspection.subject, "evidence.declare", body, at)
    store.outbox.add_upload(photo.sha256, photo.path, photo.size, photo.media_type, at)


def _reviewed(store: Store, inspection_id: str) -> bool:
    return any(not one.reinspected_at for one in store.inspections.agains(inspection_id))
