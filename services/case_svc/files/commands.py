"""Uploads (文件上传): begun, continued wherever they stopped, completed once."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.documents.tables import DocumentRow
from services.case_svc.evidence.completeness import received
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.files import queries, spool, statements
from services.case_svc.files.media import NotAPhoto, NotThisMedia, require_media
from services.case_svc.files.tables import UploadRow
from services.case_svc.files.tus import Announced
from services.case_svc.rows import announce
from services.case_svc.settings import CaseSettings
from services.kit.claims import Claims
from services.kit.database import Database
from services.kit.files import FileStore, hash_file
from services.kit.problems import Busy, Conflict, Problem, TooLarge

FORGOTTEN_AFTER = timedelta(days=1)
"""How long past its end an upload is left alone: whoever is still writing has gone by then."""
CLEANED_AT_ONCE = 20
PATIENCE = 40
"""Looks, a quarter of a second apart, at an upload that another request is completing."""


class FileDiffers(Problem):
    """All bytes are here, and they are not the file that was announced."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "file-differs",
        "收到的文件与所称的摘要不符，须从头再送",
    )
    next_step = "系统会从头再送；多次出现时请核对平板上的原文件"


class UploadExpired(Problem):
    """An upload that was not finished in time."""

    status, code, title = HTTPStatus.GONE, "upload-expired", "该上传已过期，请重新开始"


class UploadComplete(Conflict):
    """Giving up an upload whose file is here: evidence is not taken back this way."""

    code, title = "upload-complete", "该文件已经收齐，不能放弃"
    next_step = "收齐的证据原件不能撤回"


