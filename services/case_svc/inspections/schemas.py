"""Shapes of on-site inspections and hazards on the wire (现场检查、事故隐患)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from lawbook.inspection import Answer, GroundKind, Outcome
from services.kit.wire import ClockBody, Instant, Name, RegionCode, Text, Ticks, Wire

FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
ItemCode = Annotated[str, StringConstraints(min_length=1, max_length=60)]
FoundItem = Annotated[str, StringConstraints(max_length=60)]
ChecklistRef = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,40}@[0-9][0-9.]{0,20}$")
]
Degrees = Annotated[float, Field(allow_inf_nan=False, ge=-180, le=180)]


class Location(Wire):
    """Where something was captured, as the device says it (位置)."""

    lat: Degrees
    lon: Degrees
    accuracy: Annotated[float, Field(allow_inf_nan=False, ge=0, description="米")]
    datum: Name


class Present(Wire):
    """The plant's person on the spot (现场负责人)."""

    name: Name
    duty: Annotated[Text, StringConstraints(max_length=200)]
    phone: Annotated[Text, StringConstraints(max_length=200)]


class AnswerBody(Wire):
    """What was found of one item (检查结果项)."""

    answer: Answer
    remark: Annotated[Text, StringConstraints(max_length=2000)]
    # Left out where it was not sent, as in all that older tablets have said.
    clock: Ticks | None = Field(
        None, exclude_if=lambda ticks: ticks is None, description="填写时平板的时钟"
    )


class FindingBody(Wire):
    """What was found: of an unmet item one or several, or what no list of the visit asks about.

    Classified as a hazard at the office (发现的问题).
    """

    id: UUID
    check_item: FoundItem = Field(description="检查项；检查表以外的问题为空")
    description: Annotated[Text, StringConstraints(min_length=1, max_length=2000)]
    basis: Annotated[Text, StringConstraints(max_length=2000)]
    correct_by: date
    major: bool
    # Left out where it was not sent, as in all that older tablets have said.
    criterion: Annotated[Text, StringConstraints(max_length=500)] | None = Field(
        None, exclude_if=lambda said: said is None, description="重大事故隐患判定依据"
    )
    checklist: ChecklistRef | None = Field(
        None, exclude_if=lambda said: said is None,
        description="检查项所在的检查表；本次检查的检查表中有该项的不填",
    )  # fmt: skip
    penalty_basis: Annotated[Text, StringConstraints(max_length=500)] | None = Field(
        None, exclude_if=lambda said: said is None,
        description="处罚依据；检查项已有的不填",
    )  # fmt: skip


class InspectionFacts(Wire):
    """What is known of an inspection on the spot (现场检查)."""

    id: UUID
    scheme_id: UUID | None
    planned_inspection_id: UUID | None
    entity_id: UUID
    region: RegionCode
    checklist: ChecklistRef = Field(description="检查表及版本", examples=["metallurgy@2026.1"])
    officers: list[Name] = Field(min_length=1, max_length=20, description="执法证号")
    answers: dict[ItemCode, AnswerBody] = Field(max_length=500)
    place: Name
    started_at: Instant
    ended_at: Instant
    present: Present
    findings: list[FindingBody] = Field(max_length=200)
    device: Name
    location: Location | None
    ground_kind: GroundKind | None = Field(None, description="临时检查的缘由种类")
    ground: Annotated[Text, StringConstraints(max_length=200)] | None = Field(
        None, description="检查缘由的说明"
    )
    certificate_shown_at: Instant | None = Field(None, description="出示执法证的时间")
    also_checklists: list[ChecklistRef] = Field(
        [], max_length=20, description="同一次检查所用的其他检查表及版本"
    )
    also_present: list[Present] = Field([], max_length=20, description="其他在场人员")
    clock: ClockBody | None = Field(None, description="检查结束时平板的各个时钟")
    begun_clock: ClockBody | None = Field(None, description="检查开始时平板的各个时钟")
    present_at: Instant | None = Field(None, description="在场人员最后记录的时间；旧版平板不写")
    present_clock: ClockBody | None = Field(None, description="记录在场人员时平板的各个时钟")
    present_location: Location | None = Field(None, description="记录在场人员的位置")
    shown_clock: ClockBody | None = Field(None, description="出示执法证时平板的各个时钟")
    shown_location: Location | None = Field(None, description="出示执法证的位置")
    ended_location: Location | None = Field(
        None, description="检查结束的位置；location 是开始的位置"
    )


class InspectionBody(InspectionFacts):
    """An inspection as the officers recorded it on the spot (登记现场检查)."""

    proposed: list[FieldCode] = Field(
        [], max_length=100, description="现场补充而台账尚未收到的栏目；台账未更新时，本记录等待"
    )


class Inspection(InspectionFacts):
    """An inspection as the office has it (现场检查)."""

    unit: str
    entity_name: str
    outcome: Outcome
    doubts: list[str] = Field(description="时间存疑的理由；没有的为空表")
    recorded_at: Instant
    recorded_by: str


class Hazard(Wire):
    """A hazard found on the spot (事故隐患); its id is the finding's."""

    id: UUID
    inspection_id: UUID
    region: str
    entity_id: UUID
    entity_name: str
    check_item: str = Field(description="检查项；检查表以外的问题为空")
    checklist: str | None = Field(description="检查项所在的检查表")
    description: str
    basis: str
    penalty_basis: str | None = Field(description="处罚依据；空的依检查项")
    correct_by: date
    major: bool
    criterion: str | None = Field(description="重大事故隐患判定依据")
    state: Literal["open", "closed"]
    closed_at: Instant | None
    closed_by: UUID | None = Field(description="据以销号的整改复查")


class EvidenceProgress(Wire):
    """How far the evidence of an inspection has come in (证据送达情况)."""

    declared: int = Field(description="平板已登记的证据件数")
    received: int = Field(description="原件已收齐并核对无误的件数")
    unproven: list[UUID] = Field(description="还没有收到照片或录像的重大事故隐患")


class InspectionSeen(Inspection):
    """An inspection, and how its evidence stands (现场检查及证据送达情况)."""

    evidence: EvidenceProgress


class InspectionWithHazards(InspectionSeen):
    """An inspection, and how its hazards and its evidence stand (现场检查及隐患)."""

    hazards: list[Hazard]


class InspectionPage(Wire):
    """A page of inspections."""

    items: list[InspectionSeen]
    next: str | None


class HazardPage(Wire):
    """A page of hazards."""

    items: list[Hazard]
    next: str | None
