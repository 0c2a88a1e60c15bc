"""Shapes of visits called off on the wire (未能检查)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from lawbook.calling_off import Why
from lawbook.inspection import GroundKind
from services.case_svc.inspections.schemas import Location, Present
from services.kit.wire import ClockBody, Instant, Name, RegionCode, Text, Wire

Said = Annotated[Text, StringConstraints(max_length=2000)]
Short = Annotated[Text, StringConstraints(max_length=200)]


class CallOffBody(Wire):
    """A visit that was begun and could not be carried out (未能检查), as its tablet tells it."""

    id: UUID = Field(description="即现场检查的编号")
    entity_id: UUID
    region: RegionCode
    scheme_id: UUID | None
    planned_inspection_id: UUID | None
    ground_kind: GroundKind | None
    ground: Short | None
    officers: list[Name] = Field(min_length=1, max_length=20, description="执法证号")
    place: Name
    present: Present
    started_at: Instant
    certificate_shown_at: Instant | None = Field(description="出示执法证的时间；没有出示的为空")
    called_off_at: Instant
    why: Why = Field(description="原因")
    account: Said = Field(description="经过")
    witness: Short = Field(description="见证人")
    device: Name
    location: Location | None
    clock: ClockBody = Field(description="登记时平板的各个时钟")


class CalledOff(CallOffBody):
    """A visit called off as the office has it (未能检查)."""

    unit: str
    entity_name: str
    reason: str = Field(description="原因的名称")
    law: str = Field(description="所依据的条；没有的为空")
    consequence: str = Field(description="法律后果；没有的为空")
    doubts: list[str] = Field(description="时间存疑的理由；没有的为空表")
    recorded_at: Instant
    recorded_by: str


class CalledOffPage(Wire):
    """A page of visits called off."""

    items: list[CalledOff]
    next: str | None
