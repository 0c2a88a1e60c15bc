"""Reading archived cases (查阅): each reading leaves a trace, in the transaction that reads."""

import asyncio
import hashlib
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.archive.casefile import WHOLE
from lawbook.archive.catalogue import in_order
from lawbook.paper_matching import lacking
from services.case_svc.archives import pieces
from services.case_svc.archives.packing import member
from services.case_svc.archives.refusals import NoBoundFile, NotArchived, PackageChanged
from services.case_svc.archives.schemas import (
    Archive,
    Contents,
    PieceToCome,
    Reading,
    ReadingPage,
)
from services.case_svc.archives.tables import ArchiveReadingRow, CaseArchiveRow
from services.case_svc.cases import reading
from services.case_svc.cases.papers import issued
from services.case_svc.cases.schemas import PaperWanting
from services.case_svc.cases.world import law
from services.kit.claims import Claims
from services.kit.files import FileStore

SHOWN = 500


async def one(session: AsyncSession, id_: UUID) -> CaseArchiveRow:
    """The archived case; NotFound when the case is out of sight, NotArchived when it is not sealed."""
    found = await session.get(CaseArchiveRow, id_)
    if found is None:
        await reading.one(session, id_)
        raise NotArchived
    return found


def wire(row: CaseArchiveRow) -> Archive:
    """A row as it stands on the wire."""
    plain: dict[str, Any] = {name: getattr(row, name) for name in Archive.model_fields}
    return Archive.model_validate(plain)


async def read(
    session: AsyncSession, claims: Claims, id_: UUID, *, what: str, purpose: str
) -> CaseArchiveRow:
    """The archived case, and the trace of its having been read."""
    found = await one(session, id_)
    session.add(
        ArchiveReadingRow(
            id=uuid4(), case_id=id_, region=found.region, account=claims.account, name=claims.name,
            unit=claims.unit, what=what, purpose=purpose,
        )
    )  # fmt: skip
    await session.flush()
    return found


async def contents(session: AsyncSession, folder: Path, id_: UUID) -> Contents:
    """What would go into the file now, and what is lacking; of a sealed case only that it is sealed."""
    row = await reading.one(session, id_)
    if await session.get(CaseArchiveRow, id_) is not None:
        return Contents(sealed=True, pieces=[], lacking=[], papers=[])
    case = reading.folded(await reading.act_rows(session, id_))
    found = await pieces.looked_through(session, row, case, law(folder))
    return Contents(
        sealed=False,
        pieces=[
            PieceToCome(id=one.id, sort=one.sort, number=one.number, title=one.title, on=one.on)
            for one in in_order(found.pieces)
        ],
        lacking=list(found.lacking),
        papers=[
            PaperWanting.model_validate(one.plain())
            for one in lacking(case, await issued(session, row), sealing=True)
        ],
    )


async def whole(files: FileStore, row: CaseArchiveRow) -> bytes:
    """The bound file out of the package (案卷.pdf), as the cover holds its sum.

    NoBoundFile for a case that was sealed before there was one; PackageChanged.
    """
    wanted = row.cover.get("drawn", {}).get(WHOLE)
    if wanted is None:
        raise NoBoundFile
    try:
        async with files.on_disk(row.package_sha256) as package:
            content = await asyncio.to_thread(member, package, f"{row.case_id}/data/{WHOLE}")
    except (OSError, KeyError, zipfile.BadZipFile):
        raise PackageChanged from None
    if hashlib.sha256(content).hexdigest() != wanted:
        raise PackageChanged
    return content


async def readings(session: AsyncSession, id_: UUID) -> ReadingPage:
    """Who read it, the latest first."""
    await one(session, id_)
    found = await session.scalars(
        select(ArchiveReadingRow)
        .where(ArchiveReadingRow.case_id == id_)
        .order_by(ArchiveReadingRow.read_at.desc(), ArchiveReadingRow.id)
        .limit(SHOWN)
    )
    return ReadingPage(items=[Reading.model_validate(one) for one in found])
