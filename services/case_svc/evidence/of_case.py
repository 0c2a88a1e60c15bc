"""Files of evidence that the acts of a case name by hash (案件证据原件): the original, and a small copy."""

import asyncio
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageOps
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.media import PICTURE, family
from paper.stamp import PictureUnreadable
from services.case_svc.cases import reading
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.files.queries import NotArrived
from services.case_svc.files.tables import UploadRow
from services.kit.files import FileStore
from services.kit.problems import NotFound

SMALL = (480, 480)
"""Pixels within which a small copy fits."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file of evidence: what it is by its bytes, and how large."""

    sha256: str
    size: int
    media_type: str


async def original(session: AsyncSession, case: UUID, sha256: str) -> Original:
    """A file that an act of this case names. NotFound when none does, NotArrived when it is not here."""
    await reading.one(session, case)
    folded = reading.folded(await reading.act_rows(session, case))
    if not any(one.get("sha256") == sha256 for one in folded.evidence):
        raise NotFound("本案没有该证据，或不在您的管辖范围内")
    upload = await session.scalar(
        select(UploadRow)
        .where(UploadRow.sha256 == sha256, UploadRow.completed_at.is_not(None))
        .limit(1)
    )
    if upload is not None:
        return Original(sha256, upload.size, upload.media_type)
    declared = await session.scalar(
        select(EvidenceRow)
        .where(EvidenceRow.sha256 == sha256, EvidenceRow.received_at.is_not(None))
        .limit(1)
    )
    if declared is None:
        raise NotArrived()
    return Original(sha256, declared.size, declared.media_type)


async def small(files: FileStore, file: Original) -> bytes:
    """A small JPEG of a photo, without what its camera wrote into it; the original is only read.

    Refuses PictureUnreadable for what is no photo.
    """
    if family(file.media_type) != PICTURE:
        raise PictureUnreadable
    content = b"".join([chunk async for chunk in files.store.read(file.sha256)])
    return await asyncio.to_thread(_small, content)


def _small(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content)) as photo:
            photo.draft("RGB", SMALL)
            made = ImageOps.exif_transpose(photo).convert("RGB")
    except (OSError, ValueError, SyntaxError) as error:
        raise PictureUnreadable from error
    made.thumbnail(SMALL)
    out = BytesIO()
    made.save(out, "JPEG", quality=80)
    return out.getvalue()
