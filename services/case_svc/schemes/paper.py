"""The 现场检查方案 as a document: composed from the scheme, numbered, drawn and kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.inspection import PresentOfficer
from paper.compose import compose
from paper.render import available, render
from paper.scheme import KIND, content_of
from paper.template import SUCCESSION
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.ledger_mirror.tables import EntityRow, UnitRow
from services.case_svc.numbers.commands import next_number
from services.case_svc.packs.content import template
from services.case_svc.rows import announce
from services.case_svc.schemes.schemas import InspectionScheme
from services.case_svc.schemes.tables import InspectionSchemeRow
from services.kit.claims import Claims
from services.kit.files import FileStore
from services.kit.once import enter_once

DOCUMENTS = UUID("b1f0a8a4-91f2-4a07-a4a5-3f2f0f1c7d21")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the house keeps what issuing needs: the content folder and the files."""

    content: Path
    files: FileStore


async def issue_scheme(
    session: AsyncSession, claims: Claims, place: Place, scheme: InspectionSchemeRow,
    entity: EntityRow, unit: UnitRow, officers: Sequence[PresentOfficer], at: datetime,
    note: str = "",
) -> DocumentRow:  # fmt: skip
    """Issue an approved scheme (制作现场检查方案): the unit's next number, its PDF, its row.

    Call it in the transaction that approves: number, document and approval stand or fall together.
    note: for whom the unit carries on (承接说明).
    """
    form = template(place.content, KIND)
    assert scheme.approved_on is not None
    id_ = uuid5(DOCUMENTS, str(scheme.id))
    year = scheme.approved_on.year
    number = await next_number(session, claims, place.content, unit, KIND, year, id_, at)
    data = content_of(
        form, _told(scheme), organ=unit.name, entity_name=entity.name, values=entity.values,
        officers=[{"name": one.name, "number": one.number} for one in officers],
    )  # fmt: skip
    if note:
        data[SUCCESSION] = note
    composed = compose(form, data, number, ())
    renderer = available()[0]
    pdf = await asyncio.to_thread(render, composed, renderer, issued_at=at)
    sha256, size = await place.files.keep_bytes(pdf)
    row, _ = await enter_once(
        session, DocumentRow, id_, {"scheme": str(scheme.id), "number": number, "data": data},
        region=scheme.region, unit=unit.code, kind=KIND, name=form.name, number=number,
        inspection_id=None, entity_id=scheme.entity_id, entity_name=scheme.entity_name, data=data,
        digest=composed.digest, signatures=[], renderer=renderer, template=form.ref,
        pdf_sha256=sha256, pdf_size=size, pdf_received_at=at, issued_at=at, issued_by=claims.who,
        device=None, lease_id=None,
    )  # fmt: skip
    announce(session, claims, "document.issued", id_, row.region, document=KIND, number=number)
    scheme.number, scheme.document_id = number, id_
    return row


def _told(scheme: InspectionSchemeRow) -> dict[str, Any]:
    """The scheme as the wire tells it."""
    return InspectionScheme.model_validate(scheme).model_dump(mode="json")
