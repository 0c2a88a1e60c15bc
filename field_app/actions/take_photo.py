"""Keep a photo as evidence (拍照取证): the original bytes, hashed when they were taken."""

from datetime import datetime

from field_app.shelves.inspections import Photo
from field_app.store import Store
from field_app.wire import Location


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

    The same bytes in the same inspection are the same photo. Refuses InspectionEnded, ItemUnknown,
    PhotoUnreadable.
    """
    raise NotImplementedError
