"""Shapes of deliveries on the wire (平板信件)."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from services.kit.wire import Instant, Name, Sha256, Wire


class LetterBody(Wire):
    """One letter: what was done on the tablet, to be done at the office (信件).

    A tablet that keeps a journal tells the letter's place in it: `seq`, `prev`, `link`, `journal`.
    One that does not is taken at its word, as before.
    """

    id: UUID
    subject: Name = Field(description="所属事项；同一事项的信件依次办理")
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}\.[a-z_]{1,40}$")]
    written_at: Instant
    body: dict[str, Any] = Field(description="内容，如同单独提交时一样")
    journal: Sha256 | None = Field(default=None, description="日志的名称：首封信件的 prev")
    seq: int | None = Field(default=None, ge=1, le=1 << 53, description="在日志中的序号，从 1 起")
    prev: Sha256 | None = Field(default=None, description="前一封信件的链值")
    link: Sha256 | None = Field(default=None, description="本封信件的链值")
    after: UUID | None = Field(
        default=None, description="同一事项中的前一封信件；其未办理时，本封信件等待"
    )

    @model_validator(mode="after")
    def _a_place_is_whole(self) -> Self:
        if (self.seq is None) != (self.prev is None):
            raise ValueError("seq 与 prev 应同时给出")
        return self


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
    """The office has this letter, and this is what it read, signed (回执).

    `signature`: Ed25519 by the key named `key` (GET /v1/receipt-keys), base64url, over the
    canonical JSON of all other members.
    """

    letter: UUID
    device: str
    seq: int | None
    link: str | None
    sha256: str
    received_at: Instant
    state: Literal["applied", "rejected"]
    key: str
    signature: str


class Verdict(Wire):
    """What became of one letter."""

    id: UUID
    state: Literal["applied", "held", "rejected"]
    problem: Problem | None
    receipt: Receipt | None


class Verdicts(Wire):
    """What became of each letter, in the order of the delivery."""

    verdicts: list[Verdict]


class ReceiptKey(Wire):
    """A public key by which receipts are verified (回执公钥)."""

    key: str = Field(description="公钥 SHA-256 的前十六位")
    algorithm: Literal["Ed25519"]
    public_key: str = Field(description="32 字节，base64url")


class ReceiptKeyList(Wire):
    """Every key, the one that signs now first."""

    items: list[ReceiptKey]


class HeldLetter(Wire):
    """A letter that waits for something, as the tablet last sent it (暂缓的信件)."""

    id: UUID
    device: str
    account: str
    region: str
    subject: str
    kind: str
    written_at: Instant
    held_since: Instant
    last_sent_at: Instant
    code: str
    title: str


class HeldLetterPage(Wire):
    """Held letters, the longest first."""

    items: list[HeldLetter]
    next: str | None


class JournalFork(Wire):
    """A journal in which two tablets write, or from which a letter is missing (日志分叉).

    `letter` is the one that made it noticed, `other` the one that has its place; `letters` counts
    those noticed since.
    """

    device: str
    journal: str
    region: str
    account: str
    seq: int
    reason: Literal["same-seq", "prev-differs"]
    letter: UUID
    other: UUID | None
    letters: int
    noticed_at: Instant
    last_noticed_at: Instant


class JournalForkPage(Wire):
    """Forks, the latest first."""

    items: list[JournalFork]
    next: str | None
