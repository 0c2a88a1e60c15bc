"""Send a file by the tus protocol 1.0, from wherever the office says it stopped.

The address of an upload is kept before the first byte goes, so that a cut or a kill costs one
chunk at most. When the office has forgotten the upload, it is made again from the beginning.
"""

import base64
import hashlib

import httpx

from field_app.answers import Unknown, ask, problem_of
from field_app.moments import kept, now
from field_app.shelves.outbox import Upload
from field_app.store import Store

CHUNK = 8 << 20
"""Of a chunk that is cut the office keeps what came: a large one costs no more than a small one."""
VERSION = {"tus-resumable": "1.0.0"}
FORGOTTEN = frozenset((404, 410))
CHECKSUM_MISMATCH = 460
FILE_DIFFERS = "file-differs"
TRIES = 4


class _Forgotten(Exception):
    """The office does not know this upload any more."""


class _Refused(Exception):
    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


async def send(store: Store, office: httpx.AsyncClient, upload: Upload) -> bool:
    """Send one file to its end; True when the office has all of it.

    Raises Unknown when the network does not allow more now. A refusal is kept with the file.
    """
    if not store.files.whole(upload.path, upload.sha256):
        store.outbox.upload_refused(
            upload.sha256, {"code": "file-missing", "title": "本机文件缺失或已损坏，无法送出"}
        )
        return False
    url, offset = upload.url, upload.offset
    # The office tells a whole file's size only after it has hashed and kept it.
    try:
        for _ in range(TRIES):
            try:
                if url is None:
                    url, offset = await _create(office, upload)
                    store.outbox.upload_at(upload.sha256, url, offset)
                else:
                    offset = await _where(office, url, upload)
                await _append(store, office, upload, url, offset)
            except _Forgotten:
                url = None
                store.outbox.upload_at(upload.sha256, None, 0)
            else:
                break
        else:
            raise Unknown("上传反复中断")
    except _Refused as refused:
        store.outbox.upload_refused(upload.sha256, problem_of(refused.answer))
        return False
    store.outbox.upload_done(
        upload.sha256, {"url": url, "sha256": upload.sha256, "confirmed_at": kept(now())}
    )
    return True


def _spelled(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


async def _create(office: httpx.AsyncClient, upload: Upload) -> tuple[str, int]:
    """The address of a new upload, and how much of the file the office has had all along."""
    metadata = f"sha256 {_spelled(upload.sha256)},media_type {_spelled(upload.media_type)}"
    headers = VERSION | {"upload-length": str(upload.size), "upload-metadata": metadata}
    answer = await ask(office, "POST", "/v1/files", headers=headers)
    if answer.is_client_error:
        raise _Refused(answer)
    location = answer.headers.get("location")
    if not location:
        raise Unknown("应答不完整")
    # Only the path: the office may know itself by another name than the gateway's.
    url = httpx.URL(str(office.base_url)).join(location).raw_path.decode()
    return url, _offset(answer, upload) if "upload-offset" in answer.headers else 0


async def _where(office: httpx.AsyncClient, url: str, upload: Upload) -> int:
    """How many bytes the office has, of this very file."""
    answer = await ask(office, "HEAD", url, headers=VERSION)
    if answer.status_code in FORGOTTEN:
        raise _Forgotten
    if not answer.is_success:
        raise _Refused(answer)
    metadata = answer.headers.get("upload-metadata")
    if metadata and f"sha256 {_spelled(upload.sha256)}" not in metadata.split(","):
        raise _Forgotten
    return _offset(answer, upload)


def _disagrees(answer: httpx.Response) -> bool:
    """The office has something else than we think: ask it what, and go on from there."""
    at_once = (httpx.codes.CONFLICT, httpx.codes.LOCKED, CHECKSUM_MISMATCH)
    return answer.status_code in at_once or problem_of(answer)["code"] == FILE_DIFFERS


def _offset(answer: httpx.Response, upload: Upload) -> int:
    try:
        offset = int(answer.headers["upload-offset"])
    except (KeyError, ValueError) as error:
        raise Unknown("应答不完整") from error
    if not 0 <= offset <= upload.size:
        raise _Forgotten
    return offset


async def _append(
    store: Store, office: httpx.AsyncClient, upload: Upload, url: str, offset: int
) -> None:
    """Chunk after chunk; after a disagreement about the offset, the office's word counts."""
    disagreements = 0
    with store.files.reader(upload.path) as source:
        while offset < upload.size:
            chunk = source.read(offset, CHUNK)
            checksum = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
            answer = await ask(
                office,
                "PATCH",
                url,
                content=chunk,
                headers=VERSION
                | {
                    "upload-offset": str(offset),
                    "upload-checksum": f"sha256 {checksum}",
                    "content-type": "application/offset+octet-stream",
                },
            )
            if answer.status_code in FORGOTTEN:
                raise _Forgotten
            if answer.is_success and (reached := _offset(answer, upload)) > offset:
                offset = reached
            elif answer.is_success or _disagrees(answer):
                disagreements += 1
                if disagreements > TRIES:
                    raise Unknown("上传反复中断")
                offset = await _where(office, url, upload)
            else:
                raise _Refused(answer)
            store.outbox.upload_at(upload.sha256, url, offset)
