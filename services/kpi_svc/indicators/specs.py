"""Indicators as content says them (考核指标), read and held to the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lawbook.content import ContentError, load, need
from services.kpi_svc.indicators.populations import MEASURES, POPULATIONS, Population


@dataclass(frozen=True, slots=True)
class Definition:
    """How an indicator is counted (口径): of whom, who of them is in, who of those counts."""

    population: Population
    within: tuple[str, ...]
    counted: tuple[str, ...]
    measure: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the notice (考核指标); without a definition it is listed, not computed."""

    number: int
    code: str
    name: str
    category: str
    requirement: str
    basis: str
    goal: float
    due: tuple[int, int]
    status: str
    note: str
    definition: Definition | None

    def due_on(self, year: int) -> date:
        """The last day of a year on which it is to be reached (完成时限)."""
        return date(year, *self.due)


@lru_cache(maxsize=4)
def specs_in(content: Path) -> tuple[Indicator, ...]:
    """Every indicator of a content folder, in the order of their numbers."""
    found = [
        parse(body)
        for path in sorted((content / "indicators").glob("*.toml"))
        for body in need(load(path), "indicator", path.name)
    ]
    if len({indicator.code for indicator in found}) != len(found):
        raise ContentError("指标的 code 有重复")
    return tuple(sorted(found, key=lambda indicator: indicator.number))


def parse(body: dict[str, Any]) -> Indicator:
    """One indicator; ContentError where it leaves the vocabulary."""
    where = f"指标 {body.get('code', '?')}"
    computed, definition = bool(need(body, "computed", where)), body.get("definition")
    if computed != (definition is not None):
        raise ContentError(f"{where}：computed 与 definition 不一致")
    month, _, day = str(need(body, "due", where)).partition("-")
    text = {
        name: str(need(body, name, where))
        for name in ("code", "name", "category", "requirement", "basis", "status", "note")
    }
    return Indicator(
        number=int(need(body, "number", where)), goal=float(need(body, "goal", where)),
        due=(int(month), int(day)), definition=_definition(definition, where) if definition else None,
        **text,
    )  # fmt: skip


def _definition(body: Mapping[str, Any], where: str) -> Definition:
    population = POPULATIONS.get(str(body.get("population")))
    if population is None:
        raise ContentError(f"{where}：population “{body.get('population')}” 不认识")
    within, counted = tuple(body.get("within", ())), tuple(body.get("counted", ()))
    unknown = [word for word in (*within, *counted) if word not in population.conditions]
    if unknown or not counted:
        raise ContentError(f"{where}：{'、'.join(unknown) or 'counted'} 不认识或为空")
    measure = str(body.get("measure"))
    if measure not in MEASURES or (measure == "times" and population.times is None):
        raise ContentError(f"{where}：measure “{measure}” 不适用")
    return Definition(population, within, counted, measure)
