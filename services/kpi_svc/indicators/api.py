"""Doors to indicators (考核指标)."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from lawbook.content import load
from lawbook.entity import LedgerDictionary
from services.kit.claims import Claims, requires
from services.kit.database import Snapshot, Transaction
from services.kit.pages import After, Limit
from services.kit.problems import NotFound
from services.kpi_svc.indicators import queries
from services.kpi_svc.indicators.compute import Part
from services.kpi_svc.indicators.schemas import IndicatorRecordPage, IndicatorTable
from services.kpi_svc.indicators.specs import Indicator, specs_in
from services.kpi_svc.permissions import Permission

router = APIRouter(tags=["考核指标"])
Year = Annotated[int, Query(ge=2000, le=2100, description="年度")]


async def _indicators(request: Request) -> tuple[Indicator, ...]:
    return specs_in(request.app.state.settings.content)


@lru_cache(maxsize=4)
def _labels_in(content: Path) -> dict[str, str]:
    return LedgerDictionary.from_content(load(content / "ledger" / "dictionary.toml")).label


async def _labels(request: Request) -> dict[str, str]:
    return _labels_in(request.app.state.settings.content)


Indicators = Annotated[tuple[Indicator, ...], Depends(_indicators)]
Labels = Annotated[dict[str, str], Depends(_labels)]


@router.get("/indicators")
async def list_indicators(
    claims: Annotated[Claims, requires(Permission.INDICATOR_READ)],
    indicators: Indicators, session: Snapshot, year: Year,
) -> IndicatorTable:  # fmt: skip
    """The indicators of a year, by unit (考核指标表)."""
    return await queries.table(session, indicators, year)


@router.get("/indicators/{code}/records")
async def list_records(
    code: str,
    claims: Annotated[Claims, requires(Permission.INDICATOR_READ)],
    indicators: Indicators, labels: Labels, session: Transaction, year: Year,
    unit: Annotated[str | None, Query(max_length=12, description="单位代码")] = None,
    part: Annotated[Part, Query(description="已计入、未计入、全部")] = "all",
    after: After = None, limit: Limit = 50,
) -> IndicatorRecordPage:  # fmt: skip
    """The records behind a figure: which count, which are missing and why (指标明细)."""
    for indicator in indicators:
        if indicator.code == code:
            return await queries.records(
                session, indicator, labels,
                year=year, unit=unit, part=part, after=after, limit=limit,
            )  # fmt: skip
    raise NotFound(f"没有“{code}”这项指标")
