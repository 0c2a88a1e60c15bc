"""Shapes of document numbers on the wire: leases, what became of them, gaps (文号)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from lawbook.numbers import NumberState
from services.kit.wire import Instant, Name, Wire

Year = Annotated[int, Field(ge=2000, le=2100, description="年度")]
Sequence = Annotated[int, Field(ge=1, le=1_000_000, description="序号")]
DocumentKind = Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,40}$", description="文书种类")]
Reason = Annotated[Name, Field(description="原因")]


class NumberLeaseRequest(Wire):
    """What a tablet asks for (领用文号段)."""

    document: DocumentKind
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


class NumberVoidBody(Wire):
    """A number that no document will bear (作废文号). `device`: the tablet that it was leased to."""

    id: UUID
    lease_id: UUID
    sequence: Sequence
    reason: Reason
    voided_at: Instant
    device: Name


class NumberReturnBody(Wire):
    """Numbers that a tablet gives back unused (退回文号)."""

    id: UUID
    lease_id: UUID
    first: Sequence
    last: Sequence
    returned_at: Instant
    device: Name


class NumberEnd(Wire):
    """What became of numbers, for good (文号去向)."""

    id: UUID
    unit: str
    document: str
    year: int
    first: int
    last: int
    state: NumberState
    reason: str
    lease_id: UUID | None
    device: str | None
    officer: str
    ended_at: Instant


class NumberFreezeBody(Wire):
    """A lease that may not be used any more (冻结文号段)."""

    id: UUID
    reason: Reason


class NumberFreeze(Wire):
    """A lease that was frozen (已冻结的文号段)."""

    id: UUID
    lease_id: UUID
    reason: str
    frozen_by: str
    frozen_at: Instant


class NumberSeries(Wire):
    """A series of numbers of a unit, document and year, and how far it has been given (文号序列)."""

    unit: str
    document: str
    year: int
    last: int


class NumberSeriesList(Wire):
    """Every series of a year in sight."""

    items: list[NumberSeries]


class NumberRun(Wire):
    """Numbers beside one another in one state for one reason, both ends included (文号区间)."""

    first: int
    last: int
    count: int
    state: NumberState
    reason: str
    device: str | None
    officer: str | None
    since: Instant | None
    lease_id: UUID | None


class RefusedNumber(Wire):
    """A document that was refused for its number: doubled, voided, returned, not leased (重号等)."""

    letter: UUID
    number: str
    device: str
    code: str
    title: str
    detail: str
    received_at: Instant


class NumberGaps(Wire):
    """The account of a series (文号缺口报告): every number from 1 to `last` in exactly one run."""

    unit: str
    document: str
    year: int
    last: int
    pattern: str | None = Field(description="文号格式；未领用过文号段时为空")
    counts: dict[NumberState, int] = Field(description="各状态的个数，合计等于 last")
    runs: list[NumberRun]
    refused: list[RefusedNumber]
