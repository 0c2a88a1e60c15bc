"""Shapes of re-inspections on the wire (整改复查)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from lawbook.rectification import ReinspectionOutcome
from services.case_svc.inspections.schemas import Location
from services.kit.wire import ClockBody, Instant, Name, Text, Wire


class ResultBody(Wire):
    """What was found of one hazard (复查结果)."""

    hazard_id: UUID
    outcome: ReinspectionOutcome
    remark: Annotated[Text, StringConstraints(max_length=2000)]


class ReinspectionBody(Wire):
    """A re-inspection as the officers recorded it (登记整改复查)."""

    id: UUID
    inspection_id: UUID
    reinspected_at: Instant
    officers: list[Name] = Field(min_length=1, max_length=20, description="执法证号")
    results: list[ResultBody] = Field(min_length=1, max_length=200)
    device: Name
    # Left out where they were not sent: the letters of older tablets stay what they were.
    clock: ClockBody | None = Field(
        None, exclude_if=lambda clock: clock is None, description="复查结束时平板的各个时钟"
    )
    location: Location | None = Field(
        None, exclude_if=lambda place: place is None, description="复查的位置"
    )


class Reinspection(ReinspectionBody):
    """A re-inspection as the office has it (整改复查)."""

    region: str
    unit: str
    entity_id: UUID
    doubts: list[str] = Field(description="时间存疑的理由；没有的为空表")
    recorded_at: Instant
    recorded_by: str


class ReinspectionList(Wire):
    """The re-inspections of one inspection."""

    items: list[Reinspection]
