"""Reading the forms and drafts of a case (案件文书目录、草稿)."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.case_preconditions import TABLE, Need
from lawbook.case_preconditions import wanting as needs
from lawbook.penalty.case import Case
from paper.compose import compose
from paper.docx import docx
from paper.filling import confirmed
from paper.filling import wanting as missing
from paper.template import CASE, DocumentTemplate
from services.case_svc.case_documents import commands, knowing
from services.case_svc.case_documents.schemas import (
    Draft,
    DraftList,
    FieldTold,
    FormList,
    FormTold,
    NeedTold,
)
from services.case_svc.case_documents.tables import CaseDraftRow
from services.case_svc.cases import reading
from services.case_svc.cases.tables import CaseRow
from services.case_svc.packs.content import case_forms, template


async def forms(session: AsyncSession, folder: Path, case: UUID) -> FormList:
    """Every form that a case can have, with what each still wants."""
    row, folded = await _case(session, case)
    documents = await knowing.documents_of(session, row)
    drafts = await commands.drafts_of(session, case)
    issued = Counter(one.kind for one in documents)
    shared = (template(folder, kind) for kind in TABLE)
    every = {form.code: form for form in (*shared, *case_forms(folder))}
    return FormList(
        items=[
            FormTold(
                kind=form.code, name=form.name, numbered=_numbered(form), issued=issued[form.code],
                wanting=told(
                    needs(form.code, knowing.happened(folder, folded, documents, drafts, form.code))
                ),
            )
            for form in every.values()
        ]
    )  # fmt: skip


async def drafts(session: AsyncSession, folder: Path, case: UUID) -> DraftList:
    """The open drafts of a case."""
    rows = await commands.drafts_of(session, case)
    return DraftList(items=[await draft(session, folder, row) for row in rows])


async def draft(session: AsyncSession, folder: Path, kept: CaseDraftRow) -> Draft:
    """A draft filled from the case as it is now."""
    row, folded = await _case(session, kept.case_id)
    form = commands.form_of(folder, kept.kind)
    documents = await knowing.documents_of(session, row)
    open_drafts = await commands.drafts_of(session, row.id)
    unit = await knowing.unit_of(session, row)
    known = knowing.known(row, folded, unit, documents, datetime.now(UTC))
    data = confirmed(form, known, kept.said)
    recorded = confirmed(form, known, {})
    happened = knowing.happened(folder, folded, documents, open_drafts, form.code)
    return Draft.model_validate(
        {
            "id": kept.id, "case_id": kept.case_id, "kind": form.code, "name": form.name,
            "template": form.ref, "state": kept.state, "revision": kept.revision, "data": data,
            "fields": [
                FieldTold(
                    code=one.code, label=one.label, kind=one.kind, required=one.required,
                    written=one.written or one.code not in recorded, basis=one.basis,
                    phrases=list(one.phrases), options=dict(one.options),
                )
                for one in form.fields
            ],
            "missing": missing(form, data), "wanting": told(needs(form.code, happened)),
            "written_by": kept.written_by, "changed_at": kept.changed_at,
        }
    )  # fmt: skip


async def draft_as_docx(session: AsyncSession, folder: Path, case: UUID, id_: UUID) -> bytes:
    """A draft as DOCX, for an office that edits it. FieldMissing while required fields are empty."""
    kept = await commands.draft_of(session, case, id_)
    shown = await draft(session, folder, kept)
    return docx(compose(commands.form_of(folder, kept.kind), shown.data, None, ()))


def told(found: Iterable[Need]) -> list[NeedTold]:
    """Preconditions as they stand on the wire."""
    return [NeedTold.model_validate(one.plain()) for one in found]


def _numbered(form: DocumentTemplate) -> str:
    if form.numbering is None:
        return "none"
    return CASE if form.numbering.inherits == CASE else "own"


async def _case(session: AsyncSession, id_: UUID) -> tuple[CaseRow, Case]:
    row = await reading.one(session, id_)
    return row, reading.folded(await reading.act_rows(session, id_))
