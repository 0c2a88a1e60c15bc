"""What files a region has (已收到的文件), and how one is sent out."""

import hashlib
from collections.abc import Collection
from uuid import UUID

from fastapi.responses import StreamingResponse
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.files.tables import UploadRow
from services.kit.database import among
from services.kit.files import FileStore
from services.kit.problems import NotFound

LOCK = text("select pg_advisory_xact_lock(key) from unnest(cast(:keys as bigint[])) as key")


SENT_BY = text("select sha256, size from case_svc.sent_by(:account, cast(:hashes as text[]))")
AWAITING = text("select case_svc.awaiting(:officer, :hash, cast(:size as bigint)) order by 1")


class NotArrived(NotFound):
    """Something whose bytes the tablet has not sent yet."""

    code, title = "file-not-arrived", "原件尚未送达服务器"
    next_step = "平板联网后会自动送出，请稍后再看"


def lock_of(sha256: str) -> int:
    """The advisory lock of a file, taken by whoever declares or completes it."""
    digest = hashlib.sha256(f"file {sha256}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


async def lock(session: AsyncSession, hashes: Collection[str]) -> None:
    """Let nobody else declare or complete these files until this transaction ends.

    Whoever declares a file and whoever completes it must see one another, or a file that is here
    would stay pending for ever. In one order, so that two who lock several do not block each other.
    """
    keys = sorted(lock_of(one) for one in set(hashes))
    if keys:
        await session.execute(LOCK, {"keys": keys})


async def arrived(session: AsyncSession, hashes: Collection[str]) -> set[tuple[str, int]]:
    """Those of the files, as (hash, size), that are here; they are locked, here or not."""
    await lock(session, hashes)
    found = await session.execute(
        select(UploadRow.sha256, UploadRow.size).where(
            among(UploadRow.sha256, set(hashes)), UploadRow.completed_at.is_not(None)
        )
    )
    return {(row.sha256, row.size) for row in found}


async def sent_by(
    session: AsyncSession, account: str, hashes: Collection[str]
) -> set[tuple[str, int]]:
    """Those of the files that an account has sent, wherever it worked; lock them before."""
    found = await session.execute(SENT_BY, {"account": account, "hashes": sorted(hashes)})
    return {(row.sha256, row.size) for row in found}


async def awaiting(session: AsyncSession, officer: str, sha256: str, size: int) -> list[str]:
    """Regions out of sight in which evidence or a document of this officer waits for a file."""
    asked = {"officer": officer, "hash": sha256, "size": size}
    return list(await session.scalars(AWAITING, asked))


async def one(session: AsyncSession, id_: UUID) -> UploadRow:
    """The upload of this id; NotFound when there is none in sight."""
    row = await session.get(UploadRow, id_)
    if row is None:
        raise NotFound("未找到该上传，请重新开始")
    return row


def streamed(
    files: FileStore, sha256: str, size: int, media_type: str, *, name: str, here: bool
) -> StreamingResponse:
    """A kept file as an answer. Its bytes never change, so a reader may keep it."""
    if not here:
        raise NotArrived()
    return StreamingResponse(
        files.store.read(sha256), media_type=media_type,
        headers={
            "Content-Length": str(size), "ETag": f'"{sha256}"',
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        },
    )  # fmt: skip
