"""Shapes of what documents of the site still owe on the wire (现场文书的后续手续)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from services.kit.wire import Instant, Text, Wire

AnswerCode = Literal[
    "approved", "lifted", "decided", "extended", "kept", "prolonged", "disposed", "carried"
]


class LaterRequest(Wire):
    """More time to correct, as the party asked for it (延长整改期限的申请)."""

    applied_on: date = Field(description="当事人申请之日")
    until: date = Field(description="申请延长至")
    reason: Annotated[Text, StringConstraints(min_length=1, max_length=2000)] = Field(
        description="申请的理由"
    )
    hazards: list[UUID] = Field(min_length=1, max_length=200, description="所涉的隐患")


class CorrectionRequestBody(LaterRequest):
    """What the party of an order made at the site asks for, as it is entered (登记延期整改申请)."""

    inspection_id: UUID


class SiteDutyAnswer(Wire):
    """What the head answers (负责人的答复)."""

    answer: AnswerCode = Field(description="答复")
    opinion: Text = Field(min_length=1, description="意见")


class SiteDuty(Wire):
    """One thing that a document of the site owes, and what was answered."""

    id: UUID
    unit: str
    document_id: UUID
    inspection_id: UUID
    case_id: UUID | None = Field(description="由同一检查立案的案件；没有的为空")
    document_name: str
    number: str | None
    entity_name: str
    name: str
    title: str
    law: str
    answers: list[AnswerCode]
    officers: list[str]
    due_on: date
    due_at: Instant | None
    request: LaterRequest | None = Field(description="当事人的申请；不是申请的为空")
    overdue: bool
    answer: AnswerCode | None
    opinion: str | None
    answered_by: str | None
    answered_at: Instant | None


class SiteDutyList(Wire):
    """What is owed, the most urgent first."""

    items: list[SiteDuty]
