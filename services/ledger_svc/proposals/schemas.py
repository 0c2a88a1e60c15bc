"""Shapes of proposals on the wire (台账补充)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from lawbook.proposal import Basis, Source
from services.kit.letters import Delivery
from services.kit.wire import Instant, Name, Sha256, Text, Wire
from services.ledger_svc.entities.schemas import FieldCode

Value = Annotated[Text, StringConstraints(max_length=2000)]
Note = Annotated[Text, StringConstraints(max_length=200)]
State = Literal["waiting", "accepted", "declined"]


class ProposalBody(Wire):
    """A value that an officer found at the plant, for one field of the ledger (补充台账)."""

    id: UUID
    entity_id: UUID
    field: FieldCode = Field(description="数据项字典的栏目代码")
    old_value: Value = Field(description="填写时台账中的值；空即未填")
    new_value: Value
    source: Source = Field(description="来源")
    source_note: Note = Field("", description="来源的说明；来源为其他时必填")
    written_at: Instant
    device: Name
    evidence_sha256: Sha256 | None = Field(None, description="作为依据的照片")


class Proposal(ProposalBody):
    """A proposal, and what became of it (台账补充)."""

    region: str
    entity_name: str
    source_note: Note
    evidence_sha256: Sha256 | None
    officer: str
    officer_name: str
    recorded_at: Instant
    state: State
    basis: Basis | None
    reason: str | None
    decided_by: str | None
    decided_by_name: str | None
    decided_at: Instant | None
    entity_version: int | None = Field(description="采纳后企业台账的版本")


class ProposalWithLedger(Proposal):
    """A proposal, and what the ledger holds in that field now (待核定的台账补充)."""

    held_value: str = Field(description="台账中现在的值")
    held_version: int | None = Field(description="企业台账现在的版本；企业已不在管辖范围内时为空")


class ProposalPage(Wire):
    """A page of proposals."""

    items: list[ProposalWithLedger]
    next: str | None


class ProposalCounts(Wire):
    """How many proposals wait for the office (待核定的台账补充)."""

    waiting: int


class ForwardedDelivery(Delivery):
    """Letters that came in a sealed bundle, and the grant under which they were written (转送)."""

    grant: str = Field(description="写成信件时的授权（JWT）", max_length=8000)
    head: str | None = Field(
        default=None, max_length=16 << 20, description="封装内容，如平板所签；没有的不予办理"
    )
    signature: str | None = Field(
        default=None, max_length=100, description="平板对封装内容的 Ed25519 签名，base64url"
    )


class DecisionBody(Wire):
    """What the office decides of a proposal (核定台账补充)."""

    accepted: bool
    reason: Note = Field("", description="核定意见；不采纳时必填")
    version: int = Field(ge=1, description="核定时所见的企业台账版本")
