"""Shapes of delegations of a unit on the wire (单位的代行职权)."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.case_svc.cases.shapes import Day
from services.kit.wire import Instant, Name, Text, Wire

Power = Literal["case.endorse", "case.approve", "case.review", "case.hear", "case.archive"]


class DelegationBody(Wire):
    """A capacity given for some days (委托代行): the giver has it, and is away."""

    power: Power = Field(description="职权")
    to_number: Name = Field(description="代行人证号")
    to_name: Name = Field(description="代行人")
    since: Day = Field(description="起始日")
    until: Day = Field(description="截止日，含当日")
    reason: Text = Field(min_length=1, description="理由")


class Delegation(DelegationBody):
    """A delegation of a unit (单位的代行职权)."""

    id: UUID
    unit: str
    given_by: str
    given_at: Instant
    ended_at: Instant | None


class DelegationList(Wire):
    """Delegations of a unit, the latest first."""

    items: list[Delegation]
