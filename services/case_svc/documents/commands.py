"""Taking documents that a tablet issued (出具文书). Once taken, nothing of them changes."""

from collections.abc import Container, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from paper.compose import compose
from paper.signing import Signature
from paper.template import DocumentTemplate
from services.case_svc.around import around
from services.case_svc.carrying_on import unit_then
from services.case_svc.cases import spot
from services.case_svc.clocks import doubted
from services.case_svc.documents import checks, corrections, grounds
from services.case_svc.documents.refusals import DigestDiffers
from services.case_svc.documents.schemas import DocumentBody, SignatureBody
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections.commands import day_of
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.letter_reviews.authority import marks
from services.case_svc.numbers import ending
from services.case_svc.packs.content import DocumentUnknown, template
from services.case_svc.plans.commands import count_done
from services.case_svc.rows import announce
from services.case_svc.site_duties import commands as site_duties
from services.kit.claims import Claims
from services.kit.letters import NotKnownYet
from services.kit.once import enter_once, entered, found
from services.kit.problems import DifferentContent, Malformed

RECORD = "inspection-record"


async def issue(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, body: DocumentBody,
    arrived: Container[tuple[str, int]],
) -> DocumentRow:  # fmt: skip
    """Take a document that was issued on the spot (出具文书); the same again changes nothing.

    `arrived`: the files that are here already, as `files.queries.arrived` tells in this transaction.
    """
    sent = body.as_sent()
    known = await entered(session, DocumentRow, id_, sent)
    if known is not None:
        return known
    inspection = await found(session, InspectionRow, body.inspection_id)
    if inspection is None:
        raise NotKnownYet("服务器上尚无该现场检查的记录")
    form = _form(folder, body)
    if not form.signatories:
        raise Malformed(f"{form.name}由办公室审批出具，不在平板上出具")
    leased = await checks.require_number(session, form, body, claims)
    composed = compose(form, body.data, body.number, signatures_of(body.signatures), body.proof)
    if composed.digest != body.digest:
        raise DigestDiffers(f"{form.name} {body.number or ''} 的内容与其摘要不符")
    if body.pages is not None and tuple(body.pages) != composed.pages:
        raise DigestDiffers(f"{form.name}各页的内容与其摘要不符")
    if body.proof is not None:
        checks.require_proof(body.proof, body.device, body.issued_at)
    stands = await around(session, inspection.id)
    again = stands.reinspectors
    await grounds.require(session, folder, body, inspection, reinspected=bool(again))
    checks.require_proofs(body)
    checks.require_signatures(form, body, checks.took_part(form, inspection, again))
    checks.require_subject(folder, form, body.data, inspection)
    await corrections.require(session, form, body)
    unit = (
        leased[0].unit
        if leased
        else await unit_then(session, claims, inspection.region, day_of(body.issued_at))
    )
    here = (body.pdf_sha256, body.pdf_size) in arrived
    entering = enter_once(
        session, DocumentRow, id_, sent,
        region=inspection.region, unit=unit, name=form.name, template=form.ref,
        entity_id=inspection.entity_id, entity_name=inspection.entity_name, issued_by=claims.who,
        pdf_received_at=func.now() if here else None,
        signatures=[one.model_dump(mode="json") for one in body.signatures],
        clock=body.clock.model_dump(mode="json") if body.clock else None,
        location=body.location.model_dump() if body.location else None,
        doubts=_doubts(folder, body) + marks(session),
        **body.model_dump(exclude={"id", "signatures", "template", "pages", "clock", "location"}),
    )  # fmt: skip
    try:
        row, made = await entering
        if made and leased:
            await ending.issued(session, claims, *leased, row.id, body.device, body.issued_at)
    except DifferentContent:
        await checks.require_number_free(session, body, unit)
        raise
    if made:
        stands.issued.add(row.kind)
        announce(
            session, claims, "document.issued", row.id, row.region,
            document=row.kind, number=row.number, inspection_id=str(inspection.id), doubts=row.doubts,
        )  # fmt: skip
        site_duties.follow(session, folder, row)
        if row.kind == spot.KIND:
            await spot.carry(session, claims, folder, row)
        if row.kind == RECORD and inspection.planned_inspection_id is not None:
            await session.flush()
            await count_done(session, claims, inspection.planned_inspection_id)
    return row


def _doubts(folder: Path, body: DocumentBody) -> list[str]:
    """Why its times are doubted: of the issue and of each signature, a colleague's by his own tablet."""
    here = [one.clock for one in body.signatures if one.given_on is None]
    found = doubted(folder, body.clock, here)
    for one in body.signatures:
        if one.given_on is not None:
            found += [f"{one.name}签名：{why}" for why in doubted(folder, one.clock)]
    return list(dict.fromkeys(found))


def _form(folder: Path, body: DocumentBody) -> DocumentTemplate:
    """The template that the letter names; the newest for a tablet that names none."""
    if body.template is None:
        return template(folder, body.kind)
    if body.template.partition("@")[0] != body.kind:
        raise Malformed(f"文书种类是 {body.kind}，样式是 {body.template}")
    try:
        return template(folder, body.template)
    except DocumentUnknown as unknown:
        # It was issued and handed over: an office that lacks the tablet's version must not refuse it.
        raise NotKnownYet(f"服务器上尚无文书样式 {body.template}") from unknown


def signatures_of(signatures: Sequence[SignatureBody]) -> list[Signature]:
    """Signatures as paper draws them."""
    return [
        Signature(
            one.role,
            one.name,
            one.officer_number,
            one.signed_at,
            one.digest,
            one.strokes,
            one.refused,
            one.page or 0,
            one.page_digest or "",
            one.signed_paper or "",
        )
        for one in signatures
    ]
