"""Shapes of deliveries on the wire (平板信件)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from services.case_svc.letter_reviews.schemas import LetterReview
from services.kit.letters import Delivery as Letters
from services.kit.letters import LetterBody, Verdict, Verdicts
from services.kit.wire import Instant, Wire

__all__ = ["Delivery", "LetterBody", "Verdict", "Verdicts"]


class Delivery(Letters):
    """Letters in the order in which they were written (送信).

    `grants`: of the sender on this device, for letters captured where the sender no longer works:
    each is done under the grant that covers its `written_at`.
    """

    grants: list[Annotated[str, StringConstraints(max_length=8000)]] = Field(
        default_factory=list, max_length=50, description="写成信件时的授权，由服务器签发"
    )


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
    the ledger that the office follows has no such plant. `detail`: what it waits for. `reviewed`: what
    somebody found out about a letter whose authority is in doubt; it is done when it comes again.
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
    reviewed: LetterReview | None = None


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
