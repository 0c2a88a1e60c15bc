"""Drafting and issuing documents of a case (制作、出具案件文书). Issued bytes never change.

Preconditions, number, document and its bytes stand or fall in one transaction, in which the case is
locked: a number without its document, or a document without its number, cannot be.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.case_preconditions import TABLE, require
from lawbook.identifiers import document_number
from lawbook.paper_matching import Issued, act_for
from lawbook.penalty.case import Case
from lawbook.penalty.stages import Stage
from paper.compose import compose
from paper.filling import confirmed
from paper.render import available, render
from paper.template import CASE, DocumentTemplate, Numbering
from paper.values import BEIJING
from services.case_svc.carrying_on import in_whose_name, require_unit
from services.case_svc.case_documents import knowing
from services.case_svc.case_documents.refusals import (
    ActNotOfCase,
    CaseWithoutNumber,
    DocumentBeforeCase,
    DocumentOfASealedCase,
    DraftClosed,
    DraftMovedOn,
    NoFormOfACase,
)
from services.case_svc.case_documents.schemas import DraftBody, IssueBody
from services.case_svc.case_documents.tables import CaseDraftRow
from services.case_svc.cases import reading
from services.case_svc.cases.commands import not_ahead, now_of
from services.case_svc.cases.papers import matched
from services.case_svc.cases.refusals import CaseMovedOn
from services.case_svc.cases.tables import CaseRow
from services.case_svc.cases.world import law
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.ledger_mirror import queries as ledger
from services.case_svc.numbers.commands import next_number, place_in_series
from services.case_svc.numbers.refusals import UnitSucceeded
from services.case_svc.packs.content import template
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.files import FileStore
from services.kit.once import enter_once, entered
from services.kit.problems import DifferentContent, NotFound


def form_of(folder: Path, kind: str) -> DocumentTemplate:
    """The newest form of this kind. NoFormOfACase for what is only made on the site."""
    form = template(folder, kind)
    if form.about != CASE and form.code not in TABLE:
        raise NoFormOfACase(form.name)
    return form


async def drafts_of(session: AsyncSession, case: UUID) -> list[CaseDraftRow]:
    """The open drafts of a case, the latest first."""
    rows = await session.scalars(
        select(CaseDraftRow)
        .where(CaseDraftRow.case_id == case, CaseDraftRow.state == "draft")
        .order_by(CaseDraftRow.changed_at.desc(), CaseDraftRow.id)
    )
    return list(rows)


async def draft_of(session: AsyncSession, case: UUID, id_: UUID) -> CaseDraftRow:
    """A draft of a case; NotFound."""
    row = await session.get(CaseDraftRow, id_, populate_existing=True)
    if row is None or row.case_id != case:
        raise NotFound("未找到该草稿，或不在您的管辖范围内")
    return row


async def write(
    session: AsyncSession, claims: Claims, folder: Path, case: UUID, id_: UUID, body: DraftBody
) -> CaseDraftRow:
    """Keep what the handler wrote (保存草稿); the same again changes nothing."""
    row = await reading.one(session, case, lock=True)
    await require_unit(session, claims, row.unit)
    form_of(folder, body.kind)
    known = await session.get(CaseDraftRow, id_)
    if known is None:
        known = CaseDraftRow(
            id=id_, case_id=case, region=row.region, kind=body.kind, said=body.said, state="draft",
            act_id=await _meant(session, row, body),
            revision=1, written_by=claims.who, changed_at=datetime.now(UTC),
        )  # fmt: skip
        session.add(known)
        await session.flush()
        return known
    if known.case_id != case or known.kind != body.kind:
        raise DifferentContent(f"编号 {id_} 已登记为另一份草稿")
    if known.said == body.said and known.revision == body.revision + 1:
        return known
    _open(known, body.revision)
    known.said, known.revision = body.said, known.revision + 1
    known.written_by, known.changed_at = claims.who, datetime.now(UTC)
    await session.flush()
    return known


async def _meant(session: AsyncSession, row: CaseRow, body: DraftBody) -> str | None:
    """The act that a new draft puts on paper: as is said, else the first that lacks this form."""
    case = reading.folded(await reading.act_rows(session, row.id))
    if body.act is not None:
        if case.one(str(body.act)) is None:
            raise ActNotOfCase(f"本案没有编号为 {body.act} 的办案行为")
        return str(body.act)
    documents = await knowing.documents_of(session, row)
    drafted = [
        Issued(one.kind, date.max, "", one.act_id or "") for one in await drafts_of(session, row.id)
    ]
    found = act_for(case, body.kind, [*matched(documents, row), *drafted])
    return found.id if found else None


async def drop(session: AsyncSession, claims: Claims, case: UUID, id_: UUID) -> None:
    """Drop a draft (作废草稿): it bore no number, nothing is lost. Again: nothing."""
    row = await reading.one(session, case, lock=True)
    await require_unit(session, claims, row.unit)
    known = await draft_of(session, case, id_)
    if known.state == "issued":
        raise DraftClosed
    known.state = "dropped"
    await session.flush()


async def issue(
    session: AsyncSession, claims: Claims, folder: Path, files: FileStore, case: UUID, id_: UUID,
    body: IssueBody,
) -> DocumentRow:  # fmt: skip
    """Issue a draft (出具): preconditions, number, bytes, digest. The same again: the same document.

    Refuses DayAhead, DocumentBeforeCase, DocumentOfASealedCase, DocumentTooEarly, FieldMissing,
    DraftMovedOn, CaseMovedOn, CaseWithoutNumber.
    """
    if done := await entered(session, DocumentRow, id_, body):
        return done
    row = await reading.one(session, case, lock=True)
    if done := await entered(session, DocumentRow, id_, body):
        return done
    await require_unit(session, claims, row.unit)
    draft = await draft_of(session, case, id_)
    if row.stage == Stage.ARCHIVED:
        raise DocumentOfASealedCase
    _open(draft, body.revision)
    if body.after != row.acts:
        raise CaseMovedOn(
            f"您核对时案件有 {body.after} 个办案行为，现已有 {row.acts} 个", now_of(row)
        )
    form = form_of(folder, draft.kind)
    folded = reading.folded(await reading.act_rows(session, case))
    not_ahead(body.at)
    if body.at.astimezone(BEIJING).date() < folded.acts[0].on:
        raise DocumentBeforeCase
    documents = await knowing.documents_of(session, row)
    open_drafts = await drafts_of(session, case)
    unit = await knowing.unit_of(session, folder, row)
    about = draft.act_id or _now_meant(folded, form.code, documents, row)
    world = law(folder).world
    known = knowing.known(row, folded, unit, documents, body.at, world, about)
    data = confirmed(form, known, knowing.typed(folded, form, draft.said))
    happened = knowing.happened(folder, folded, documents, open_drafts, form.code)
    said = knowing.says_approved(folded, form.code, data, about)
    said |= knowing.cut(folded, form.code, data, documents, body.at)
    require(form.code, happened | said)
    compose(form, data, None, ())
    bearer, _ = await in_whose_name(session, row.unit)
    if bearer not in (row.unit, claims.unit):
        raise UnitSucceeded
    number = await _number(session, claims, folder, row, bearer, form, id_, body.at)
    made = await _frozen(files, form, data, number, body.at)
    document, _ = await enter_once(
        session, DocumentRow, id_, body,
        region=row.region, unit=bearer, kind=form.code, name=form.name, number=number,
        case_id=case, act_id=about, inspection_id=None, entity_id=row.entity_id or case,
        entity_name=row.party_name, data=data, signatures=[], template=form.ref,
        pdf_received_at=func.now(), issued_at=body.at, issued_by=claims.who, device=None,
        lease_id=None, **made,
    )  # fmt: skip
    draft.state = "issued"
    announce(
        session, claims, "document.issued", id_, row.region, document=form.code, number=number,
        case_id=str(case),
    )  # fmt: skip
    await session.flush()
    return document


def _now_meant(case: Case, kind: str, documents: Sequence[DocumentRow], row: CaseRow) -> str | None:
    """The act of a draft that was begun before the act was done."""
    found = act_for(case, kind, matched(documents, row))
    return found.id if found else None


async def _number(
    session: AsyncSession, claims: Claims, folder: Path, row: CaseRow, bearer: str,
    form: DocumentTemplate, id_: UUID, at: datetime,
) -> str | None:  # fmt: skip
    """The case's own sequence, or the next of the form's series; None where it bears none.

    bearer: the unit in whose name it is made, of whose series the number is.
    """
    if form.numbering is None:
        return None
    unit = await ledger.unit(session, bearer)
    if form.numbering.inherits != CASE:
        year = at.astimezone(BEIJING).year
        return await next_number(session, claims, folder, unit, form.code, year, id_, at)
    if row.sequence is None or row.filed_on is None:
        raise CaseWithoutNumber(f"{form.name}沿用案件编号")
    year, sequence = await place_in_series(
        session, claims, unit, row.id, row.unit, (row.filed_on.year, row.sequence),
        law(folder).numbering, at,
    )  # fmt: skip
    earlier = await session.scalars(
        select(DocumentRow.number).where(
            DocumentRow.case_id == row.id, DocumentRow.unit == bearer,
            DocumentRow.kind.in_(_same(folder, form.numbering)),
        )
    )  # fmt: skip
    return inherited(form.numbering, unit.short_name, year, sequence, len(list(earlier)))


def _same(folder: Path, numbering: Numbering) -> list[str]:
    """Kinds whose numbers look the same, as the decisions against a unit and against a person."""
    return [
        kind for kind in TABLE
        if (own := template(folder, kind).numbering) and own.inherits == CASE
        and own.abbreviation == numbering.abbreviation
    ]  # fmt: skip


def inherited(numbering: Numbering, region: str, year: int, sequence: int, earlier: int) -> str:
    """The case's number with the form's abbreviation; a second one in the case ends in -2.

    一案多份的（如分期缴纳批准书每期一份），后出具的加序次，不与他案的文号重复（待确认）。
    """
    number = document_number(numbering.pattern, region, numbering.abbreviation, year, sequence)
    if not earlier:
        return number
    told = str(sequence)
    head, _, tail = number.rpartition(told)
    return f"{head}{told}-{earlier + 1}{tail}"


async def _frozen(
    files: FileStore, form: DocumentTemplate, data: dict[str, Any], number: str | None, at: datetime
) -> dict[str, Any]:
    """The document drawn once and kept: its digest, renderer, hash and size."""
    composed = compose(form, data, number, ())
    renderer = available()[0]
    pdf = await asyncio.to_thread(render, composed, renderer, issued_at=at)
    sha256, size = await files.keep_bytes(pdf)
    return {
        "digest": composed.digest, "renderer": renderer, "pdf_sha256": sha256, "pdf_size": size,
    }  # fmt: skip


def _open(draft: CaseDraftRow, seen: int) -> None:
    if draft.state != "draft":
        raise DraftClosed
    if draft.revision != seen:
        raise DraftMovedOn(f"您看到的是第 {seen} 稿，现为第 {draft.revision} 稿")
