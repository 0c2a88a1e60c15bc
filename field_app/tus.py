"""Send a file by the tus protocol 1.0, from wherever the office says it stopped.

The address of an upload is kept before the first byte goes, so that a cut or a kill costs one
chunk at most. When the office has forgotten the upload, it is made again from the beginning.
"""

import base64
import hashlib
from typing import Any

import httpx

from field_app import receipts
from field_app.answers import Unknown, ask, problem_of
from field_app.crypt.chunks import Damaged, Reader
from field_app.files import FileMissing
from field_app.moments import kept, now
from field_app.receipt_keys import keys_for
from field_app.shelves.outbox import Upload
from field_app.store import Store
from field_app.together import Together
from field_app.wire import Problem

CHUNK = 8 << 20
"""Of a chunk that is cut the office keeps what came: a large one costs no more than a small one."""
AT_ONCE = 4 << 20
"""A file of at most so many bytes goes with the announcement: of what the office has already, no
more than this is sent in vain."""
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


async def send(
    store: Store, office: httpx.AsyncClient, upload: Upload, together: Together | None = None
) -> bool:
    """Send one file to its end; True when the office has all of it.

    Raises Unknown when the network does not allow more now. A refusal is kept with the file.
    `together`: of the files that go side by side, which keeps the receipt with theirs.
    """
    keeping = together or Together(store)
    if upload.size > AT_ONCE:
        keeping.keep()  # nothing that has arrived waits for what takes long
    try:
        with store.files.reader(upload.path) as reader:
            file = _File(reader, upload)
            url = await _send(store, office, upload, file, keeping)
    except (FileMissing, Damaged):
        problem: Problem = {"code": "file-missing", "title": "本机文件缺失或已损坏，无法送出"}
        store.outbox.upload_refused(upload.sha256, problem)
        return False
    except _Refused as refused:
        store.outbox.upload_refused(upload.sha256, problem_of(refused.answer))
        return False
    about = {"url": url, "sha256": upload.sha256, "confirmed_at": kept(now())}
    receipt = await _receipt(store, office, upload, file) if file.receipt else None
    keeping.arrived(upload.sha256, receipt or about)
    if together is None:
        keeping.keep()
    return True


async def _receipt(
    store: Store, office: httpx.AsyncClient, upload: Upload, file: "_File"
) -> dict[str, Any]:
    """The office's signed word for this file. Unknown for one that cannot be believed: it is asked
    for again, and no byte goes twice for it.
    """
    told = receipts.of_file(file.receipt)
    if told is None:
        raise Unknown("文件回执无法读取")
    keys = await keys_for(store, office, {str(told["key"])})
    if problem := receipts.doubt_of_file(told, upload.sha256, upload.size, keys):
        raise Unknown(problem["title"])
    return told


class _File:
    """A file as it is sent: its last byte goes only when all of them are the file."""

    def __init__(self, reader: Reader, upload: Upload) -> None:
        self._reader, self._upload = reader, upload
        self._digest, self._at = hashlib.sha256(), 0
        self.receipt = ""
        """What the office said last, in the header `zhifa-receipt`; an older office says nothing."""
        if reader.size != upload.size:
            raise Damaged("not as long as it was")

    def chunk(self, offset: int) -> tuple[bytes, bytes]:
        """The chunk from here on, and its SHA-256. Raises Damaged."""
        if offset < self._at:
            self._digest, self._at = hashlib.sha256(), 0
        while self._at < offset:
            self._count(self._reader.read(self._at, min(CHUNK, offset - self._at)))
        chunk = self._reader.read(offset, CHUNK)
        self._count(chunk)
        whole = self._at == self._upload.size
        if whole and self._digest.hexdigest() != self._upload.sha256:
            raise Damaged("not what it was")
        # Of a file in one chunk both are the same.
        alone = whole and offset == 0
        return chunk, self._digest.digest() if alone else hashlib.sha256(chunk).digest()

    def hear(self, answer: httpx.Response) -> None:
        """Keep the receipt that an answer brings."""
        self.receipt = answer.headers.get("zhifa-receipt", "")

    def _count(self, data: bytes) -> None:
        self._digest.update(data)
        self._at += len(data)


