"""Doors to archived cases (案卷)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.responses import StreamingResponse

from services.case_svc.archives import commands, queries, verifying
from services.case_svc.archives.schemas import (
    Archive,
    ArchiveBody,
    Contents,
    Purpose,
    ReadingPage,
    Verification,
)
from services.case_svc.packs.content import ContentFolder
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.kit.files import FileStore
from services.kit.receipts import Signer

router = APIRouter(tags=["案卷"])
Reader = Annotated[Claims, requires(Permission.CASE_READ)]
Archivist = Annotated[Claims, requires(Permission.CASE_ARCHIVE)]
Sealer = Annotated[Claims, requires(Permission.CASE_ACT)]
"""Who may stand in for an archivist comes by the door of acts; `commands.archive` asks the capacity."""


def _files(request: Request) -> FileStore:
    held: FileStore = request.app.state.files
    return held


def _signer(request: Request) -> Signer:
    held: Signer = request.app.state.receipt_signer
    return held


@router.put("/cases/{case_id}/archive")
async def archive_case(
    case_id: UUID, body: Annotated[ArchiveBody, Body()], request: Request, claims: Sealer,
    folder: ContentFolder, session: Transaction,
) -> Archive:  # fmt: skip
    """Archive a case and seal its file, once everything is accounted for (立卷归档、封卷)."""
    row = await commands.archive(
        session, claims, folder, _files(request), _signer(request), case_id, body
    )
    return queries.wire(row)


@router.get("/cases/{case_id}/archive")
async def read_archive(
    case_id: UUID, claims: Reader, session: Transaction,
    purpose: Annotated[Purpose, Query()] = "查看目录",
) -> Archive:  # fmt: skip
    """Cover, catalogue and seal of an archived case; the reading is recorded (查阅案卷目录)."""
    row = await queries.read(session, claims, case_id, what="catalogue", purpose=purpose)
    return queries.wire(row)


@router.get("/cases/{case_id}/archive/contents")
async def read_contents(
    case_id: UUID, claims: Reader, folder: ContentFolder, session: Transaction
) -> Contents:
    """What the file of a case will hold, and what stands against sealing it (卷内材料)."""
    return await queries.contents(session, folder, case_id)


@router.get("/cases/{case_id}/archive/package", response_class=StreamingResponse)
async def read_package(
    case_id: UUID, request: Request, claims: Reader, session: Transaction,
    purpose: Annotated[Purpose, Query()],
) -> StreamingResponse:  # fmt: skip
    """The whole file as a BagIt package in a ZIP; the reading is recorded (调阅案卷)."""
    row = await queries.read(session, claims, case_id, what="package", purpose=purpose)
    return StreamingResponse(
        _files(request).store.read(row.package_sha256), media_type="application/zip",
        headers={
            "Content-Length": str(row.package_size), "ETag": f'"{row.package_sha256}"',
            "Content-Disposition": f'attachment; filename="{case_id}.zip"',
            "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
        },
    )  # fmt: skip


@router.get("/cases/{case_id}/archive/file", response_class=Response)
async def read_file(
    case_id: UUID, request: Request, claims: Reader, session: Transaction,
    purpose: Annotated[Purpose, Query()],
) -> Response:  # fmt: skip
    """Cover, catalogue and every numbered page as one PDF; the reading is recorded (查阅案卷)."""
    row = await queries.read(session, claims, case_id, what="file", purpose=purpose)
    content = await queries.whole(_files(request), row)
    return Response(
        content, media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{case_id}.pdf"', "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )  # fmt: skip


@router.get("/cases/{case_id}/archive/readings")
async def list_readings(case_id: UUID, claims: Archivist, session: Transaction) -> ReadingPage:
    """Who read an archived case, when, and what for (查阅记录)."""
    return await queries.readings(session, case_id)


@router.get("/cases/{case_id}/archive/verification")
async def verify_archive(
    case_id: UUID, request: Request, claims: Archivist, session: Transaction
) -> Verification:
    """The package, the rows and the files compared with one another and with the seal (核验案卷)."""
    row = await queries.one(session, case_id)
    found = await verifying.verify(session, _files(request), row, _signer(request).public_keys)
    return verifying.wire(found)
