"""Files of evidence that the acts of a case name by hash (案件证据原件): the original, and a small copy."""

import asyncio
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageOps
from pydantic import Field
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
from services.kit.wire import Wire

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


class CaseEvidence(Wire):
    """A file of evidence that the case names (案件证据)."""

    sha256: str
    media_type: str | None = Field(description="文件类型；原件不在服务器的为空")
    size: int | None = Field(description="字节数；原件不在服务器的为空")


class CaseEvidenceList(Wire):
    """The files of evidence that the case names, in the order in which its acts do."""

    items: list[CaseEvidence]


async def listed(session: AsyncSession, case: UUID) -> CaseEvidenceList:
    """Every file that an act of the case names, and what it is where its bytes are here."""
    await reading.one(session, case)
    folded = reading.folded(await reading.act_rows(session, case))
    named = list(dict.fromkeys(str(one["sha256"]) for one in folded.evidence if one.get("sha256")))
    here = {
        row.sha256: row
        for row in (
            *await session.execute(
                select(EvidenceRow.sha256, EvidenceRow.size, EvidenceRow.media_type).where(
                    EvidenceRow.sha256.in_(named), EvidenceRow.received_at.is_not(None)
                )
            ),
            *await session.execute(
                select(UploadRow.sha256, UploadRow.size, UploadRow.media_type).where(
                    UploadRow.sha256.in_(named), UploadRow.completed_at.is_not(None)
                )
            ),
        )
    }
    return CaseEvidenceList(
        items=[
            CaseEvidence(
                sha256=one, media_type=here[one].media_type if one in here else None,
                size=here[one].size if one in here else None,
            )
            for one in named
        ]
    )  # fmt: skip


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
