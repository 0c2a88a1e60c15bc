"""Shapes of indicators on the wire (考核指标)."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from services.kit.wire import Instant, Wire


class UnitFigure(Wire):
    """One unit's figure. null of null: nothing to measure, or not measured yet."""

    unit: str = Field(description="单位代码")
    name: str
    region: str
    behind: list[str] = Field(description="由其承接、并入本行的原单位")
    numerator: int | None
    denominator: int | None


class IndicatorFigures(Wire):
    """An indicator, and its figure in every unit in sight. The rate is left to who shows it."""

    code: str
    number: int
    name: str
    category: str = Field(description="考核类别")
    requirement: str = Field(description="考核指标要求，通知原文")
    basis: str
    goal: float
    due_on: date = Field(description="完成时限")
    status: str
    computed: bool = Field(description="是否计算；否则只列出")
    note: str = Field(description="口径说明")
    units: list[UnitFigure]


class IndicatorTable(Wire):
    """The indicators of a year (考核指标表)."""

    year: int
    as_of: Instant | None = Field(description="数据截至：最近一次从台账、办案取得变更的时间")
    items: list[IndicatorFigures]


class IndicatorRecord(Wire):
    """One record behind a figure (指标背后的记录), and why it counts or does not."""

    id: UUID = Field(description="企业、执法人员（未录入的为应录名单中的编号）或计划检查的编号")
    kind: Literal["entity", "officer", "planned_inspection", "inspection", "case"]
    title: str
    detail: str
    counted: bool
    unit: str = Field(description="单位代码")
    numerator: int = Field(description="计入分子的数")
    denominator: int = Field(description="计入分母的数")


class IndicatorRecordPage(Wire):
    """A page of records behind a figure."""

    items: list[IndicatorRecord]
    next: str | None
