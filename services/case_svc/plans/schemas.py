"""Shapes of annual plans and planned inspections on the wire (年度监督检查计划、计划内检查)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.kit.wire import Name, RegionCode, Wire

UnitCode = Annotated[str, Field(pattern=r"^[0-9A-Z]{4,12}$", description="单位代码")]
Year = Annotated[int, Field(ge=2000, le=2100, description="年度")]


class PlanRecord(Wire):
    """What the office sends of a plan (编制计划)."""

    region: RegionCode
    unit: UnitCode
    year: Year
    title: Name
    approval_number: Name | None = Field(description="批准文号；尚未批准的为空")
    approved_on: date | None = Field(description="批准日期；尚未批准的为空")


class PlanApproval(Wire):
    """What the head of the bureau sends (批准计划)."""

    approval_number: Name
    approved_on: date


class Plan(PlanRecord):
    """A plan and how far it has come (年度监督检查计划)."""

    id: UUID
    stage: Literal["draft", "approved"]
    approved_by: str | None
    drafted_by: str
    planned: int = Field(description="计划检查次数")
    done: int = Field(description="已完成的计划检查次数，每家以计划次数为限")


class PlanPage(Wire):
    """A page of plans."""

    items: list[Plan]
    next: str | None


class PlannedInspectionRecord(Wire):
    """What the office sends of a plant in a plan (列入计划)."""

    plan_id: UUID
    entity_id: UUID
    month: Annotated[int, Field(ge=1, le=12)]
    office: Name
    trade: Name
    kind: Literal["key", "general"]
    times: Annotated[int, Field(ge=1, le=365, description="计划次数")]


class PlannedInspection(PlannedInspectionRecord):
    """A plant in a plan, and how often it has been inspected (计划内检查)."""

    id: UUID
    entity_name: str
    region: str
    unit: str
    year: int
    done: int = Field(description="已出具现场检查记录的检查次数")
    approved: bool = Field(description="所属计划是否已批准")


class PlannedInspectionPage(Wire):
    """A page of planned inspections."""

    items: list[PlannedInspection]
    next: str | None
