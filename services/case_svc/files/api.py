"""Doors to files (文件), by tus 1.0: creation, checksum, expiration, termination."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from starlette.requests import ClientDisconnect

from lawbook.journal import spelled
from services.case_svc.files import tus
from services.case_svc.files.commands import Uploads
from services.case_svc.files.spool import Checksum
from services.case_svc.files.tables import UploadRow
from services.case_svc.files.whole import Taken, take
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase
from services.kit.letters import moment
from services.kit.receipts import Signer, text_of

router = APIRouter(tags=["文件"], route_class=tus.TusRoute)
RECEIPT = "Zhifa-Receipt"
"""Header of every answer about an upload that is complete: its signed receipt, JSON as base64url."""
whole_router = APIRouter(tags=["文件"])
"""What a browser at the desk sends in one piece."""


async def _uploads(
    request: Request, claims: Annotated[Claims, requires(Permission.EVIDENCE_WRITE)],
    database: TheDatabase,
) -> Uploads:  # fmt: skip
    tus.require_version(request)
    return Uploads(database, request.app.state.files, request.app.state.settings, claims)


TheUploads = Annotated[Uploads, Depends(_uploads)]


@router.options("/files", status_code=HTTPStatus.NO_CONTENT)
async def describe(request: Request) -> Response:
    """What this server can do (断点续传能力)."""
    return Response(
        status_code=HTTPStatus.NO_CONTENT,
        headers={
            "Tus-Version": tus.VERSION,
            "Tus-Extension": "creation,creation-with-upload,checksum,expiration,termination",
            "Tus-Checksum-Algorithm": ",".join(tus.ALGORITHMS),
            "Tus-Max-Size": str(request.app.state.settings.file_bytes),
        },
    )


@router.post("/files", status_code=HTTPStatus.CREATED)
async def begin_upload(request: Request, uploads: TheUploads) -> Response:
    """Begin an upload (开始上传), with its first chunk where one comes along.

    A file that the region has already is complete at once. Said again with the same id, the answer
    is where the upload stands.
    """
    file = tus.announced(request)
    if request.headers.get("content-type") == tus.CHUNK_TYPE:
        row, offset = await _appended(
            request, lambda length, checksum: uploads.begin_with(
                file, request.stream(), length, checksum
            )
        )  # fmt: skip
    else:
        row, offset = await uploads.begin(file)
    headers = _headers(request, row, offset) | {"Location": f"/v1/files/{row.id}"}
    return Response(status_code=HTTPStatus.CREATED, headers=headers)


@router.head("/files/{upload_id}")
async def read_offset(upload_id: UUID, request: Request, uploads: TheUploads) -> Response:
    """How many bytes of an upload are here (已收到多少)."""
    row, offset = await uploads.where(upload_id)
    about = tus.spelled({"sha256": row.sha256, "media_type": row.media_type})
    headers = _headers(request, row, offset) | {
        "Upload-Length": str(row.size),
        "Upload-Metadata": about,
        "Cache-Control": "no-store",
    }
    return Response(headers=headers)


@router.patch("/files/{upload_id}", status_code=HTTPStatus.NO_CONTENT)
async def append_chunk(upload_id: UUID, request: Request, uploads: TheUploads) -> Response:
    """Append a chunk where the file stands (续传)."""
    if request.headers.get("content-type") != tus.CHUNK_TYPE:
        raise tus.NotAChunk()
    offset = tus.number(request, "upload-offset")
    row, offset = await _appended(
        request, lambda length, checksum: uploads.append(
            upload_id, offset, request.stream(), length, checksum
        )
    )  # fmt: skip
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=_headers(request, row, offset))


@whole_router.put("/files/{upload_id}")
async def take_file(
    upload_id: UUID, request: Request,
    claims: Annotated[Claims, requires(Permission.EVIDENCE_WRITE)], database: TheDatabase,
) -> Taken:  # fmt: skip
    """Take a whole file in one request; Content-Type says what it is (整件上传)."""
    state = request.app.state
    media_type = request.headers.get("content-type", "").partition(";")[0].strip()
    try:
        return await take(
            database, state.files, state.settings, claims, upload_id, media_type, request.stream()
        )
    except ClientDisconnect as cut:
        raise tus.Cut() from cut


@router.delete("/files/{upload_id}", status_code=HTTPStatus.NO_CONTENT)
async def end_upload(upload_id: UUID, uploads: TheUploads) -> Response:
    """Give up an upload that is not complete (放弃上传); what has arrived is removed."""
    await uploads.end(upload_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _appended(
    request: Request,
    append: Callable[[int | None, Checksum | None], Awaitable[tuple[UploadRow, int]]],
) -> tuple[UploadRow, int]:
    """What became of the chunk that a request brings. `append` takes its length and checksum."""
    length = tus.number(request, "content-length") if "content-length" in request.headers else None
    try:
        return await append(length, tus.checksum(request))
    except ClientDisconnect as cut:
        raise tus.Cut() from cut


def _headers(request: Request, row: UploadRow, offset: int) -> dict[str, str]:
    headers = {"Upload-Offset": str(offset)}
    if row.completed_at is None:
        headers["Upload-Expires"] = tus.moment(row.expires_at)
    else:
        signer: Signer = request.app.state.receipt_signer
        headers[RECEIPT] = text_of(spelled(signer.sign(_receipt(row, row.completed_at))))
    return headers


def _receipt(row: UploadRow, at: datetime) -> dict[str, Any]:
    """What is signed for a file that is here, whole and checked (文件回执)."""
    return {
        "file": row.sha256, "size": row.size, "media_type": row.media_type, "upload": str(row.id),
        "received_at": moment(at), "state": "kept",
    }  # fmt: skip