class Uploads:
    """The uploads of one caller: rows in the caller's name, bytes in the spool."""

    def __init__(
        self, database: Database, files: FileStore, settings: CaseSettings, claims: Claims
    ) -> None:
        self.database, self.files, self.settings, self.claims = database, files, settings, claims

    def spooled(self, id_: UUID) -> Path:
        """The spool file of an upload."""
        return self.files.spooled(f"upload-{id_}")

    async def begin(self, file: Announced) -> tuple[UploadRow, int]:
        """Begin an upload (开始上传): it, and how many bytes of it are here.

        A file that the region has already is complete at once.
        """
        row = await self._begun(file)
        return row, row.size if row.completed_at else spool.arrived(self.spooled(row.id))

    async def begin_with(
        self, file: Announced, chunk: AsyncIterator[bytes], length: int | None,
        checksum: spool.Checksum | None,
    ) -> tuple[UploadRow, int]:  # fmt: skip
        """The same, with its first chunk; for an upload that is here already that is not read."""
        id_ = file.id or uuid4()
        file, path = replace(file, id=id_), self.spooled(id_)
        # Held before anybody can know of it: whoever else asks for it now is told to wait.
        with spool.held(path) as held:
            try:
                row = await self._begun(file)
                if row.completed_at is not None:
                    path.unlink(missing_ok=True)
                    return row, row.size
            except BaseException:
                if held.made:
                    path.unlink(missing_ok=True)
                raise
            if held.size:
                return row, held.size
            return await self._append(row, held, chunk, length, checksum)

    async def _begun(self, file: Announced) -> UploadRow:
        if file.size > self.settings.file_bytes:
            raise TooLarge(f"文件超过 {self.settings.file_bytes >> 20} MB")
        now = datetime.now(UTC)
        values: dict[str, Any] = {
            "id": file.id or uuid4(), "region": self.claims.region, "account": self.claims.account,
            "sha256": file.sha256, "size": file.size, "media_type": file.media_type,
            "expires_at": now + timedelta(days=self.settings.upload_days),
        }  # fmt: skip
        begun = await self.database.call(
            self.claims, statements.BEGIN, values["id"], values["account"], file.sha256, file.size,
            file.media_type, values["expires_at"], now - FORGOTTEN_AFTER, CLEANED_AT_ONCE,
        )  # fmt: skip
        row = UploadRow(**values, offset=0, completed_at=None)
        if not begun["made"]:
            row = await self._known(values, now)
            if row.completed_at is not None:
                await self._tell_elsewhere(row)
        for id_ in begun["given_up"]:
            await self._forget(id_)
        return row

    async def _known(self, values: dict[str, Any], now: datetime) -> UploadRow:
        """An upload of a file that the region has, or under an id that is there already."""
        file = values["sha256"], values["size"]
        async with self.database.transaction(self.claims) as session:
            if file in await queries.arrived(session, [values["sha256"]]):
                values |= {"offset": values["size"], "completed_at": now}
            new = insert(UploadRow).values(values).on_conflict_do_nothing().returning(UploadRow.id)
            row = UploadRow(**{"offset": 0, "completed_at": None} | values)
            if await session.scalar(new) is None:
                row = await queries.one(session, row.id)
                if (row.sha256, row.size) != file:
                    raise Conflict("该编号已用于另一个文件的上传")
            elif row.completed_at is not None:
                await arrive(session, self.claims, row)
        return row

    async def where(self, id_: UUID) -> tuple[UploadRow, int]:
        """An upload, and how many bytes of it are here. One that has all is completed first."""
        row = await self._open(id_)
        if row.completed_at is not None:
            return row, row.size
        path = self.spooled(id_)
        if spool.arrived(path) < row.size:
            return row, spool.arrived(path)
        # All bytes, yet not complete: a process died between the two, or is just about it.
        for _ in range(PATIENCE):
            try:
                async with self._alone(id_) as (row, held):
                    if row.completed_at is None:
                        row = await self._complete(row, path, held.handle)
                    return row, row.size
            except FileDiffers:
                return row, 0
            except spool.UploadLocked:
                await asyncio.sleep(0.25)
        raise Busy("该文件正在核对")

    async def append(
        self, id_: UUID, offset: int, chunk: AsyncIterator[bytes], length: int | None,
        checksum: spool.Checksum | None,
    ) -> tuple[UploadRow, int]:  # fmt: skip
        """Append a chunk (续传): the upload, and how many bytes of it are now durably here."""
        async with self._alone(id_) as (row, held):
            here = row.size if row.completed_at is not None else held.size
            if offset != here:
                raise spool.OffsetDiffers(f"服务器已收到 {here} 字节")
            if row.completed_at is not None:
                return row, here
            return await self._append(row, held, chunk, length, checksum)

    async def _append(
        self, row: UploadRow, held: spool.Held, chunk: AsyncIterator[bytes], length: int | None,
        checksum: spool.Checksum | None,
    ) -> tuple[UploadRow, int]:  # fmt: skip
        """A chunk after what is here already."""
        offset, path = held.size, self.spooled(row.id)
        most = min(self.settings.chunk_bytes, row.size - offset)
        if length is not None and length > most:
            raise TooLarge(f"这一段有 {length} 字节，至多可收 {most} 字节")
        reached, sha256 = await spool.append(
            path, held.handle, chunk, offset, row.size, most, checksum
        )
        if reached == row.size:
            return await self._complete(row, path, held.handle, sha256), reached
        async with self.database.transaction(self.claims) as session:
            await session.execute(
                update(UploadRow).where(UploadRow.id == row.id).values(offset=reached)
            )
        return row, reached

    async def end(self, id_: UUID) -> None:
        """Give up an upload (放弃上传); again: it is not found any more."""
        async with self._alone(id_) as (row, _):
            if row.completed_at is not None:
                raise UploadComplete()
            await self._forget(id_)

    @asynccontextmanager
    async def _alone(self, id_: UUID) -> AsyncIterator[tuple[UploadRow, spool.Held]]:
        """An upload as it stands once nobody else writes to it, and its spool file."""
        path = self.spooled(id_)
        if not path.exists():
            # Seen first: nothing is made for what is not the caller's.
            await self._open(id_)
        with spool.held(path) as held:
            try:
                row = await self._open(id_)
            except Problem:
                if held.made:
                    path.unlink(missing_ok=True)
                raise
            if row.completed_at is not None:
                path.unlink(missing_ok=True)
            yield row, held

    async def _open(self, id_: UUID) -> UploadRow:
        async with self.database.transaction(self.claims) as session:
            row = await queries.one(session, id_)
        if row.completed_at is None and row.expires_at <= datetime.now(UTC):
            raise UploadExpired()
        return row

    async def _complete(
        self, row: UploadRow, path: Path, handle: int, sha256: str | None = None
    ) -> UploadRow:
        """Check the whole, keep it, and tell whatever waits for it. Harmless to repeat.

        `sha256`: of the whole, where it was counted as it came.
        """
        if sha256 is None:
            sha256, _ = await asyncio.to_thread(hash_file, path)
        if sha256 != row.sha256:
            os.ftruncate(handle, 0)
            os.fsync(handle)
            raise FileDiffers()
        try:
            await self.files.store.keep(
                row.sha256, path, lambda: require_media(path, row.media_type)
            )
        except (NotAPhoto, NotThisMedia):
            # These bytes will never be what they are said to be.
            await self._forget(row.id)
            raise
        row.offset, row.completed_at = row.size, datetime.now(UTC)
        whole = await self.database.call(
            self.claims, statements.COMPLETE, queries.lock_of(row.sha256), row.id, row.sha256,
            row.size, row.media_type, row.completed_at,
        )  # fmt: skip
        if not whole["done"]:
            await self._tell(row)
        path.unlink(missing_ok=True)
        return row

    async def _tell(self, row: UploadRow) -> None:
        """Complete a file that something waits for."""
        # Before and after: what dies in between, and what is declared in between, is told all the same.
        await self._tell_elsewhere(row)
        async with self.database.transaction(self.claims) as session:
            await queries.lock(session, [row.sha256])
            await session.execute(
                update(UploadRow)
                .where(UploadRow.id == row.id)
                .values(offset=row.offset, completed_at=row.completed_at)
            )
            await arrive(session, self.claims, row)
        await self._tell_elsewhere(row)

    async def _tell_elsewhere(self, row: UploadRow) -> None:
        """Tell what the sender captured where he does not work any more (R9): his own, no other's."""
        if not self.claims.officer:
            return
        async with self.database.transaction(self.claims) as session:
            regions = await queries.awaiting(session, self.claims.officer, row.sha256, row.size)
        for region in regions:
            there = replace(self.claims, region=region)
            async with self.database.transaction(there) as session:
                await queries.lock(session, [row.sha256])
                await arrive(session, there, row, only=self.claims.officer)

    async def _forget(self, id_: UUID) -> None:
        # First the bytes: a row without bytes begins anew, bytes without a row would lie for ever.
        self.spooled(id_).unlink(missing_ok=True)
        async with self.database.transaction(self.claims) as session:
            await session.execute(delete(UploadRow).where(UploadRow.id == id_))


