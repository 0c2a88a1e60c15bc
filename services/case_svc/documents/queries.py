"""Reading documents; PostgreSQL shows those of the caller's region."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.documents.schemas import (
    Document,
    DocumentCheck,
    DocumentPage,
    SignatureBody,
)
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.ledger_mirror.devices import doubt, vouching
from services.kit.pages import next_cursor, read_cursor
from services.kit.problems import Malformed, NotFound


def wire(
    row: DocumentRow, corrected_by: Sequence[UUID] = (), doubted: Sequence[str] = ()
) -> Document:
    """A row as it stands on the wire, what corrects it, and what is to be looked into of its signatures."""
    return Document(
        id=row.id, region=row.region, unit=row.unit, kind=row.kind, name=row.name,
        number=row.number, corrects=row.corrects, corrected_by=list(corrected_by),
        inspection_id=row.inspection_id, case_id=row.case_id, entity_id=row.entity_id,
        entity_name=row.entity_name, lease_id=row.lease_id, data=row.data, digest=row.digest,
        signatures=signatures(row), template=row.template, renderer=row.renderer,
        pdf_sha256=row.pdf_sha256, pdf_size=row.pdf_size,
        state="complete" if row.pdf_received_at else "pdf_pending", issued_at=row.issued_at,
        issued_by=row.issued_by, device=row.device, proof=row.proof, clock=row.clock,
        doubts=row.doubts, location=row.location, signature_doubts=list(doubted),
        received_at=row.received_at,
    )  # fmt: skip


def signatures(row: DocumentRow) -> list[SignatureBody]:
    """The signatures of a document."""
    return [SignatureBody.model_validate(one) for one in row.signatures]


async def signature_doubts(
    session: AsyncSession, rows: Sequence[DocumentRow]
) -> dict[UUID, list[str]]:
    """Id → why signatures given on colleagues' tablets are to be looked into (有待核查).

    As the ledger's devices are known now: nothing is kept, and nothing is refused for it.
    """
    given = [(row, one) for row in rows for one in signatures(row) if one.given_on]
    known = await vouching(session, {one.given_on.device for _, one in given if one.given_on})
    found: dict[UUID, list[str]] = {}
    for row, one in given:
        on = one.given_on
        if on and (why := doubt(known.get(on.device), on.key, one.officer_number, one.signed_at)):
            found.setdefault(row.id, []).append(f"{one.name}：{why}")
    return found


async def corrections(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Id → the documents that correct it (更正), the earliest first."""
    found: dict[UUID, list[UUID]] = {}
    rows = await session.execute(
        select(DocumentRow.corrects, DocumentRow.id)
        .where(DocumentRow.corrects.in_(ids))
        .order_by(DocumentRow.issued_at, DocumentRow.id)
    )
    for old, new in rows:
        if old is not None:
            found.setdefault(old, []).append(new)
    return found


async def read(session: AsyncSession, id_: UUID) -> Document:
    """The document of this id as it stands on the wire; NotFound when there is none in sight."""
    row = await one(session, id_)
    doubted = await signature_doubts(session, [row])
    return wire(row, (await corrections(session, [id_])).get(id_, ()), doubted.get(id_, ()))


async def check(
    session: AsyncSession, digest: str, number: str | None, pdf: str | None
) -> DocumentCheck:
    """Whether a document of this digest and number was issued, stands, and is this very file."""
    rows = await session.execute(
        select(DocumentRow.id, DocumentRow.pdf_sha256).where(
            DocumentRow.digest == digest, DocumentRow.number.is_not_distinct_from(number)
        )
    )
    found = rows.all()
    corrected = await corrections(session, [id_ for id_, _ in found])
    return DocumentCheck(
        held=bool(found),
        corrected=bool(found) and all(id_ in corrected for id_, _ in found),
        file=any(file == pdf for _, file in found) if pdf else None,
    )


async def one(session: AsyncSession, id_: UUID) -> DocumentRow:
    """The document of this id; NotFound when there is none in sight."""
    row = await session.get(DocumentRow, id_)
    if row is None:
        raise NotFound("未找到该文书，或不在您的管辖范围内")
    return row


async def page(
    session: AsyncSession, *, inspection: UUID | None, case: UUID | None, kind: str | None,
    after: str | None, limit: int,
) -> DocumentPage:  # fmt: skip
    """Documents, the newest first, those that fit every filter."""
    wanted = (
        select(DocumentRow)
        .order_by(DocumentRow.issued_at.desc(), DocumentRow.id.desc())
        .limit(limit + 1)
    )
    if inspection:
        wanted = wanted.where(DocumentRow.inspection_id == inspection)
    if case:
        wanted = wanted.where(DocumentRow.case_id == case)
    if kind:
        wanted = wanted.where(DocumentRow.kind == kind)
    if key := read_cursor(after, 2):
        try:
            place = (datetime.fromisoformat(key[0]), UUID(key[1]))
        except ValueError as error:
            raise Malformed("after 不是本系统给出的游标") from error
        wanted = wanted.where(tuple_(DocumentRow.issued_at, DocumentRow.id) < tuple_(*place))
    rows = list(await session.scalars(wanted))
    corrected = await corrections(session, [row.id for row in rows])
    doubted = await signature_doubts(session, rows)
    last = rows[limit - 1] if len(rows) > limit else None
    return DocumentPage(
        items=[
            wire(row, corrected.get(row.id, ()), doubted.get(row.id, ())) for row in rows[:limit]
        ],
        next=next_cursor(last.issued_at.isoformat(), last.id) if last else None,
    )


async def states(session: AsyncSession, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    """Current state by id, for the feed."""
    rows = list(await session.scalars(select(DocumentRow).where(DocumentRow.id.in_(ids))))
    corrected = await corrections(session, [row.id for row in rows])
    doubted = await signature_doubts(session, rows)
    return {
        str(row.id): wire(row, corrected.get(row.id, ()), doubted.get(row.id, ())).model_dump(
            mode="json"
        )
        for row in rows
    }
