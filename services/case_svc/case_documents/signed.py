"""Signed copies (签名件): a document is signed on paper after printing; its scan lies beside it, by hash."""

from collections.abc import Sequence
from uuid import UUID

from fastapi.responses import StreamingResponse
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.case_papers import SIGNED
from services.case_svc.case_documents.schemas import SignedCopy
from services.case_svc.case_documents.tables import SignedCopyRow
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.files.queries import streamed
from services.kit.files import FileStore
from services.kit.problems import NotFound


def wire(row: SignedCopyRow) -> SignedCopy:
    """A row as it stands on the wire."""
    return SignedCopy(**{name: getattr(row, name) for name in SignedCopy.model_fields})


async def of_case(session: AsyncSession, case: UUID) -> dict[UUID, list[SignedCopyRow]]:
    """Document → its signed copies, as they were put there."""
    rows = await session.scalars(
        select(SignedCopyRow)
        .where(SignedCopyRow.case_id == case)
        .order_by(SignedCopyRow.at, SignedCopyRow.id)
    )
    found: dict[UUID, list[SignedCopyRow]] = {}
    for one in rows:
        found.setdefault(one.document_id, []).append(one)
    return found


def unsigned(document: DocumentRow, copies: Sequence[object]) -> str:
    """By which article a document wants a signature that nobody has put beside it; empty: none.

    What a tablet issued bears its signatures in itself.
    """
    return "" if document.signatures or copies else SIGNED.get(document.kind, "")


async def content(
    session: AsyncSession, files: FileStore, case: UUID, document: UUID, id_: UUID
) -> StreamingResponse:
    """The bytes of a signed copy, as they came."""
    row = await session.get(SignedCopyRow, id_)
    if row is None or (row.case_id, row.document_id) != (case, document):
        raise NotFound("没有该签名件，或不在您的管辖范围内")
    name = f"{id_}.{row.media_type.rpartition('/')[2]}"
    return streamed(files, row.sha256, row.size, row.media_type, name=name, here=True)