async def arrive(
    session: AsyncSession, claims: Claims, upload: UploadRow, *, only: str | None = None
) -> None:
    """Tell evidence and documents that wait for this file that it is here. `only`: of this officer."""
    evidence = await session.execute(
        update(EvidenceRow)
        .where(
            EvidenceRow.sha256 == upload.sha256,
            EvidenceRow.size == upload.size,
            EvidenceRow.received_at.is_(None),
            true() if only is None else EvidenceRow.declared_by == only,
        )
        .values(received_at=func.now())
        .returning(EvidenceRow.id, EvidenceRow.region, EvidenceRow.inspection_id)
    )
    inspections = set()
    for piece in evidence:
        inspections.add(piece.inspection_id)
        announce(
            session, claims, "evidence.received", piece.id, piece.region,
            inspection_id=str(piece.inspection_id), sha256=upload.sha256,
        )  # fmt: skip
    if inspections:
        await received(session, claims, inspections)
    if upload.media_type != "application/pdf":
        return
    documents = await session.execute(
        update(DocumentRow)
        .where(
            DocumentRow.pdf_sha256 == upload.sha256,
            DocumentRow.pdf_size == upload.size,
            DocumentRow.pdf_received_at.is_(None),
            true() if only is None else DocumentRow.issued_by == only,
        )
        .values(pdf_received_at=func.now())
        .returning(DocumentRow.id, DocumentRow.region)
    )
    for document in documents:
        announce(session, claims, "document.completed", document.id, document.region)
