"""Shapes of deliveries on the wire (平板信件)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from services.kit.wire import Instant, Name, Wire


class LetterBody(Wire):
    """One letter: what was done on the tablet, to be done at the office (信件)."""

    id: UUID
    subject: Name = Field(description="所属事项；同一事项的信件依次办理")
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}$")]
    written_at: Instant
    body: dict[str, Any] = Field(description="内容，如同单独提交时一样")


class Delivery(Wire):
    """Letters in the order in which they were written (送信)."""

    device: Name
    letters: list[LetterBody] = Field(min_length=1)


class Problem(Wire):
    """Why a letter was refused or waits (RFC 9457)."""

    code: str
    title: str
    detail: str
    law: str | None
    next_step: str | None


class Receipt(Wire):
    """The office has this letter, and this is what it read (回执)."""

    letter: UUID
    sha256: str
    received_at: Instant
    state: Literal["applied", "rejected"]


class Verdict(Wire):
    """What became of one letter."""

    id: UUID
    state: Literal["applied", "held", "rejected"]
    problem: Problem | None
    receipt: Receipt | None


class Verdicts(Wire):
    """What became of each letter, in the order of the delivery."""

    verdicts: list[Verdict]
