"""Taking documents that a tablet issued (出具文书). Once taken, nothing of them changes."""

from collections.abc import Container, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from paper.compose import compose
from paper.signing import Signature
from services.case_svc.deliveries.held import NotKnownYet
from services.case_svc.documents import checks
from services.case_svc.documents.refusals import DigestDiffers
from services.case_svc.documents.schemas import DocumentBody, SignatureBody
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.numbers import ending
from services.case_svc.packs.content import template
from services.case_svc.plans.commands import count_done
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.once import enter_once, entered
from services.kit.problems import DifferentContent, Malformed

RECORD = "inspection-record"


async def issue(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, body: DocumentBody,
    arrived: Container[tuple[str, int]],
) -> DocumentRow:  # fmt: skip
    """Take a document that was issued on the spot (出具文书); the same again changes nothing.

    `arrived`: the files that are here already, as `files.queries.arrived` tells in this transaction.
    """
    known = await entered(session, DocumentRow, id_, body)
    if known is not None:
        return known
    inspection = await session.get(InspectionRow, body.inspection_id)
    if inspection is None:
        raise NotKnownYet("服务器上尚无该现场检查的记录")
    form = template(folder, body.kind)
    if not form.signatories:
        raise Malformed(f"{form.name}由办公室审批出具，不在平板上出具")
    lease, sequence = await checks.require_number(session, body, claims.unit)
    composed = compose(form, body.data, body.number, signatures_of(body.signatures))
    if composed.digest != body.digest:
        raise DigestDiffers(f"{form.name} {body.number} 的内容与其摘要不符")
    checks.require_signatures(
        body.signatures, await checks.took_part(session, body.kind, inspection)
    )
    checks.require_subject(body.kind, body.data, inspection)
    here = (body.pdf_sha256, body.pdf_size) in arrived
    entering = enter_once(
        session, DocumentRow, id_, body,
        region=inspection.region, unit=claims.unit, name=form.name, template=form.ref,
        entity_id=inspection.entity_id, entity_name=inspection.entity_name, issued_by=claims.who,
        pdf_received_at=func.now() if here else None,
        signatures=[one.model_dump(mode="json") for one in body.signatures],
        **body.model_dump(exclude={"id", "signatures"}),
    )  # fmt: skip
    try:
        row, made = await entering
        if made:
            await ending.issued(
                session, claims, lease, sequence, row.id, body.device, body.issued_at
            )
    except DifferentContent:
        await checks.require_number_free(session, body, claims.unit)
        raise
    if made:
        announce(
            session, claims, "document.issued", row.id, row.region,
            document=row.kind, number=row.number, inspection_id=str(inspection.id),
        )  # fmt: skip
        if row.kind == RECORD and inspection.planned_inspection_id is not None:
            await session.flush()
            await count_done(session, claims, inspection.planned_inspection_id)
    return row


def signatures_of(signatures: Sequence[SignatureBody]) -> list[Signature]:
    """Signatures as paper draws them."""
    return [
        Signature(one.role, one.name, one.officer_number, one.signed_at, one.digest, one.strokes)
        for one in signatures
    ]
