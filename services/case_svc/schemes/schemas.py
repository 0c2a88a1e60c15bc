"""Shapes of inspection schemes on the wire (现场检查方案)."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from services.kit.wire import Instant, Name, Text, Wire

Stage = Literal["drafted", "reviewed", "approved", "returned"]
CertificateNumber = Annotated[str, Field(pattern=r"^[0-9A-Z-]{6,20}$", description="执法证号")]
ChecklistRef = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9-]{0,40}@[0-9.]{1,20}$", description="检查表及版本")
]


class SchemeRecord(Wire):
    """What an officer sends of a scheme (拟制方案)."""

    planned_inspection_id: UUID | None = Field(description="计划内检查；计划外的为空")
    ground: Name | None = Field(description="计划外检查的事由；计划内的为空")
    entity_id: UUID
    officers: list[CertificateNumber] = Field(max_length=20)
    inspect_on: date
    checklist: ChecklistRef
    contents: list[Name] = Field(min_length=1, max_length=50, description="检查内容")
    method: Name = Field(description="检查方式")

    @model_validator(mode="after")
    def _one_occasion(self) -> Self:
        if (self.planned_inspection_id is None) == (self.ground is None):
            raise ValueError("计划内检查与计划外检查的事由应当填写其中一项，且只填一项")
        return self


class SchemeDraftBody(SchemeRecord):
    """A scheme as a tablet drafts it at the plant (现场拟制方案); sent again when it is changed."""

    id: UUID = Field(description="本次拟制")
    scheme_id: UUID
    inspection_id: UUID | None = Field(
        description="情况紧急、已先行开展的现场检查；检查未开始的为空"
    )
    proposed: list[Name] = Field(max_length=60, description="在现场补充、尚待台账更新的栏目")
    drafted_at: Instant
    device: Name


class Opinion(Wire):
    """What is said of a scheme: agreed, or returned with a reason (审核意见、审批意见)."""

    opinion: Annotated[Text, Field(min_length=1, max_length=2000)]
    agreed: bool = Field(description="同意；不同意的退回拟制人员")


class InspectionScheme(Wire):
    """A scheme and how far it has come (现场检查方案)."""

    id: UUID
    region: str
    unit: str
    stage: Stage
    number: str | None
    document_id: UUID | None = Field(description="批准后制作的现场检查方案文书")
    planned_inspection_id: UUID | None
    ground: str | None
    inspection_id: UUID | None = Field(description="补报的方案，其已先行开展的现场检查；其余为空")
    entity_id: UUID
    entity_name: str
    officers: list[str]
    inspect_on: date
    checklist: str
    contents: list[str]
    method: str
    drafted_by: str
    drafted_by_name: str
    drafted_at: Instant
    reviewed_by: str | None
    reviewed_by_name: str | None
    reviewed_on: date | None
    review_opinion: str | None
    approved_by: str | None
    approved_by_name: str | None
    approved_on: date | None
    approval_opinion: str | None


class SchemePage(Wire):
    """A page of schemes."""

    items: list[InspectionScheme]
    next: str | None
