"""Shapes of penalty cases on the wire (案件)."""

from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from pydantic import Field

from lawbook.penalty.shapes import EVIDENCE, PARTY, VIOLATIONS
from services.case_svc.cases.shapes import Day, LateReason, model
from services.case_svc.schemes.schemas import CertificateNumber
from services.kit.wire import Instant, Name, RegionCode, Text, Wire

if TYPE_CHECKING:

    class Party(Wire):
        """当事人."""

    class Violation(Wire):
        """违法行为（个案）."""

    class EvidenceOfCase(Wire):
        """证据."""

else:
    Party = model("PartyOfCase", PARTY, "当事人")
    Violation = model("ViolationOfCase", VIOLATIONS.of, "违法行为（个案）")
    EvidenceOfCase = model("EvidenceOfCase", EVIDENCE.of, "证据")
Source = Literal["inspection", "accident", "complaint", "assigned", "reported", "referral", "other"]


class CaseBody(Wire):
    """What begins a case (提请立案): from an inspection what is left out is carried over from it."""

    procedure: Literal["ordinary", "summary"] = "ordinary"
    at: Instant = Field(description="提请的时间")
    source: Source = Field(description="案件来源")
    inspection_id: UUID | None = Field(default=None, description="来源为现场检查的，其编号")
    source_id: Name | None = Field(default=None, description="其他来源的编号")
    source_note: Text | None = None
    hazards: list[UUID] | None = Field(
        default=None, max_length=200, description="空即该次检查的全部隐患"
    )
    officers: list[CertificateNumber] | None = Field(
        default=None, max_length=20, description="承办人；空即检查人员"
    )
    entity_id: UUID | None = Field(default=None, description="当事人为台账企业的，其编号")
    region: RegionCode | None = Field(default=None, description="当事人不在台账的，其区划")
    party: Party | None = Field(default=None, description="空即取自台账")
    cause: Name | None = None
    name: Name | None = None
    summary: Text | None = None
    found_on: Day | None = None
    violations: list[Violation] | None = Field(default=None, max_length=100)
    evidence: list[EvidenceOfCase] = Field(
        default_factory=list, max_length=200, description="检查以外的证据"
    )
    linked: list[UUID] = Field(default_factory=list, max_length=50, description="相关案件")
    investigated_from: Day | None = Field(default=None, description="先行调查之日（补办立案）")
    urgent_reason: Text | None = None
    certificate_shown: bool | None = Field(default=None, description="当场处罚：已出示执法证件")
    late_reason: LateReason | None = Field(
        default=None, exclude_if=lambda why: why is None, description="补录的理由；当时登记的为空"
    )


class CaseState(Wire):
    """A case as the feed tells it (案件): what its acts justify, nothing that today says of it."""

    id: UUID
    region: str
    unit: str
    number: str | None
    name: str
    cause: str
    source: str
    procedure: str
    stage: str
    party_kind: str
    party_name: str
    party_code: str | None
    entity_id: UUID | None
    inspection_id: UUID | None
    handlers: list[str]
    offences: list[str]
    opened_at: Instant
    filed_on: date | None
    decided_on: date | None
    fine: int
    outstanding: int
    next_due_on: date | None
    next_due: str | None
    acts: int
    link: str
    changed_at: Instant


class CaseSummary(CaseState):
    """A case as lists show it (案件)."""

    stage_title: str
    tone: str | None = Field(description="最近期限的缓急：overdue、today、soon、later")


class CasePage(Wire):
    """A page of cases, the newest first."""

    items: list[CaseSummary]
    next: str | None


class Makes(Wire):
    """What makes a document that is lacking."""

    kind: Literal["document", "act"]
    code: str
    act: str | None = Field(default=None, description="文书所记载的办案行为")


class PaperWanting(Wire):
    """A document that an act of the case should have made (尚缺的文书)."""

    title: str
    law: str
    next_step: str
    mends: Makes


class RefusalTold(Wire):
    """Why an act is not lawful now, and the act that mends it (不予办理的理由)."""

    code: str
    title: str
    detail: str
    law: str | None = None
    next_step: str | None = None
    mend: str | None = None
    wanting: list[PaperWanting] | None = Field(default=None, description="尚缺的文书")


class OfferTold(Wire):
    """A kind of act, and whether the caller may do it now (可以办理的事项)."""

    kind: str
    title: str
    law: str
    power: str
    verified: bool
    lawful: bool
    refusals: list[RefusalTold]


class DayOfDeadline(Wire):
    """One day on the way to a deadline (为什么是这一天)."""

    on: date
    counted: int | None
    reason: str


class DutyTold(Wire):
    """What is due or runs in a case, until when, and why on that day (待办、期限)."""

    name: str
    title: str
    law: str
    power: str | None
    person: str
    act: str
    opened_on: date | None
    due_on: date | None
    due_at: Instant | None = Field(description="以小时计的，届满的时刻")
    tone: str | None
    told: str | None
    verified: bool
    waiting: bool
    stands: str
    unknown: str
    form: str = Field(description="待批的文书；空即没有")
    opener: str = Field(description="由哪一办案行为起算，报批的即该次报批")
    days: list[DayOfDeadline]


class ActTold(Wire):
    """One act as the timeline shows it (办案行为)."""

    id: UUID
    seq: int
    kind: str
    title: str
    at: Instant
    by: str
    by_name: str
    officers: list[dict[str, Any]]
    said: dict[str, Any]
    rules: str
    late_reason: str = Field(description="补录的理由；没有的为空串")
    prev: str
    link: str
    received_at: Instant


class Case(CaseSummary):
    """Everything that the page of a case needs (案件详情)."""

    unit_name: str
    timeline: list[ActTold]
    duties: list[DutyTold]
    offers: list[OfferTold]
    facts: dict[str, Any] = Field(description="案件要素，文书据以填写")


class WorkItem(Wire):
    """One thing that is due for the person asking (待办)."""

    case_id: UUID
    number: str | None
    case_name: str
    stage: str
    stage_title: str
    handlers: list[str]
    name: str
    title: str
    law: str
    act: str
    due_on: date | None
    due_at: Instant | None = Field(description="以小时计的，届满的时刻")
    tone: str | None
    told: str | None
    verified: bool
    waiting: bool
    unknown: str
    form: str = Field(description="待批的文书；空即没有")
    opener: str = Field(description="由哪一办案行为起算，报批的即该次报批")
    acts: int = Field(description="案件已有的办案行为数")
    escalated: bool = Field(description="已逾期而报送上级")


class WorkList(Wire):
    """What is due, the most urgent first (待办清单)."""

    items: list[WorkItem]
    next: str | None
