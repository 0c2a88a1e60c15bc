"""Shapes of leases of document numbers on the wire (文号段)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.kit.wire import Instant, Name, Wire

Year = Annotated[int, Field(ge=2000, le=2100, description="年度")]


class NumberLeaseRequest(Wire):
    """What a tablet asks for (领用文号段)."""

    document: Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,40}$", description="文书种类")]
    year: Year
    device: Name
    count: Annotated[int, Field(ge=1, le=100, description="个数")]


class NumberLease(Wire):
    """A run of numbers that is this tablet's alone (文号段)."""

    id: UUID
    unit: str
    document: str
    year: int
    device: str
    first: int
    last: int
    pattern: str = Field(description="文号格式；{sequence} 处填序号")
    leased_at: Instant
