"""Shapes of sealed bundles on the wire, and inside of them (封装包)."""

from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from services.case_svc.letter_reviews.schemas import LetterReview
from services.kit.letters import LetterBody
from services.kit.wire import Instant, Name, Sha256, Wire

Purpose = Literal["rescue", "sealed"]


class FileInside(Wire):
    """A file that the letters speak of; `here`: its bytes follow (随附文件)."""

    sha256: Sha256
    size: int = Field(ge=1)
    media_type: Name
    here: bool


class Draft(Wire):
    """Something that was not finished when the bundle was made (未办完的事项)."""

    kind: Literal["inspection", "reinspection", "document"]
    id: Name
    about: dict[str, Any]


class Head(Wire):
    """What a bundle says, signed by its device (封装内容)."""

    format: Literal[1]
    office: Name
    device: Name
    purpose: Purpose
    made_at: Instant
    versions: dict[str, Any]
    grants: list[str]
    letters: list[LetterBody]
    files: list[FileInside]
    drafts: list[Draft]


class BundleKey(Wire):
    """A public key to which bundles are sealed (封装公钥)."""

    key: str = Field(description="公钥 SHA-256 的前十六位")
    algorithm: Literal["X25519"]
    public_key: str = Field(description="32 字节，base64url")


class BundleKeyList(Wire):
    """Every key that still opens bundles, the one in use first."""

    items: list[BundleKey]


class BundleReceipt(Wire):
    """What the office has of a bundle, signed (封装包回执).

    `done`: nothing of it has to come again. `signature`: as in a letter's receipt.
    """

    bundle: Sha256
    letters: int
    held: int
    files: int
    done: bool
    received_at: Instant
    key: str
    signature: str


class BundleAnswer(Wire):
    """What is told to whoever carried a bundle."""

    receipt: BundleReceipt
    reply: str = Field(description="给原平板的答复，仅原平板能读，base64url")


class HandoverPlant(Wire):
    """An inspection that a bundle is about, and its plant (移交所涉企业)."""

    inspection_id: UUID
    entity_id: UUID
    entity_name: str


class Handover(Wire):
    """A bundle that came, and how far its letters are (移交事项).

    `plants`: of its inspections, recorded or only begun, as far as the office knows them.
    """

    id: Sha256
    region: str
    device: str
    account: str
    officer: str
    name: str
    unit: str
    purpose: Purpose
    made_at: Instant
    carried_by: str
    received_at: Instant
    last_received_at: Instant
    letters: int
    applied: int
    rejected: int
    held: int
    files: int
    after_withdrawal: bool
    withdrawal: str
    subjects: list[str]
    drafts: list[dict[str, Any]]
    plants: list[HandoverPlant] = Field(default=[])
    reviewed: LetterReview | None = None


class HandoverPage(Wire):
    """Handovers, the latest first."""

    items: list[Handover]
    next: str | None
