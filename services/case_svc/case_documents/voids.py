"""Voiding documents of a case (作废): the bytes and the number stay, they count for nothing more."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.case_papers import SERVED_AS
from lawbook.penalty.case import Case
from lawbook.penalty.stages import Stage
from services.case_svc.carrying_on import require_unit
from services.case_svc.case_documents import signed
from services.case_svc.case_documents.refusals import (
    DocumentOfASealedCase,
    DocumentServed,
    NoDocumentOfThisCase,
)
from services.case_svc.case_documents.schemas import (
    CaseDocument,
    CaseDocumentList,
    VoidBody,
    VoidTold,
)
from services.case_svc.case_documents.tables import CaseDocumentVoidRow, SignedCopyRow
from services.case_svc.cases import reading
from services.case_svc.cases.tables import CaseRow
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.once import enter_once, entered


async def issued(session: AsyncSession, case: CaseRow) -> Sequence[DocumentRow]:
    """All that was issued in a case and in its inspection, void or not; the earliest first."""
    here = DocumentRow.case_id == case.id
    if case.inspection_id is not None:
        here = or_(here, DocumentRow.inspection_id == case.inspection_id)
    rows = await session.scalars(
        select(DocumentRow).where(here).order_by(DocumentRow.issued_at, DocumentRow.id)
    )
    return list(rows)


async def voids(session: AsyncSession, case: UUID) -> dict[UUID, CaseDocumentVoidRow]:
    """Document → how it became void."""
    rows = await session.scalars(
        select(CaseDocumentVoidRow).where(CaseDocumentVoidRow.case_id == case)
    )
    return {row.id: row for row in rows}


async def listed(session: AsyncSession, case: UUID) -> CaseDocumentList:
    """Every issued document of a case as the page of the case shows it."""
    row = await reading.one(session, case)
    void, copies = await voids(session, case), await signed.of_case(session, case)
    return CaseDocumentList(
        items=[
            told(one, case, void.get(one.id), copies.get(one.id, ()))
            for one in await issued(session, row)
        ]
    )


def told(
    row: DocumentRow, case: UUID, void: CaseDocumentVoidRow | None,
    copies: Sequence[SignedCopyRow] = (),
) -> CaseDocument:  # fmt: skip
    """An issued document on the wire."""
    said = VoidTold(reason=void.reason, at=void.voided_at, by=void.voided_by) if void else None
    return CaseDocument(
        id=row.id, kind=row.kind, name=row.name, number=row.number, issued_at=row.issued_at,
        issued_by=row.issued_by, of_case=row.case_id == case, void=said, act=row.act_id,
        party=str(row.data.get("party_name") or "") if row.case_id == case else "",
        signed=[signed.wire(one) for one in copies],
        to_sign=signed.unsigned(row, copies) if row.case_id == case and not void else "",
    )  # fmt: skip


async def void(
    session: AsyncSession, claims: Claims, case: UUID, id_: UUID, body: VoidBody
) -> CaseDocument:
    """Void a document of the case (作废); the same again changes nothing.

    Refuses NoDocumentOfThisCase, DocumentServed, DocumentOfASealedCase.
    """
    row = await reading.one(session, case, lock=True)
    await require_unit(session, claims, row.unit)
    document = await session.get(DocumentRow, id_)
    if document is None or document.case_id != case:
        raise NoDocumentOfThisCase
    if known := await entered(session, CaseDocumentVoidRow, id_, body):
        return told(document, case, known)
    if row.stage == Stage.ARCHIVED:
        raise DocumentOfASealedCase
    if _served(reading.folded(await reading.act_rows(session, case)), document):
        raise DocumentServed
    made, _ = await enter_once(
        session, CaseDocumentVoidRow, id_, body, case_id=case, region=row.region,
        reason=body.reason, voided_at=body.at, voided_by=claims.who,
    )  # fmt: skip
    announce(session, claims, "document.voided", id_, row.region, case_id=str(case))
    await session.flush()
    return told(document, case, made)


def _served(case: Case, document: DocumentRow) -> bool:
    """Whether a service of such a document was entered since it was issued."""
    what = SERVED_AS.get(document.kind)
    return what is not None and any(
        act.said.get("of") == what and act.at >= document.issued_at for act in case.all("serve")
    )