async def _send(
    store: Store, office: httpx.AsyncClient, upload: Upload, file: _File, together: Together
) -> str:
    url = upload.url
    # The office tells a whole file's size only after it has hashed and kept it.
    for _ in range(TRIES):
        try:
            if url is None:
                url, offset = await _begin(store, office, upload, file, together)
            else:
                offset = await _where(office, url, upload, file)
            await _append(store, office, upload, file, url, offset)
        except _Forgotten:
            url = None
            store.outbox.upload_at(upload.sha256, None, 0)
        else:
            return url
    raise Unknown("上传反复中断")


def _spelled(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


async def _begin(
    store: Store, office: httpx.AsyncClient, upload: Upload, file: _File, together: Together
) -> tuple[str, int]:
    """A new upload, a small file at once with it: its address, and how much the office has.

    The address is of our own making, so that what a cut leaves there is found again.
    """
    url = together.address(upload.sha256)
    about = {"id": url.rpartition("/")[2], "sha256": upload.sha256, "media_type": upload.media_type}
    headers = VERSION | {
        "upload-length": str(upload.size),
        "upload-metadata": ",".join(f"{name} {_spelled(one)}" for name, one in about.items()),
    }
    content = None
    if upload.size <= min(AT_ONCE, CHUNK):
        content, checksum = file.chunk(0)
        headers |= _of_chunk(checksum)
    answer = await ask(office, "POST", "/v1/files", content=content, headers=headers)
    if answer.is_client_error:
        if _disagrees(answer):
            return url, await _where(office, url, upload, file)
        raise _Refused(answer)
    file.hear(answer)
    location = answer.headers.get("location")
    if not location:
        raise Unknown("应答不完整")
    # Only the path: the office may know itself by another name than the gateway's.
    url = httpx.URL(str(office.base_url)).join(location).raw_path.decode()
    offset = _offset(answer, upload) if "upload-offset" in answer.headers else 0
    _note(store, upload, url, offset)
    return url, offset


def _of_chunk(checksum: bytes) -> dict[str, str]:
    return VERSION | {
        "upload-checksum": f"sha256 {base64.b64encode(checksum).decode()}",
        "content-type": "application/offset+octet-stream",
    }


def _note(store: Store, upload: Upload, url: str, offset: int) -> None:
    """Keep how far a file has come; that it is there is kept with its receipt."""
    if offset < upload.size:
        store.outbox.upload_at(upload.sha256, url, offset)


async def _where(office: httpx.AsyncClient, url: str, upload: Upload, file: _File) -> int:
    """How many bytes the office has, of this very file."""
    answer = await ask(office, "HEAD", url, headers=VERSION)
    if answer.status_code in FORGOTTEN:
        raise _Forgotten
    if not answer.is_success:
        raise _Refused(answer)
    file.hear(answer)
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
    store: Store, office: httpx.AsyncClient, upload: Upload, file: _File, url: str, offset: int
) -> None:
    """Chunk after chunk; after a disagreement about the offset, the office's word counts."""
    disagreements = 0
    while offset < upload.size:
        chunk, checksum = file.chunk(offset)
        headers = _of_chunk(checksum) | {"upload-offset": str(offset)}
        answer = await ask(office, "PATCH", url, content=chunk, headers=headers)
        if answer.status_code in FORGOTTEN:
            raise _Forgotten
        file.hear(answer)
        if answer.is_success and (reached := _offset(answer, upload)) > offset:
            offset = reached
        elif answer.is_success or _disagrees(answer):
            disagreements += 1
            if disagreements > TRIES:
                raise Unknown("上传反复中断")
            offset = await _where(office, url, upload, file)
        else:
            raise _Refused(answer)
        _note(store, upload, url, offset)
