"""Keep what was captured as evidence (取证): the original bytes, hashed when they were captured.

Whatever is taken of a visit, a photo, video or sound, is admitted by the same rules, kept under its
SHA-256 and never changed; the visible stamp goes on a copy (`paper.stamp`).
"""

import hashlib
import json
import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from field_app.acts import clock_at_act
from field_app.enrolment import require_in_use
from field_app.files import KeptFile
from field_app.moments import kept, now
from field_app.refusals import (
    DiskFull,
    EvidenceTooLarge,
    EvidenceUnknown,
    InspectionEnded,
    InspectionUnknown,
    ItemUnknown,
    RecordingUnreadable,
)
from field_app.shelves.inspections import Inspection, Photo
from field_app.store import Store
from field_app.wire import EvidenceBody, Location
from field_app.writing import CAPTION, written
from lawbook.inspection import Answer
from lawbook.media import EXTENSIONS, HEAD, MB, MOST, told

SPARE = 200 * MB
"""Bytes of the disk that evidence leaves free: records, letters and documents must always fit."""

EVIDENCE = "evidence.declare"
"""The letter that declares a piece of evidence."""


def keep_recording(
    store: Store,
    inspection_id: str,
    recording: Path,
    wanted: str,
    *,
    caption: str,
    check_item: str | None = None,
    location: Location | None = None,
    at: datetime | None = None,
) -> Photo:
    """Keep a recording (录像、录音); its file and its row are on disk when this returns.

    `wanted`: as what it was captured, lawbook.media's VIDEO or SOUND. The file at `recording` is
    copied as it is, of any size, without being held in memory. Refuses RecordingUnreadable,
    EvidenceTooLarge, DiskFull, InspectionUnknown, InspectionEnded, ItemUnknown, TooLong.
    """
    if not recording.is_file():
        raise RecordingUnreadable
    with recording.open("rb") as source:
        media_type = told(source.read(HEAD), wanted)
        if media_type is None:
            raise RecordingUnreadable
        size = recording.stat().st_size
        require_size(size, wanted)
        source.seek(0)
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        inspection, same = admitted(store, inspection_id, sha256, check_item)
        if same:
            return same
        require_room(store, size)
        source.seek(0)
        file = store.files.keep_all_of(source, EXTENSIONS[media_type])
    return enter(store, inspection, file, media_type, caption, check_item, location, at)


def require_size(size: int, wanted: str) -> None:
    """Refuse what is larger than evidence may be. Refuses EvidenceTooLarge."""
    if size > MOST[wanted]:
        raise EvidenceTooLarge(f"有 {size / MB:.0f} MB，至多 {MOST[wanted] // MB} MB")


def require_room(store: Store, size: int) -> None:
    """Refuse what would fill the disk, before a byte of it is written. Refuses DiskFull."""
    free = shutil.disk_usage(store.folder).free
    if free < size + SPARE:
        raise DiskFull(f"这件证据有 {size / MB:.1f} MB，本机只剩 {free / MB:.0f} MB")


def admitted(
    store: Store, inspection_id: str, sha256: str, check_item: str | None
) -> tuple[Inspection, Photo | None]:
    """The visit that evidence may be added to, and the same bytes if it has them already.

    After the visit evidence is taken only while its re-inspection goes on. Refuses
    InspectionUnknown, InspectionEnded, ItemUnknown, and what `require_in_use` refuses.
    """
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        raise InspectionUnknown
    if same := store.inspections.photo(inspection_id, sha256):
        return inspection, same
    require_in_use(store)
    if inspection.ended_at and not _reviewed(store, inspection_id):
        raise InspectionEnded
    codes = {item.code for item in store.packs.asked(inspection.checklists).items}
    known = codes | store.inspections.answers(inspection_id).keys()
    if check_item is not None and check_item not in known:
        raise ItemUnknown(f"检查表中没有 {check_item} 项")
    return inspection, None


def enter(
    store: Store,
    inspection: Inspection,
    file: KeptFile,
    media_type: str,
    caption: str,
    check_item: str | None,
    location: Location | None,
    at: datetime | None,
) -> Photo:
    """Write the row of a kept file; of a visit that has ended, its letter in the same commit."""
    said = written(caption, CAPTION, "证据说明")
    with store.atomic():
        photo = Photo(
            str(uuid4()), inspection.id, check_item, file.sha256, file.size, media_type, file.path,
            said, kept(at or now()), location, clock_at_act(store),
        )  # fmt: skip
        store.inspections.add_photo(
            {
                "id": photo.id,
                "inspection_id": inspection.id,
                "check_item": check_item,
                "sha256": photo.sha256,
                "size": photo.size,
                "media_type": media_type,
                "path": photo.path,
                "caption": photo.caption,
                "captured_at": photo.captured_at,
                "location": json.dumps(location) if location else None,
                "clock": json.dumps(photo.clock),
            }
        )
        if inspection.ended_at:
            declare(store, inspection, photo)
    return photo


def declare(
    store: Store, inspection: Inspection, photo: Photo, hazards: Collection[str] | None = None
) -> None:
    """Write the letter of a piece of evidence and queue its file, in the caller's transaction.

    `hazards`: the findings that are on record, where a colleague wrote it; None: one's own.
    """
    finding = finding_of(store, inspection.id, photo.check_item)
    if hazards is not None and finding not in hazards:
        finding = None
    declare_of(store, photo, finding)


def declare_of(store: Store, photo: Photo, hazard_id: str | None) -> None:
    """Write the letter of a piece of evidence of this hazard, or of none, and queue its file."""
    body: EvidenceBody = {
        "id": photo.id,
        "inspection_id": photo.inspection_id,
        "hazard_id": hazard_id,
        "sha256": photo.sha256,
        "size": photo.size,
        "media_type": photo.media_type,
        "captured_at": photo.captured_at,
        "caption": photo.caption,
        "location": photo.location,
        "device": store.device,
    }
    if photo.clock:
        body["clock"] = photo.clock
    at = kept(now())
    store.report(f"inspection:{photo.inspection_id}", EVIDENCE, body, at)
    store.outbox.add_upload(photo.sha256, photo.path, photo.size, photo.media_type, at)


def finding_of(store: Store, inspection_id: str, check_item: str | None) -> str | None:
    """The finding that evidence of an item belongs to; None where nothing was found."""
    answered = store.inspections.answers(inspection_id).get(check_item or "")
    unmet = answered is not None and answered.answer is Answer.NOT_MET
    return answered.finding_id if answered and unmet else None


def caption_evidence(store: Store, photo: Photo, caption: str) -> None:
    """Say what a piece of evidence shows (证据说明), until the visit ends and it is declared.

    Refuses EvidenceUnknown, InspectionEnded, TooLong.
    """
    inspection = store.inspections.one(photo.inspection_id)
    if inspection is None or not store.inspections.photo(photo.inspection_id, photo.sha256):
        raise EvidenceUnknown
    if inspection.ended_at:
        raise InspectionEnded
    store.inspections.caption_photo(photo.id, written(caption, CAPTION, "证据说明"))


def _reviewed(store: Store, inspection_id: str) -> bool:
    return any(not one.reinspected_at for one in store.inspections.agains(inspection_id))
