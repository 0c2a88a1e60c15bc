"""What becomes of numbers (文号去向): issued, voided, returned. Each once, and for good.

PostgreSQL lets no number stand in two ends, so that whoever comes first stands; who comes second
learns here what stands already.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.numbers import NumberState
from lawbook.refusal import Refusal
from services.case_svc.numbers.refusals import (
    NumberIssued,
    NumberReturned,
    NumbersOutside,
    NumberVoided,
)
from services.case_svc.numbers.schemas import NumberReturnBody, NumberVoidBody
from services.case_svc.numbers.tables import NumberEndRow, NumberLeaseRow
from services.kit.claims import Claims
from services.kit.letters import NotKnownYet
from services.kit.once import absent, enter_once, entered
from services.kit.problems import DifferentContent

UNUSED = "平板未使用，退回"


async def issued(
    session: AsyncSession, claims: Claims, lease: NumberLeaseRow, sequence: int,
    document_id: UUID, device: str, at: datetime,
) -> None:  # fmt: skip
    """A document that was just entered bears this number.

    Refuses NumberVoided, NumberReturned; DifferentContent when another document bears it.
    """
    # The document is new, so its number's end is: it may wait for the others of its delivery.
    absent(session).add((NumberEndRow, document_id))
    try:
        await enter_once(
            session, NumberEndRow, document_id, {"document": str(document_id)},
            region=lease.region, unit=lease.unit, document=lease.document, year=lease.year,
            first=sequence, last=sequence, state=NumberState.ISSUED.value, reason="",
            lease_id=lease.id, device=device, officer=claims.who, ended_at=at,
        )  # fmt: skip
    except DifferentContent:
        for end in await _standing(session, lease, sequence, sequence):
            if refused := refusal_of(end, lease.pattern.replace("{sequence}", str(sequence))):
                raise refused from None
        raise


def refusal_of(end: NumberEndRow, number: str) -> Refusal | None:
    """Why no document may bear a number of this end; None when a document bears it."""
    why = f"{number} 已于 {end.ended_at.date()} "
    if end.state == NumberState.VOIDED:
        return NumberVoided(f"{why}作废：{end.reason}")
    if end.state == NumberState.RETURNED:
        return NumberReturned(f"{why}由平板退回")
    return None


async def void(session: AsyncSession, claims: Claims, body: NumberVoidBody) -> NumberEndRow:
    """No document will bear this number (作废文号). Voided or returned before: that stands.

    Refuses NumbersOutside, NumberIssued.
    """
    known = await entered(session, NumberEndRow, body.id, body)
    if known is not None:
        return known
    lease = await _lease(session, body.lease_id, body.device, body.sequence, body.sequence)
    run = (body.sequence, body.sequence)
    try:
        return await _end(
            session, claims, body, lease, run, body.id,
            state=NumberState.VOIDED.value, reason=body.reason, ended_at=body.voided_at,
        )  # fmt: skip
    except DifferentContent:
        standing = await _standing(session, lease, *run)
        if not standing:
            raise
        _require_unissued(standing, lease)
        return standing[0]


async def give_back(session: AsyncSession, claims: Claims, body: NumberReturnBody) -> NumberEndRow:
    """Numbers that the tablet will not use (退回文号); those voided before stay voided.

    Refuses NumbersOutside, NumberIssued.
    """
    known = await entered(session, NumberEndRow, body.id, body)
    if known is not None:
        return known
    lease = await _lease(session, body.lease_id, body.device, body.first, body.last)
    standing = await _standing(session, lease, body.first, body.last)
    _require_unissued(standing, lease)
    ends = []
    for nth, run in enumerate(_between(body.first, body.last, standing)):
        # The first run bears the statement's own id: saying it again finds it.
        id_ = uuid5(body.id, str(run[0])) if nth else body.id
        ends.append(await _end(
            session, claims, body, lease, run, id_,
            state=NumberState.RETURNED.value, reason=UNUSED, ended_at=body.returned_at,
        ))  # fmt: skip
    return ends[0] if ends else standing[0]


def _between(first: int, last: int, standing: Sequence[NumberEndRow]) -> list[tuple[int, int]]:
    """What is left of a run between the ends that stand."""
    runs, at = [], first
    for end in standing:
        if end.first > at:
            runs.append((at, end.first - 1))
        at = end.last + 1
    return [*runs, (at, last)] if at <= last else runs


async def _end(
    session: AsyncSession, claims: Claims, body: BaseModel, lease: NumberLeaseRow,
    run: tuple[int, int], id_: UUID, **columns: object,
) -> NumberEndRow:  # fmt: skip
    row, _ = await enter_once(
        session, NumberEndRow, id_, body,
        region=lease.region, unit=lease.unit, document=lease.document, year=lease.year,
        first=run[0], last=run[1], lease_id=lease.id, device=lease.device, officer=claims.who,
        **columns,
    )  # fmt: skip
    return row


async def _lease(
    session: AsyncSession, id_: UUID, device: str, first: int, last: int
) -> NumberLeaseRow:
    lease = await session.get(NumberLeaseRow, id_)
    if lease is None:
        raise NotKnownYet("服务器上尚无该文号段")
    if lease.device != device or not lease.first <= first <= last <= lease.last:
        raise NumbersOutside(
            f"文号段为 {lease.first}-{lease.last}（{lease.device}），所列为 {first}-{last}（{device}）"
        )
    return lease


async def _standing(
    session: AsyncSession, lease: NumberLeaseRow, first: int, last: int
) -> Sequence[NumberEndRow]:
    """The ends in which numbers from `first` to `last` of this lease's series stand, in order."""
    found = await session.scalars(
        select(NumberEndRow)
        .where(
            NumberEndRow.unit == lease.unit,
            NumberEndRow.document == lease.document,
            NumberEndRow.year == lease.year,
            func.int4range(NumberEndRow.first, NumberEndRow.last, "[]").op("&&")(
                func.int4range(first, last, "[]")
            ),
        )
        .order_by(NumberEndRow.first)
    )
    return list(found)


def _require_unissued(standing: Sequence[NumberEndRow], lease: NumberLeaseRow) -> None:
    for end in standing:
        if end.state == NumberState.ISSUED:
            raise NumberIssued(lease.pattern.replace("{sequence}", str(end.first)))
