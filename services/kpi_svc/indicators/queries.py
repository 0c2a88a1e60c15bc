"""Reading figures and the records behind them; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.pages import next_cursor, read_key
from services.kit.problems import NotFound
from services.kpi_svc.facts.tables import UnitRow
from services.kpi_svc.indicators import compute
from services.kpi_svc.indicators.schemas import (
    IndicatorFigures,
    IndicatorRecord,
    IndicatorRecordPage,
    IndicatorTable,
    UnitFigure,
)
from services.kpi_svc.indicators.specs import Definition, Indicator
from services.kpi_svc.rows import FollowedFeedRow

Figure = tuple[int, int]


async def table(
    session: AsyncSession, indicators: tuple[Indicator, ...], year: int
) -> IndicatorTable:
    """Every indicator with its figure in every unit in sight."""
    units = await _units(session)
    found: dict[tuple[str, str], Figure] = {
        (row.code, row.home): (row.numerator, row.denominator)
        for row in await session.execute(compute.figures(indicators, year))
    }
    return IndicatorTable(
        year=year,
        as_of=await session.scalar(select(func.max(FollowedFeedRow.applied_at))),
        items=[
            IndicatorFigures(
                code=one.code, number=one.number, name=one.name, category=one.category,
                requirement=one.requirement, basis=one.basis, goal=one.goal,
                due_on=one.due_on(year), status=one.status, note=one.note,
                computed=one.definition is not None,
                units=[_figure(one, unit, found) for unit in units],
            )
            for one in indicators
        ],
    )  # fmt: skip


async def _units(session: AsyncSession) -> list[UnitRow]:
    return list(await session.scalars(select(UnitRow).order_by(UnitRow.code)))


def _home(definition: Definition, unit: UnitRow) -> str:
    return unit.region if definition.population.home == "region" else unit.code


def _figure(
    indicator: Indicator, unit: UnitRow, found: Mapping[tuple[str, str], Figure]
) -> UnitFigure:
    of = indicator.definition
    known = found.get((indicator.code, _home(of, unit))) if of else None
    numerator, denominator = known or (None, None)
    return UnitFigure(
        unit=unit.code, name=unit.name, region=unit.region,
        numerator=numerator, denominator=denominator,
    )  # fmt: skip


async def records(
    session: AsyncSession, indicator: Indicator, labels: Mapping[str, str], *, year: int,
    unit: str | None, part: compute.Part, after: str | None, limit: int,
) -> IndicatorRecordPage:  # fmt: skip
    """The records behind a figure, by unit, those that are missing first."""
    place, definition = read_key(after, str, "True".__eq__, UUID), indicator.definition
    units = [row for row in await _units(session) if unit in (None, row.code)]
    if unit and not units:
        raise NotFound("未找到该单位，或不在您的管辖范围内")
    if definition is None:
        return IndicatorRecordPage(items=[], next=None)
    homes = {_home(definition, row): row.code for row in units}
    rows = list(
        await session.execute(
            compute.records(definition, year, list(homes), part, place, limit + 1)
        )
    )
    more, rows = len(rows) > limit, rows[:limit]
    return IndicatorRecordPage(
        items=[
            IndicatorRecord(
                id=row.shown_id, kind=definition.population.kind, title=row.title,
                detail=_detail(definition, row._mapping, labels), counted=row.counted,
                unit=homes[row.home], numerator=row.numerator, denominator=row.denominator,
            )
            for row in rows
        ],
        next=next_cursor(rows[-1].home, rows[-1].counted, rows[-1].id) if more else None,
    )  # fmt: skip


def _detail(definition: Definition, row: Mapping[Any, Any], labels: Mapping[str, str]) -> str:
    """Why a record counts, or every reason why it does not."""
    conditions = definition.population.conditions
    words = (
        [conditions[word].holds for word in definition.counted]
        if row["counted"]
        else [conditions[word].fails for word in definition.counted if not row[word]]
    )
    told = dict(row)
    if "missing" in told:
        told["missing"] = "、".join(labels.get(code, code) for code in told["missing"])
    return "，".join(word.format(**told) for word in words)
