"""Shapes of what documents of the site still owe on the wire (现场文书的后续手续)."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from services.kit.wire import Instant, Text, Wire

AnswerCode = Literal["approved", "lifted", "decided"]


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
    overdue: bool
    answer: AnswerCode | None
    opinion: str | None
    answered_by: str | None
    answered_at: Instant | None


class SiteDutyList(Wire):
    """What is owed, the most urgent first."""

    items: list[SiteDuty]
