"""The kinds of letters, and who does what each asks (信件种类)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.called_off import commands as called_off
from services.case_svc.called_off.schemas import CallOffBody
from services.case_svc.documents import commands as documents
from services.case_svc.documents.schemas import DocumentBody
from services.case_svc.evidence import commands as evidence
from services.case_svc.evidence.schemas import EvidenceBody
from services.case_svc.inspections import commands as inspections
from services.case_svc.inspections.schemas import InspectionBody
from services.case_svc.numbers import ending
from services.case_svc.numbers.schemas import NumberReturnBody, NumberVoidBody
from services.case_svc.permissions import Permission
from services.case_svc.reinspections import commands as reinspections
from services.case_svc.reinspections.schemas import ReinspectionBody
from services.case_svc.rows import Row
from services.case_svc.schemes import commands as schemes
from services.case_svc.schemes.schemas import SchemeDraftBody
from services.case_svc.visits import commands as visits
from services.case_svc.visits.schemas import VisitAnswerBody, VisitOpenBody
from services.kit.claims import Claims
from services.kit.desk import Kind


@dataclass(frozen=True, slots=True)
class Office:
    """What every letter is done with at the office (办公室): transaction, sender, content, files here."""

    session: AsyncSession
    claims: Claims
    folder: Path
    arrived: Set[tuple[str, int]]


async def _inspection(office: Office, body: InspectionBody) -> Row:
    return await inspections.record(office.session, office.claims, office.folder, body.id, body)


async def _evidence(office: Office, body: EvidenceBody) -> Row:
    return await evidence.declare(
        office.session, office.claims, office.folder, body.id, body, office.arrived
    )


async def _document(office: Office, body: DocumentBody) -> Row:
    return await documents.issue(
        office.session, office.claims, office.folder, body.id, body, office.arrived
    )


async def _reinspection(office: Office, body: ReinspectionBody) -> Row:
    return await reinspections.record(office.session, office.claims, office.folder, body.id, body)


async def _number_void(office: Office, body: NumberVoidBody) -> Row:
    return await ending.void(office.session, office.claims, body)


async def _number_return(office: Office, body: NumberReturnBody) -> Row:
    return await ending.give_back(office.session, office.claims, body)


async def _visit_open(office: Office, body: VisitOpenBody) -> Row:
    return await visits.open_visit(office.session, office.claims, body)


async def _visit_answer(office: Office, body: VisitAnswerBody) -> Row:
    return await visits.answer(office.session, office.claims, body)


async def _visit_call_off(office: Office, body: CallOffBody) -> Row:
    return await called_off.call_off(office.session, office.claims, office.folder, body)


async def _scheme(office: Office, body: SchemeDraftBody) -> Row:
    return await schemes.draft_on_site(office.session, office.claims, office.folder, body)


KINDS: Mapping[str, Kind] = {
    "inspection.record": Kind(Permission.INSPECTION_RECORD, InspectionBody, _inspection),
    "evidence.declare": Kind(Permission.EVIDENCE_WRITE, EvidenceBody, _evidence),
    "document.issue": Kind(Permission.DOCUMENT_ISSUE, DocumentBody, _document),
    "reinspection.record": Kind(
        Permission.REINSPECTION_RECORD, ReinspectionBody, _reinspection
    ),
    "number.void": Kind(Permission.NUMBER_LEASE, NumberVoidBody, _number_void),
    "visit.open": Kind(Permission.INSPECTION_RECORD, VisitOpenBody, _visit_open),
    "visit.answer": Kind(Permission.INSPECTION_RECORD, VisitAnswerBody, _visit_answer),
    "visit.call_off": Kind(Permission.INSPECTION_RECORD, CallOffBody, _visit_call_off),
    "scheme.draft": Kind(Permission.SCHEME_WRITE, SchemeDraftBody, _scheme),
    "number.return": Kind(Permission.NUMBER_LEASE, NumberReturnBody, _number_return),
}  # fmt: skip
