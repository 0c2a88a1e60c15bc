"""Files that came inside a bundle (随附文件): taken as an upload is, once each."""

import asyncio
import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from services.case_svc.bundles.opening import Opened
from services.case_svc.bundles.schemas import FileInside
from services.case_svc.files.commands import Uploads
from services.case_svc.files.tus import Announced
from services.case_svc.settings import CaseSettings
from services.kit.claims import Claims
from services.kit.database import Database
from services.kit.files import FileStore
from services.kit.problems import Problem

ARRIVED = "arrived"
PIECE = 1 << 20


def bytes_of(text: str) -> bytes:
    """The bytes of base64url text without padding. ValueError when it is none."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def take(
    database: Database, store: FileStore, settings: CaseSettings, claims: Claims, bundle: Opened,
    inside: Sequence[FileInside],
) -> dict[str, str]:  # fmt: skip
    """Take each file that is here: hash → `arrived`, or the code of the problem it met."""
    uploads = Uploads(database, store, settings, claims)
    told, at = {}, bundle.files_at
    for file in inside:
        if not file.here:
            continue
        told[file.sha256] = await _one(uploads, bundle.content, at, file)
        at += file.size
    return told


async def _one(uploads: Uploads, content: Path, at: int, file: FileInside) -> str:
    try:
        row, _ = await uploads.begin(Announced(file.size, file.sha256, file.media_type))
        if row.completed_at is None:
            place = uploads.spooled(row.id)
            if await asyncio.to_thread(_copied, content, at, file.size, place) != file.sha256:
                place.unlink(missing_ok=True)
                return "file-differs"
            await uploads.where(row.id)
    except Problem as problem:
        return problem.code
    return ARRIVED


def _copied(content: Path, at: int, size: int, into: Path) -> str:
    """Copy a part of the content; its SHA-256."""
    digest = hashlib.sha256()
    with content.open("rb") as source, into.open("wb") as target:
        source.seek(at)
        while size and (piece := source.read(min(size, PIECE))):
            digest.update(piece)
            target.write(piece)
            size -= len(piece)
    return digest.hexdigest()
