"""What crosses the wire, as far as the tablet reads or writes it. Each names its operation."""

from typing import Any, Literal, NotRequired, TypedDict

from field_app.clocks import ClockBody, Ticks
from field_app.spelling import canonical as canonical
from field_app.spelling import fingerprint as fingerprint


class Problem(TypedDict):
    """RFC 9457, any operation: why something was refused."""

    code: str
    title: str
    detail: NotRequired[str]
    law: NotRequired[str | None]
    next_step: NotRequired[str | None]


class Token(TypedDict):
    """POST /v1/oauth/token."""

    access_token: str
    expires_in: int
    refresh_token: NotRequired[str | None]


class Me(TypedDict):
    """GET /v1/me."""

    account: str
    officer: str
    name: str
    unit: str
    unit_name: str
    region: str


class Trailer(TypedDict):
    """The last line of GET /v1/pulls/{dataset}."""

    end: Literal[True]
    rows: int
    sha256: str
    next: str


class Entity(TypedDict):
    """A line of GET /v1/pulls/entities (企业)."""

    id: str
    region: str
    name: str
    credit_code: str | None
    trades: list[str]
    op_status: str
    values: dict[str, str]
    missing: list[str]
    complete: bool
    version: NotRequired[int]


class Certificate(TypedDict):
    """Part of Officer (执法证)."""

    number: str
    valid_until: str
    state: str


class Officer(TypedDict):
    """A line of GET /v1/pulls/officers (执法人员)."""

    id: str
    name: str
    unit: str
    certificate: Certificate


class JointOfficer(TypedDict):
    """An item of GET /v1/joint-officers (联合检查人员)."""

    id: str
    name: str
    unit: str
    unit_name: str
    certificate: Certificate


class Unit(TypedDict):
    """A line of GET /v1/pulls/units (执法单位)."""

    code: str
    name: str
    short_name: str
    region: str
    level: str


class PlannedInspection(TypedDict):
    """A line of GET /v1/pulls/planned-inspections (计划内检查)."""

    id: str
    entity_id: str
    entity_name: str
    month: int
    office: str
    kind: str
    done: bool | int
    unit: NotRequired[str]
    year: NotRequired[int]
    times: NotRequired[int]
    approved: NotRequired[bool]


class InspectionScheme(TypedDict):
    """A line of GET /v1/pulls/inspection-schemes (现场检查方案)."""

    id: str
    planned_inspection_id: str | None
    entity_id: str
    officers: list[str]
    inspect_on: str
    checklist: str
    stage: str
    inspection_id: NotRequired[str | None]
    drafted_at: NotRequired[str]


class Hazard(TypedDict):
    """A line of GET /v1/pulls/hazards (事故隐患)."""

    id: str
    inspection_id: str
    entity_id: str
    description: str
    correct_by: str
    state: str


class PastInspection(TypedDict):
    """What is kept of a line of GET /v1/pulls/inspections; `found`: how many problems."""

    id: str
    entity_id: str
    started_at: str
    outcome: str
    found: int


class PastCase(TypedDict):
    """A line of GET /v1/pulls/cases: a decision in force; `fine`: fen."""

    id: str
    entity_id: str | None
    number: str | None
    cause: str
    decided_on: str
    penalties: list[str]
    fine: int
    outstanding: int


class PackEntry(TypedDict):
    """An item of GET /v1/packs."""

    kind: str
    code: str
    version: str
    sha256: str


class NumberLease(TypedDict):
    """PUT /v1/number-leases/{id} (文号段)."""

    unit: str
    first: int
    last: int
    pattern: str


class Location(TypedDict):
    """Where something was captured. Degrees; accuracy in metres; datum as the device says it."""

    lat: float
    lon: float
    accuracy: float
    datum: str


class Present(TypedDict):
    """Part of InspectionBody: the plant's person on the spot (现场负责人)."""

    name: str
    duty: str
    phone: str


class AnswerBody(TypedDict):
    """Part of InspectionBody (检查结果项)."""

    answer: str
    remark: str
    clock: NotRequired[Ticks]


class FindingBody(TypedDict):
    """Part of InspectionBody: what was found, classified as a hazard at the office (发现的问题).

    `check_item` is empty where no item says it; `checklist` where it is of no list of the visit.
    """

    id: str
    check_item: str
    description: str
    basis: str
    correct_by: str
    major: bool
    criterion: NotRequired[str]
    checklist: NotRequired[str]
    penalty_basis: NotRequired[str]


class InspectionBody(TypedDict):
    """Letter inspection.record; PUT /v1/inspections/{id} (登记现场检查)."""

    id: str
    scheme_id: str | None
    planned_inspection_id: str | None
    entity_id: str
    region: str
    checklist: str
    officers: list[str]
    answers: dict[str, AnswerBody]
    place: str
    started_at: str
    ended_at: str
    present: Present
    findings: list[FindingBody]
    device: str
    location: Location | None
    ground_kind: NotRequired[str]
    ground: NotRequired[str]
    certificate_shown_at: NotRequired[str]
    also_present: NotRequired[list[Present]]
    also_checklists: NotRequired[list[str]]
    proposed: NotRequired[list[str]]
    clock: NotRequired[ClockBody]
    begun_clock: NotRequired[ClockBody]
    present_at: NotRequired[str]
    present_clock: NotRequired[ClockBody]
    present_location: NotRequired[Location]
    shown_clock: NotRequired[ClockBody]
    shown_location: NotRequired[Location]
    ended_location: NotRequired[Location]


class EvidenceBody(TypedDict):
    """Letter evidence.declare; PUT /v1/evidence/{id} (登记证据)."""

    id: str
    inspection_id: str
    hazard_id: str | None
    sha256: str
    size: int
    media_type: str
    captured_at: str
    caption: str
    location: Location | None
    device: str
    clock: NotRequired[ClockBody]


class NumberVoidBody(TypedDict):
    """Letter number.void; PUT /v1/number-voids/{id} (作废文号)."""

    id: str
    lease_id: str
    sequence: int
    reason: str
    voided_at: str
    device: str


class NumberReturnBody(TypedDict):
    """Letter number.return; PUT /v1/number-returns/{id} (退回文号): both ends included."""

    id: str
    lease_id: str
    first: int
    last: int
    returned_at: str
    device: str


class ResultBody(TypedDict):
    """Part of ReinspectionBody (复查结果)."""

    hazard_id: str
    outcome: str
    remark: str


class ReinspectionBody(TypedDict):
    """Letter reinspection.record; PUT /v1/reinspections/{id} (整改复查)."""

    id: str
    inspection_id: str
    reinspected_at: str
    officers: list[str]
    results: list[ResultBody]
    device: str
    clock: NotRequired[ClockBody]
    location: NotRequired[Location | None]


class LetterBody(TypedDict):
    """Part of POST /v1/deliveries: one letter."""

    id: str
    subject: str
    kind: str
    written_at: str
    body: dict[str, Any]
    journal: str
    seq: int
    prev: str
    link: str
    after: str | None


class Receipt(TypedDict):
    """Part of Verdict: the office has this letter, and this is what it read, signed."""

    letter: str
    device: str
    seq: int | None
    link: str | None
    sha256: str
    received_at: str
    state: str
    key: str
    signature: str


class ReceiptKey(TypedDict):
    """An item of GET /v1/receipt-keys (回执公钥)."""

    key: str
    algorithm: str
    public_key: str


class Verdict(TypedDict):
    """Part of the answer of POST /v1/deliveries."""

    id: str
    state: Literal["applied", "held", "rejected"]
    problem: Problem | None
    receipt: Receipt | None
