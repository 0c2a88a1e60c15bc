"""An indicator as SQL: figures by unit in one grouped query, records by the same conditions."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from services.kpi_svc.indicators.populations import Reading
from services.kpi_svc.indicators.specs import Definition, Indicator

Part = Literal["counted", "missing", "all"]
Rows = Select[*tuple[Any, ...]]
Amounts = tuple[SQLColumnExpression[int], SQLColumnExpression[int]]


def _holding(
    definition: Definition, words: Iterable[str], reading: Reading, year: int
) -> ColumnElement[bool]:
    conditions = definition.population.conditions
    return and_(*(conditions[word].sql(reading.columns, year) for word in words))


def _amounts(definition: Definition, reading: Reading, counted: ColumnElement[bool]) -> Amounts:
    """What one row adds to numerator and denominator."""
    if definition.measure == "times":
        assert definition.population.times
        done, times = definition.population.times
        return func.least(done, times), times
    return case((counted, reading.weight), else_=0), reading.weight


def _figure(indicator: Indicator, definition: Definition, year: int) -> Rows:
    reading = definition.population.figures
    counted = _holding(definition, definition.counted, reading, year)
    numerator, denominator = _amounts(definition, reading, counted)
    wanted: Rows = (
        select(
            literal(indicator.code).label("code"),
            reading.home.label("home"),
            func.sum(numerator).label("numerator"),
            func.sum(denominator).label("denominator"),
        )
        .select_from(reading.rows)
        .where(_holding(definition, definition.within, reading, year))
        .group_by(reading.home)
        # A home in which nothing is left to measure has no figure, not 0 of 0.
        .having(func.sum(denominator) > 0)
    )
    return wanted


# Putting the statement together takes longer than PostgreSQL takes to answer it.
@lru_cache(maxsize=16)
def figures(indicators: tuple[Indicator, ...], year: int) -> CompoundSelect[*tuple[Any, ...]]:
    """Numerator and denominator of every computed indicator, by home of its members."""
    return union_all(
        *(
            _figure(indicator, indicator.definition, year)
            for indicator in indicators
            if indicator.definition
        )
    )


def records(
    definition: Definition, year: int, homes: list[str], part: Part, after: list[Any] | None,
    limit: int,
) -> Rows:  # fmt: skip
    """The members behind a figure: by home, missing ones first.

    `after` is the last record's (home, counted, id). Each counted condition is told as a column of
    its own name, so that a person can be told which of them fails.
    """
    population, reading = definition.population, definition.population.facts
    conditions = population.conditions
    counted = _holding(definition, definition.counted, reading, year)
    numerator, denominator = _amounts(definition, reading, counted)
    wanted: Rows = (
        select(
            reading.home.label("home"),
            counted.label("counted"),
            population.id.label("id"),
            population.shown_id.label("shown_id"),
            population.title.label("title"),
            numerator.label("numerator"),
            denominator.label("denominator"),
            *(column.label(name) for name, column in population.facts_told.items()),
            *(conditions[w].sql(reading.columns, year).label(w) for w in definition.counted),
        )
        .select_from(reading.rows)
        .where(_holding(definition, definition.within, reading, year), reading.home.in_(homes))
        .order_by(reading.home, counted, population.id)
        .limit(limit)
    )
    if part != "all":
        wanted = wanted.where(counted if part == "counted" else ~counted)
    if after:
        place = tuple_(*(literal(part) for part in after))
        wanted = wanted.where(tuple_(reading.home, counted, population.id) > place)
    return wanted
