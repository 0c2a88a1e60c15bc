"""Shapes of earlier cases on the wire (同类案件)."""

from datetime import date
from uuid import UUID

from lawbook.precedents import Standing
from services.kit.wire import Wire


class EarlierCase(Wire):
    """One earlier case (以往案件)."""

    case_id: UUID
    number: str | None
    name: str
    unit: str
    grade: str
    fine: int
    decided_on: date


class FinesTold(Wire):
    """How the fines of earlier cases lie, in fen (罚款分布)."""

    cases: int
    grades: dict[str, int]
    least: int
    lower: int
    median: int
    upper: int
    most: int


class Precedents(Wire):
    """Earlier cases of one violation, and how what is proposed stands to them (同案同罚)."""

    offence: str
    description: str
    grade: str
    fine: int
    standing: Standing
    told: str
    distribution: FinesTold
    latest: list[EarlierCase]


class PrecedentsOfCase(Wire):
    """For each violation of a case whose offence is in the catalogue."""

    items: list[Precedents]
