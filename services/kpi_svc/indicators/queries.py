"""Reading figures and the records behind them; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.pages import next_cursor, read_key
from services.kit.problems import NotFound
from services.kit.successions import successions, today
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
from services.kpi_svc.rows import FollowedFeedRow, SuccessionRow

Figure = tuple[int, int]


async def table(
    session: AsyncSession, indicators: tuple[Indicator, ...], year: int
) -> IndicatorTable:
    """Every indicator with its figure in every unit in sight."""
    lines = await _lines(session, year)
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
                units=[_figure(one, line, found) for line in lines],
            )
            for one in indicators
        ],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A unit that answers for itself in a year, and for those for which it carries on (承接)."""

    unit: UnitRow
    behind: tuple[UnitRow, ...] = ()

    def homes(self, definition: Definition) -> list[str]:
        """Where its members are at home: its own first, each once."""
        of_region = definition.population.home == "region"
        every = (self.unit, *self.behind)
        return list(dict.fromkeys(one.region if of_region else one.code for one in every))


async def _lines(session: AsyncSession, year: int) -> list[Line]:
    """The lines of a year's figures: who has been succeeded within it is part of its successor's.

    A plant of the old region is at home there still, so it is counted once, in the one line that
    has that home. Of a year that is over the lines are those of its last day.
    """
    known = await successions(session, SuccessionRow)
    on = min(today(), date(year, 12, 31))
    rows = {row.code: row for row in await session.scalars(select(UnitRow))}
    behind: dict[str, list[UnitRow]] = {}
    for code in sorted(rows):
        # Where the successor is not in sight, the old unit still tells for itself.
        if (own := known.current(code, on)) != code and own in rows:
            behind.setdefault(own, []).append(rows[code])
    gone = {one.code for several in behind.values() for one in several}
    return [
        Line(rows[code], tuple(behind.get(code, ()))) for code in sorted(rows) if code not in gone
    ]


def _figure(
    indicator: Indicator, line: Line, found: Mapping[tuple[str, str], Figure]
) -> UnitFigure:
    homes = line.homes(indicator.definition) if indicator.definition else []
    parts = [found[key] for home in homes if (key := (indicator.code, home)) in found]
    numerator = sum(one[0] for one in parts) if parts else None
    denominator = sum(one[1] for one in parts) if parts else None
    return UnitFigure(
        unit=line.unit.code, name=line.unit.name, region=line.unit.region,
        numerator=numerator, denominator=denominator, behind=[one.name for one in line.behind],
    )  # fmt: skip


async def records(
    session: AsyncSession, indicator: Indicator, labels: Mapping[str, str], *, year: int,
    unit: str | None, part: compute.Part, after: str | None, limit: int,
) -> IndicatorRecordPage:  # fmt: skip
    """The records behind a figure, by unit, those that are missing first."""
    place, definition = read_key(after, str, "True".__eq__, UUID), indicator.definition
    lines = [
        line for line in await _lines(session, year)
        if unit in (None, line.unit.code, *(one.code for one in line.behind))
    ]  # fmt: skip
    if unit and not lines:
        raise NotFound("未找到该单位，或不在您的管辖范围内")
    if definition is None:
        return IndicatorRecordPage(items=[], next=None)
    homes = {home: line.unit.code for line in lines for home in line.homes(definition)}
    rows = list(
        await session.execute(
            compute.records(definition, year, list(homes), part, place, limit + 1)
        )
    )
    more, rows = len(rows) > limit, rows[:limit]
    return IndicatorRecordPage(
        items=[
            IndicatorRecord(
                id=row.shown_id, kind=_kind(definition, row._mapping), title=row.title,
                detail=_detail(definition, row._mapping, labels), counted=row.counted,
                unit=homes[row.home], numerator=row.numerator, denominator=row.denominator,
            )
            for row in rows
        ],
        next=next_cursor(rows[-1].home, rows[-1].counted, rows[-1].id) if more else None,
    )  # fmt: skip


def _kind(definition: Definition, row: Mapping[Any, Any]) -> Any:  # noqa: ANN401 - a literal of the wire
    """What a record is: of its population, or of the sort of matter that it is itself."""
    if "matter" not in row:
        return definition.population.kind
    return {"planned": "planned_inspection"}.get(row["matter"], row["matter"])


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
    return "，".join(word.format(**told) for word in words if word)
