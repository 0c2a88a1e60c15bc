"""Keep a photo as evidence (拍照取证): the original bytes, hashed when they were taken."""

import hashlib
from datetime import datetime

from field_app.actions.keep_evidence import admitted, declare, enter, require_room, require_size
from field_app.refusals import InspectionUnknown, PhotoUnreadable
from field_app.shelves.inspections import Photo
from field_app.store import Store
from field_app.wire import Location
from lawbook.media import EXTENSIONS as NAMED
from lawbook.media import PICTURE, fits

__all__ = ["EXTENSIONS", "declare", "keep_photo", "require_photo"]
EXTENSIONS = {one: named for one, named in NAMED.items() if one.startswith(PICTURE)}


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
    PhotoUnreadable, EvidenceTooLarge, DiskFull.
    """
    if store.inspections.one(inspection_id) is None:
        raise InspectionUnknown
    require_photo(data, media_type)
    sha256 = hashlib.sha256(data).hexdigest()
    inspection, same = admitted(store, inspection_id, sha256, check_item)
    if same:
        return same
    require_room(store, len(data))
    # The file first: a row never names bytes that are not there.
    file = store.files.keep(data, EXTENSIONS[media_type])
    return enter(store, inspection, file, media_type, caption, check_item, location, at)


def require_photo(data: bytes, media_type: str) -> None:
    """Refuse what is no photo, or larger than the office takes. PhotoUnreadable, EvidenceTooLarge."""
    if media_type not in EXTENSIONS or not fits(data, media_type):
        raise PhotoUnreadable
    require_size(len(data), PICTURE)
