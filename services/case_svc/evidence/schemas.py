"""Shapes of evidence on the wire (证据)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from services.case_svc.files.media import MediaType
from services.case_svc.inspections.schemas import Location
from services.kit.wire import ClockBody, Instant, Name, Sha256, Text, Wire


class EvidenceBody(Wire):
    """What was captured on the spot, declared before its bytes arrive (登记证据)."""

    id: UUID
    inspection_id: UUID
    hazard_id: UUID | None
    sha256: Sha256 = Field(description="原件摘要")
    size: int = Field(ge=1, le=1 << 40, description="字节数")
    media_type: MediaType
    captured_at: Instant
    caption: Annotated[Text, StringConstraints(max_length=500)]
    location: Location | None
    device: Name
    # Left out where it was not sent: the letters of older tablets stay what they were.
    clock: ClockBody | None = Field(
        None, exclude_if=lambda clock: clock is None, description="取证时平板的各个时钟"
    )


class Evidence(EvidenceBody):
    """Evidence as the office has it (证据)."""

    region: str
    doubts: list[str] = Field(description="时间存疑的理由；没有的为空表")
    state: Literal["pending", "received"]
    declared_at: Instant
    declared_by: str
    received_at: Instant | None


class EvidenceList(Wire):
    """The evidence of one inspection."""

    items: list[Evidence]
