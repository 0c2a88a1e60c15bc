"""Accounting for numbers (文号缺口报告); PostgreSQL shows what lies in the caller's region."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import String, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.numbers import Ended, Freeze, Leased, NumberState, Run, account, counts
from paper.values import BEIJING
from services.case_svc.carrying_on import known as known_successions
from services.case_svc.deliveries.tables import LetterRow
from services.case_svc.numbers.schemas import (
    NumberGaps,
    NumberRun,
    NumberSeries,
    NumberSeriesList,
    RefusedNumber,
)
from services.case_svc.numbers.tables import (
    NumberEndRow,
    NumberFreezeRow,
    NumberLeaseRow,
    NumberSeriesRow,
)
from services.kit.problems import NotFound
from services.kit.successions import today

ABOUT_NUMBERS = ("number-taken", "number-voided", "number-returned", "number-not-leased")
SHOWN = 200
"""Refused documents told at most, the latest first."""


async def series(session: AsyncSession, year: int) -> NumberSeriesList:
    """Every series of a year."""
    found = await session.scalars(
        select(NumberSeriesRow)
        .where(NumberSeriesRow.year == year, NumberSeriesRow.last > 0)
        .order_by(NumberSeriesRow.unit, NumberSeriesRow.document)
    )
    return NumberSeriesList(items=[NumberSeries.model_validate(row) for row in found])


async def gaps(session: AsyncSession, unit: str, document: str, year: int) -> NumberGaps:
    """Where every number of a series is. NotFound for a series that nobody took from."""
    key = {"unit": unit, "document": document, "year": year}
    row = await session.scalar(select(NumberSeriesRow).filter_by(**key))
    if row is None:
        raise NotFound("该单位这一年没有取过这种文书的文号，或不在您的管辖范围内")
    leases = list(
        await session.execute(
            select(NumberLeaseRow, NumberFreezeRow)
            .outerjoin(NumberFreezeRow, NumberFreezeRow.lease_id == NumberLeaseRow.id)
            .filter_by(**key)
        )
    )
    ends = await session.scalars(select(NumberEndRow).filter_by(**key))
    runs = account(
        row.last, [_leased(*one) for one in leases], [_ended(end) for end in ends], year,
        datetime.now(UTC).astimezone(BEIJING).date(), await _ended_by(session, unit),
    )  # fmt: skip
    ids = [lease.id for lease, _ in leases]
    return NumberGaps(
        **key, last=row.last, pattern=leases[0][0].pattern if leases else None,
        counts=counts(runs), runs=[_wire(run) for run in runs],
        refused=await _refused(session, ids, document),
    )  # fmt: skip


async def _ended_by(session: AsyncSession, unit: str) -> str:
    """Why nothing more is given in a unit's name; empty while it is its own."""
    found = (await known_successions(session)).successor(unit, today())
    return f"该单位的职责{found.notice}" if found else ""


def _leased(lease: NumberLeaseRow, freeze: NumberFreezeRow | None) -> Leased:
    return Leased(
        str(lease.id), lease.first, lease.last, lease.device, lease.leased_by, lease.leased_at,
        Freeze(freeze.reason, freeze.frozen_by, freeze.frozen_at) if freeze else None,
    )  # fmt: skip


def _ended(end: NumberEndRow) -> Ended:
    return Ended(
        end.first, end.last, NumberState(end.state), end.reason, end.device, end.officer,
        end.ended_at, str(end.lease_id) if end.lease_id else None,
    )  # fmt: skip


def _wire(run: Run) -> NumberRun:
    return NumberRun(
        first=run.first, last=run.last, count=run.count, state=run.state, reason=run.reason,
        device=run.device, officer=run.officer, since=run.since,
        lease_id=UUID(run.lease) if run.lease else None,
    )  # fmt: skip


async def _refused(session: AsyncSession, leases: list[UUID], document: str) -> list[RefusedNumber]:
    """Documents of these leases that came and were refused for their number."""
    found = await session.scalars(
        select(LetterRow)
        .where(
            LetterRow.state == "rejected",
            LetterRow.kind == "document.issue",
            cast(LetterRow.body["kind"].astext, String) == document,
            LetterRow.body["lease_id"].astext.in_([str(id_) for id_ in leases]),
            LetterRow.problem["code"].astext.in_(ABOUT_NUMBERS),
        )
        .order_by(LetterRow.received_at.desc())
        .limit(SHOWN)
    )
    return [
        RefusedNumber(
            letter=one.id, number=str(one.body.get("number", "")), device=one.device,
            code=one.problem["code"], title=one.problem["title"], detail=one.problem["detail"],
            received_at=one.received_at,
        )
        for one in found
        if one.problem
    ]  # fmt: skip
