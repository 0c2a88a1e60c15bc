"""Shapes of deliveries on the wire (平板信件)."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.case_svc.letter_reviews.schemas import LetterReview
from services.kit.letters import Delivery, LetterBody, Verdict, Verdicts
from services.kit.wire import Instant, Wire

__all__ = ["Delivery", "LetterBody", "Verdict", "Verdicts"]


class ReceiptKey(Wire):
    """A public key by which receipts are verified (回执公钥)."""

    key: str = Field(description="公钥 SHA-256 的前十六位")
    algorithm: Literal["Ed25519"]
    public_key: str = Field(description="32 字节，base64url")


class ReceiptKeyList(Wire):
    """Every key, the one that signs now first."""

    items: list[ReceiptKey]


class HeldLetter(Wire):
    """A letter that waits for something, as the tablet last sent it (暂缓的信件).

    `entity_id`: the plant that it is about, as far as the letters say; `entity_name`: null where
    the ledger that the office follows has no such plant. `detail`: what it waits for.
    """

    id: UUID
    device: str
    account: str
    name: str
    entity_id: UUID | None
    entity_name: str | None = None
    region: str
    subject: str
    kind: str
    written_at: Instant
    held_since: Instant
    last_sent_at: Instant
    code: str
    title: str
    detail: str


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
    name: str
    seq: int
    reason: Literal["same-seq", "prev-differs"]
    letter: UUID
    other: UUID | None
    letters: int
    noticed_at: Instant
    last_noticed_at: Instant
    reviewed: LetterReview | None = None


class JournalForkPage(Wire):
    """Forks, the latest first."""

    items: list[JournalFork]
    next: str | None
