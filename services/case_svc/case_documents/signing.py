"""Putting the scan of a signed document beside it (放入签名件)."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.media import PICTURE, family
from lawbook.penalty.act import BEIJING
from lawbook.penalty.refusals import DayAhead
from lawbook.penalty.stages import Stage
from services.case_svc.carrying_on import require_unit
from services.case_svc.case_documents.refusals import (
    DocumentIsVoid,
    DocumentOfASealedCase,
    NoDocumentOfThisCase,
    NoScan,
)
from services.case_svc.case_documents.schemas import SignedCopy, SignedCopyBody
from services.case_svc.case_documents.signed import wire
from services.case_svc.case_documents.tables import CaseDocumentVoidRow, SignedCopyRow
from services.case_svc.cases import reading
from services.case_svc.cases.commands import not_ahead
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.files.queries import NotArrived
from services.case_svc.files.tables import UploadRow
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.once import enter_once, entered

PDF = "application/pdf"


async def put(
    session: AsyncSession, claims: Claims, case: UUID, document: UUID, id_: UUID,
    body: SignedCopyBody,
) -> SignedCopy:  # fmt: skip
    """Put the scan of a signed document beside it; the same again changes nothing.

    Refuses NoDocumentOfThisCase, DocumentOfASealedCase, DocumentIsVoid, NotArrived, NoScan, DayAhead.
    """
    row = await reading.one(session, case, lock=True)
    await require_unit(session, claims, row.unit)
    signed = await session.get(DocumentRow, document)
    if signed is None or signed.case_id != case:
        raise NoDocumentOfThisCase
    if known := await entered(session, SignedCopyRow, id_, body):
        return wire(known)
    if row.stage == Stage.ARCHIVED:
        raise DocumentOfASealedCase
    if await session.get(CaseDocumentVoidRow, document):
        raise DocumentIsVoid
    not_ahead(body.at)
    if body.signed_on > body.at.astimezone(BEIJING).date():
        raise DayAhead("签名日期晚于放入案件的日期")
    file = await session.scalar(
        select(UploadRow)
        .where(UploadRow.sha256 == body.sha256, UploadRow.completed_at.is_not(None))
        .limit(1)
    )
    if file is None:
        raise NotArrived
    if file.media_type != PDF and family(file.media_type) != PICTURE:
        raise NoScan
    made, _ = await enter_once(
        session, SignedCopyRow, id_, body, document_id=document, case_id=case, region=row.region,
        size=file.size, media_type=file.media_type, by=claims.who, **body.model_dump(),
    )  # fmt: skip
    announce(session, claims, "document.signed", document, row.region, case_id=str(case))
    await session.flush()
    return wire(made)
