"""tus 1.0 as headers: what is asked for, what is answered, and that every answer says so."""

import base64
import binascii
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError

from services.case_svc.files.media import MEDIA_TYPES
from services.case_svc.files.spool import Checksum
from services.kit.problems import Malformed, Problem, from_database, malformed

VERSION = "1.0.0"
ALGORITHMS = ("sha1", "sha256")
"""Of checksums of chunks. Ours is sha256; tus asks every server for sha1."""
RESUMABLE = {"Tus-Resumable": VERSION}
CHUNK_TYPE = "application/offset+octet-stream"


class OtherVersion(Problem):
    """A client that speaks another version of tus."""

    status, code, title = HTTPStatus.PRECONDITION_FAILED, "tus-version", "不支持的断点续传版本"
    headers: dict[str, str] | None = {"Tus-Version": VERSION}  # noqa: RUF012


class NotAChunk(Problem):
    """A PATCH whose content is not a chunk of a file."""

    status, code, title = (
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "not-a-chunk",
        f"内容类型应为 {CHUNK_TYPE}",
    )


class Cut(Problem):
    """A connection that broke in the middle of a chunk. Nobody hears this; the log does."""

    code, title = "connection-cut", "连接中断，已收到的部分已保留"


class HeaderUnreadable(Problem):
    """A tus header that is missing or says nothing that can be used."""

    status, code, title = HTTPStatus.BAD_REQUEST, "header-unreadable", "断点续传的请求头不正确"


@dataclass(frozen=True, slots=True)
class Announced:
    """What a creation says of the file to come."""

    size: int
    sha256: str
    media_type: str
    id: UUID | None = None
    """By which the client will know the upload, when it says so: it can ask after it even if the
    answer to the creation is lost."""


class TusRoute(APIRoute):
    """A route whose every answer, refusals too, carries Tus-Resumable."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler, with its problems told in tus's manner."""
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                response = await handler(request)
            except Problem as problem:
                problem.headers = {**(problem.headers or {}), **RESUMABLE}
                raise
            except RequestValidationError as error:
                unreadable = malformed(list(error.errors()))
                unreadable.headers = dict(RESUMABLE)
                raise unreadable from error
            except DBAPIError as error:
                refused = from_database(error)
                refused.headers = {**(refused.headers or {}), **RESUMABLE}
                raise refused from error
            response.headers.update(RESUMABLE)
            return response

        return told


def require_version(request: Request) -> None:
    """The one version that is spoken here."""
    if request.headers.get("tus-resumable") != VERSION:
        raise OtherVersion(f"应为 Tus-Resumable: {VERSION}")


def announced(request: Request) -> Announced:
    """Length, hash and type of the file that a creation announces."""
    if "upload-defer-length" in request.headers:
        raise HeaderUnreadable("须在开始时说明文件长度")
    metadata = _metadata(request.headers.get("upload-metadata", ""))
    sha256, media_type = metadata.get("sha256", ""), metadata.get("media_type", "")
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise Malformed("须说明文件的 SHA-256（Upload-Metadata: sha256）")
    if media_type not in MEDIA_TYPES:
        raise Malformed(
            f"不接收 {media_type or '未说明类型'} 的文件；可用：{'、'.join(MEDIA_TYPES)}"
        )
    size = number(request, "upload-length")
    if size < 1:
        raise Malformed("文件是空的")
    try:
        id_ = UUID(metadata["id"]) if "id" in metadata else None
    except ValueError as error:
        raise Malformed("上传的编号应为 UUID（Upload-Metadata: id）") from error
    return Announced(size, sha256, media_type, id_)


def number(request: Request, header: str) -> int:
    """A header that holds a whole number."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise HeaderUnreadable(f"缺少 {header}，或不是整数")
    return int(text)


def checksum(request: Request) -> Checksum | None:
    """What a chunk must come to, when it says so."""
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, value = text.partition(" ")
    if algorithm not in ALGORITHMS:
        raise HeaderUnreadable(f"Upload-Checksum 只支持 {'、'.join(ALGORITHMS)}")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise HeaderUnreadable("Upload-Checksum 不是 Base64") from error
    return Checksum(algorithm, digest)


def spelled(metadata: Mapping[str, str]) -> str:
    """Upload-Metadata of these values."""
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in metadata.items()
    )


def moment(at: datetime) -> str:
    """A moment as HTTP spells it."""
    return format_datetime(at, usegmt=True)


def _metadata(header: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:
            raise HeaderUnreadable("Upload-Metadata 不是 Base64") from error
    return found
