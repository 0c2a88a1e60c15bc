"""The copy of a photo with its stamp (加水印的副本), made whenever it is asked for."""

import asyncio
from datetime import datetime
from io import BytesIO

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.media import PICTURE, family
from paper.stamp import PictureUnreadable, Stamp, position, stamped
from paper.values import BEIJING
from services.case_svc.called_off.tables import CalledOffRow
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.files.queries import NotArrived
from services.case_svc.inspections.queries import one as inspection_of
from services.case_svc.ledger_mirror.queries import officers_by_number
from services.kit.files import FileStore


async def stamp_of(session: AsyncSession, row: EvidenceRow) -> Stamp:
    """What is written on the copy of a piece of evidence."""
    found = await session.get(CalledOffRow, row.inspection_id)
    inspection = found or await inspection_of(session, row.inspection_id)
    officers = await officers_by_number(session, inspection.officers)
    at: datetime = row.captured_at.astimezone(BEIJING)
    return Stamp(
        f"{at:%Y-%m-%d %H:%M:%S}", f"{inspection.entity_name}{inspection.place}",
        position(row.location), row.sha256,
        tuple(f"{one.name}（{one.number}）" if one.name else one.number for one in officers),
    )  # fmt: skip


async def copy_of(files: FileStore, row: EvidenceRow, stamp: Stamp) -> bytes:
    """The stamped copy as JPEG; the original is only read. NotArrived, PictureUnreadable."""
    if family(row.media_type) != PICTURE:
        raise PictureUnreadable
    if row.received_at is None:
        raise NotArrived()
    original = b"".join([chunk async for chunk in files.store.read(row.sha256)])
    return await asyncio.to_thread(stamped, BytesIO(original), stamp)
