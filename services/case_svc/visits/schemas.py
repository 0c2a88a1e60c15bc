"""Shapes of shared visits on the wire (同行检查)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from lawbook.inspection import GroundKind
from services.case_svc.inspections.schemas import ChecklistRef, ItemCode, Present
from services.kit.wire import Instant, Name, RegionCode, Text, Wire

FieldName = Literal[
    "answer", "remark", "description", "correct_by", "major",
    "basis", "criterion", "about", "penalty_basis", "list",
]  # fmt: skip
Value = StrictBool | Annotated[Text, StringConstraints(max_length=2000)]


class VisitOpenBody(Wire):
    """A visit that a tablet began, told so that its other officers can join (开启同行检查)."""

    id: UUID
    visit_id: UUID = Field(description="即现场检查的编号")
    entity_id: UUID
    region: RegionCode
    scheme_id: UUID | None
    planned_inspection_id: UUID | None
    checklist: ChecklistRef
    officers: list[Name] = Field(min_length=1, max_length=20, description="执法证号")
    place: Name
    present: Present
    ground_kind: GroundKind | None = Field(description="临时检查的缘由种类")
    ground: Annotated[Text, StringConstraints(max_length=200)] | None
    started_at: Instant
    officer: Name = Field(description="开启人的执法证号")
    device: Name


class ChangeBody(Wire):
    """One field as somebody set it."""

    value: Value
    over: list[UUID] = Field(max_length=50, description="填写时已见到、由此替换的改动")


class PatchBody(Wire):
    """One officer's word on one item (改动)."""

    id: UUID
    item: ItemCode = Field(
        description="检查项；检查项没有写到的问题用其编号，检查表用“list:”和其代码"
    )
    fields: dict[FieldName, ChangeBody] = Field(min_length=1)
    officer: Name = Field(description="执法证号")
    device: Name
    answered_at: Instant


class VisitAnswerBody(Wire):
    """What was answered in a visit since its tablet last told (同行检查的填写)."""

    id: UUID
    visit_id: UUID
    device: Name
    patches: list[PatchBody] = Field(min_length=1, max_length=500)


class Opening(Wire):
    """Who opened a visit, on which tablet; the first of them leads."""

    officer: str
    device: str
    started_at: Instant
    opened_at: Instant


class SaidWord(Wire):
    """One officer's word on one field."""

    patch: UUID
    value: Value
    officer: str
    device: str
    answered_at: Instant


class StandingField(Wire):
    """What stands of one field; `open`: different values do (填写不一致)."""

    field: FieldName
    standing: list[SaidWord]
    open: bool


class StandingItem(Wire):
    """What stands of one check item."""

    item: str
    fields: list[StandingField]


class SettledField(Wire):
    """A choice between different words (选定)."""

    item: str
    field: FieldName
    chosen: SaidWord
    left: list[SaidWord]


class LeftOutWord(Wire):
    """What somebody said and the record of the visit does not say; `late`: it came afterwards."""

    item: str
    field: FieldName
    word: SaidWord
    late: bool = Field(description="结束后收到")


class Visit(Wire):
    """A shared visit: who opened it, what stands, what was chosen, what the record leaves out."""

    id: UUID
    region: str
    entity_id: UUID
    entity_name: str
    scheme_id: UUID | None
    checklist: str
    officers: list[str]
    openings: list[Opening]
    recorded: bool
    items: list[StandingItem]
    settled: list[SettledField]
    left_out: list[LeftOutWord]
