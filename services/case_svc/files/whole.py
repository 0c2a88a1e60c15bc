"""A file sent whole in one request (整件上传): from the office's desk, where nothing is cut on the way.

Tablets send by tus, which knows the hash before the first byte; a browser does not. Here the hash
is counted as the bytes come, and what they are said to be is judged when all are here.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import Field

from services.case_svc.files import queries, spool
from services.case_svc.files.commands import arrive
from services.case_svc.files.media import MEDIA_TYPES, require_media
from services.case_svc.files.tables import UploadRow
from services.case_svc.settings import CaseSettings
from services.kit.claims import Claims
from services.kit.database import Database
from services.kit.files import FileStore
from services.kit.problems import Conflict, Malformed, TooLarge
from services.kit.wire import Sha256, Wire


class Taken(Wire):
    """A file that is here whole (已收到的文件)."""

    id: UUID
    sha256: Sha256
    size: int = Field(description="字节数")
    media_type: str


async def take(
    database: Database, files: FileStore, settings: CaseSettings, claims: Claims, id_: UUID,
    media_type: str, stream: AsyncIterator[bytes],
) -> Taken:  # fmt: skip
    """Take a file as it comes; the same again changes nothing.

    Refuses what is larger than files may be, empty, or not what it is said to be (NotAPhoto,
    NotThisMedia); of these nothing stays.
    """
    if media_type not in MEDIA_TYPES:
        raise Malformed(
            f"不接收 {media_type or '未说明类型'} 的文件；可用：{'、'.join(MEDIA_TYPES)}"
        )
    path = files.spooled(f"whole-{uuid4().hex}")
    try:
        sha256, size = await _spooled(path, stream, settings.file_bytes)
        if not size:
            raise Malformed("文件是空的")
        await asyncio.to_thread(require_media, path, media_type)
        await files.store.keep(sha256, path)
    finally:
        path.unlink(missing_ok=True)
    now = datetime.now(UTC)
    row = UploadRow(
        id=id_, region=claims.region, account=claims.account, sha256=sha256, size=size,
        media_type=media_type, offset=size, expires_at=now + timedelta(days=settings.upload_days),
        completed_at=now,
    )  # fmt: skip
    async with database.transaction(claims) as session:
        await queries.lock(session, [sha256])
        known = await session.get(UploadRow, id_)
        if known is None:
            session.add(row)
            await session.flush()
            await arrive(session, claims, row)
        elif (known.sha256, known.size) != (sha256, size):
            raise Conflict("该编号已用于另一个文件的上传")
    return Taken(id=id_, sha256=sha256, size=size, media_type=media_type)


async def _spooled(path: Path, stream: AsyncIterator[bytes], most: int) -> tuple[str, int]:
    """The bytes in a file of ours, their hash and how many there are."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("wb") as target:
            async for chunk in stream:
                size += len(chunk)
                if size > most:
                    raise TooLarge(f"文件超过 {most >> 20} MB")
                digest.update(chunk)
                await asyncio.to_thread(target.write, chunk)
    except OSError as error:
        if error.errno in spool.FULL:
            raise spool.StorageFull() from error
        raise
    return digest.hexdigest(), size
