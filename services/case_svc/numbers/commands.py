"""Giving out document numbers (文号): one after another, none twice, none left out.

A series is one row, locked until the transaction that took from it ends: what is undone gives its
numbers back, and what is committed is followed by the next number.
"""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.identifiers import document_number
from lawbook.numbers import NumberState
from paper.template import CASE, OFFICE, DocumentTemplate, Numbering
from paper.values import BEIJING
from services.case_svc.carrying_on import known as known_successions
from services.case_svc.carrying_on import number_of
from services.case_svc.ledger_mirror import queries as ledger
from services.case_svc.ledger_mirror.tables import UnitRow
from services.case_svc.numbers.refusals import DeviceFenced, UnitSucceeded
from services.case_svc.numbers.schemas import NumberLeaseRequest
from services.case_svc.numbers.tables import (
    FencedDeviceRow,
    NumberEndRow,
    NumberLeaseRow,
    NumberSeriesRow,
)
from services.case_svc.packs.content import template
from services.kit.claims import Claims
from services.kit.once import enter_once, entered
from services.kit.problems import Forbidden, Malformed
from services.kit.successions import today


async def lease(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, asked: NumberLeaseRequest
) -> NumberLeaseRow:
    """Lease a run of the caller's unit's numbers to a tablet (领用文号段); again: the same run.

    Refuses DeviceFenced.
    """
    unit = await _own_unit(session, claims)
    said = {**asked.model_dump(mode="json"), "unit": unit.code}
    if known := await entered(session, NumberLeaseRow, id_, said):
        return known
    if fenced := await session.get(FencedDeviceRow, asked.device):
        raise DeviceFenced(fenced.reason)
    form = template(folder, asked.document)
    if form.about in OFFICE:
        raise Malformed(f"{form.name}由办公室出具，不向平板发放文号段")
    # Prepared before the series is locked, so that nobody waits for it.
    pattern = pattern_of(folder, asked.document, unit, asked.year)
    series = await _locked(session, unit, asked.document, asked.year)
    row, made = await enter_once(
        session, NumberLeaseRow, id_, said,
        region=unit.region, unit=unit.code, document=asked.document, year=asked.year,
        device=asked.device, first=series.last + 1, last=series.last + asked.count,
        pattern=pattern, leased_by=claims.who,
    )  # fmt: skip
    if made:
        series.last = row.last
        await session.flush()
    return row


async def next_number(
    session: AsyncSession, claims: Claims, folder: Path, unit: UnitRow, document: str, year: int,
    id_: UUID, at: datetime,
) -> str:  # fmt: skip
    """The unit's next number of this document, for what the office itself issues (编号).

    `id_`: the document that bears it, issued in this transaction at `at`.
    """
    made = template(folder, document)
    given = await next_of_series(session, claims, unit, made.code, _numbering(made), year, id_, at)
    return given[0]


async def next_of_series(
    session: AsyncSession, claims: Claims, unit: UnitRow, document: str, numbering: Numbering,
    year: int, id_: UUID, at: datetime,
) -> tuple[str, int]:  # fmt: skip
    """The next number of a series, spelled as `numbering` says, and its sequence.

    `id_`: what bears it, made in this transaction at `at`: what undoes that gives the number back.
    """
    series = await _locked(session, unit, document, year)
    series.last += 1
    await session.flush()
    await enter_once(
        session, NumberEndRow, id_, {"document": str(id_)},
        region=unit.region, unit=unit.code, document=document, year=year, first=series.last,
        last=series.last, state=NumberState.ISSUED.value, reason="", lease_id=None, device=None,
        officer=claims.who, ended_at=at,
    )  # fmt: skip
    spelled = document_number(
        numbering.pattern, unit.short_name, numbering.abbreviation, year, series.last
    )
    return spelled, series.last


async def place_in_series(
    session: AsyncSession, claims: Claims, unit: UnitRow, case: UUID, filed_by: str,
    own: tuple[int, int], numbering: Numbering, at: datetime,
) -> tuple[int, int]:  # fmt: skip
    """Year and sequence that a case's documents inherit in the name of `unit`.

    The case's own; in the series of a unit that carries on (承接) the next one of that series, given
    once: the successor's own cases bear the numbers that the old sequence would repeat.
    """
    if unit.code == filed_by:
        return own
    first = await session.get(NumberEndRow, case)
    if first is not None and first.unit == unit.code:
        return own
    id_ = number_of(case, unit.code)
    taken = await session.get(NumberEndRow, id_)
    if taken is not None:
        return taken.year, taken.first
    year = at.astimezone(BEIJING).year
    _, sequence = await next_of_series(session, claims, unit, CASE, numbering, year, id_, at)
    return year, sequence


def pattern_of(folder: Path, document: str, unit: UnitRow, year: int) -> str:
    """The number's text with all but {sequence} filled in. DocumentUnknown without a template."""
    numbering = _numbering(template(folder, document))
    return numbering.pattern.format(
        region=unit.short_name, abbreviation=numbering.abbreviation, year=year,
        sequence="{sequence}",
    )  # fmt: skip


def _numbering(made: DocumentTemplate) -> Numbering:
    if made.numbering is None:
        raise Malformed(f"{made.name}不编文号")
    return made.numbering


async def _own_unit(session: AsyncSession, claims: Claims) -> UnitRow:
    if not claims.unit:
        raise Forbidden("该帐号不属于任何执法单位，不能领用文号")
    return await ledger.unit(session, claims.unit)


async def _locked(
    session: AsyncSession, unit: UnitRow, document: str, year: int
) -> NumberSeriesRow:
    ended = (await known_successions(session)).successor(unit.code, today())
    if ended is not None:
        raise UnitSucceeded(f"{unit.name}的职责已由其他单位{ended.notice}")
    key = {"unit": unit.code, "document": document, "year": year}
    await session.execute(
        insert(NumberSeriesRow).values(**key, region=unit.region, last=0).on_conflict_do_nothing()
    )
    found = await session.scalars(
        select(NumberSeriesRow)
        .filter_by(**key)
        .with_for_update()
        # What this session knew of the row from before the lock may be out of date.
        .execution_options(populate_existing=True)
    )
    return found.one()
