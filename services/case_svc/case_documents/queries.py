"""Reading the forms and drafts of a case (案件文书目录、草稿)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.case_needs import Need
from lawbook.case_preconditions import TABLE
from lawbook.case_preconditions import wanting as needs
from lawbook.penalty.case import Case
from paper.docx import docx
from paper.drafts import drafted
from paper.filling import confirmed, told_by
from paper.filling import wanting as missing
from paper.template import CASE, DocumentTemplate, Field
from paper.values import asked, faults, printed
from services.case_svc.case_documents import commands, knowing
from services.case_svc.case_documents.schemas import (
    ColumnTold,
    Draft,
    DraftList,
    FieldTold,
    FormList,
    FormTold,
    NeedTold,
    SignatoryTold,
)
from services.case_svc.case_documents.tables import CaseDraftRow
from services.case_svc.cases import reading
from services.case_svc.cases.tables import CaseRow
from services.case_svc.cases.world import law
from services.case_svc.documents.tables import DocumentRow
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
                repeated=form.repeated, signatories=_signatories(form),
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


async def draft(
    session: AsyncSession, folder: Path, kept: CaseDraftRow, at: datetime | None = None
) -> Draft:
    """A draft filled from the case as it is now, as it would be issued at a moment: now, or `at`."""
    standing = await stand(session, folder, kept.case_id, kept.act_id, at)
    form = commands.form_of(folder, kept.kind)
    theirs = knowing.untyped(standing.case, form)
    data = confirmed(form, standing.known, knowing.typed(standing.case, form, kept.said))
    recorded = confirmed(form, standing.known, {})
    return Draft.model_validate(
        {
            "id": kept.id, "case_id": kept.case_id, "kind": form.code, "act": kept.act_id, "name": form.name,
            "template": form.ref, "state": kept.state, "revision": kept.revision, "data": data,
            "fields": [
                _field(one, standing.known, data, recorded, theirs) for one in form.fields
            ],
            "missing": missing(form, data), "faults": faults(form.fields, data),
            "signatories": _signatories(form), "copies": form.copies_line,
            "wanting": told(needs(form.code, standing.happened(folder, form.code))),
            "written_by": kept.written_by, "changed_at": kept.changed_at,
        }
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as its forms are filled from it."""

    case: Case
    documents: Sequence[DocumentRow]
    drafts: Sequence[CaseDraftRow]
    known: dict[str, Any]

    def happened(self, folder: Path, kind: str) -> frozenset[str]:
        """What the preconditions of a form ask."""
        return knowing.happened(folder, self.case, self.documents, self.drafts, kind)


async def stand(
    session: AsyncSession, folder: Path, case: UUID, about: str | None = None,
    at: datetime | None = None,
) -> Standing:  # fmt: skip
    """The case as it is now, and all that a form may ask of it; `about`: the act that it puts on paper.

    at: when the form would be issued; None is now.
    """
    row, folded = await _case(session, case)
    documents = await knowing.documents_of(session, row)
    drafts = await commands.drafts_of(session, case)
    unit = await knowing.unit_of(session, folder, row)
    world = law(folder).world
    known = knowing.known(row, folded, unit, documents, at or datetime.now(UTC), world, about)
    return Standing(folded, documents, drafts, known)


def _field(
    field: Field, known: Mapping[str, Any], data: Mapping[str, Any], recorded: Mapping[str, Any],
    theirs: Collection[str],
) -> FieldTold:  # fmt: skip
    return FieldTold(
        code=field.code, label=field.label, kind=field.kind, required=asked(field, data),
        written=(field.written or field.code not in recorded) and field.code not in theirs,
        basis=field.basis,
        phrases=list(field.phrases), options=dict(field.options),
        columns=[
            ColumnTold(
                code=one.code, label=one.label, kind=one.kind, required=one.required,
                options=dict(one.options),
            )
            for one in field.columns
        ],
        source=told_by(field, known), recorded=recorded.get(field.code),
        shown=printed(field, data.get(field.code)),
    )  # fmt: skip


async def drafted_form(
    session: AsyncSession, folder: Path, case: UUID, kind: str, act: UUID | None = None
) -> tuple[DocumentTemplate, dict[str, Any]]:
    """A form and what stands in it: of its latest draft, or as the case alone would fill it.

    act: the act that it puts on paper, such as the request that waits; else that of the draft.
    """
    form = commands.form_of(folder, kind)
    drafts = [
        one for one in await commands.drafts_of(session, case)
        if one.kind == kind and (act is None or one.act_id in (None, str(act)))
    ]  # fmt: skip
    about = str(act) if act else (drafts[0].act_id if drafts else None)
    standing = await stand(session, folder, case, about)
    said = knowing.typed(standing.case, form, drafts[0].said if drafts else {})
    return form, confirmed(form, standing.known, said)


async def drafted_draft(
    session: AsyncSession, folder: Path, case: UUID, id_: UUID, at: datetime | None = None
) -> tuple[DocumentTemplate, dict[str, Any]]:
    """The form of a draft and what stands in it, if it were issued at a moment: now, or `at`."""
    kept = await commands.draft_of(session, case, id_)
    standing = await stand(session, folder, case, kept.act_id, at)
    form = commands.form_of(folder, kept.kind)
    return form, confirmed(form, standing.known, knowing.typed(standing.case, form, kept.said))


async def draft_as_docx(
    session: AsyncSession, folder: Path, case: UUID, id_: UUID, at: datetime | None = None
) -> bytes:
    """A draft as DOCX, for an office that edits it; what is not filled in stays blank."""
    form, data = await drafted_draft(session, folder, case, id_, at)
    return docx(drafted(form, data))


def told(found: Iterable[Need]) -> list[NeedTold]:
    """Preconditions as they stand on the wire."""
    return [NeedTold.model_validate(one.plain()) for one in found]


def _signatories(form: DocumentTemplate) -> list[SignatoryTold]:
    return [SignatoryTold(label=one.label, count=one.count) for one in form.signatories]


def _numbered(form: DocumentTemplate) -> str:
    if form.numbering is None:
        return "none"
    return CASE if form.numbering.inherits == CASE else "own"


async def _case(session: AsyncSession, id_: UUID) -> tuple[CaseRow, Case]:
    row = await reading.one(session, id_)
    return row, reading.folded(await reading.act_rows(session, id_))
