"""On-site inspection (现场检查): who must be there, and what the answers amount to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lawbook.refusal import Refusal


class Answer(StrEnum):
    """检查结果项: 符合、不符合、不涉及."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class Outcome(StrEnum):
    """检查结果."""

    NO_PROBLEM_FOUND = "no_problem_found"
    PROBLEM_FOUND = "problem_found"


class GroundKind(StrEnum):
    """检查缘由 of a visit that no scheme orders: 举报投诉、事故、专项、上级交办、其他."""

    COMPLAINT = "complaint"
    ACCIDENT = "accident"
    SPECIAL = "special"
    ASSIGNED = "assigned"
    OTHER = "other"


GROUNDS = {
    GroundKind.COMPLAINT: "举报投诉",
    GroundKind.ACCIDENT: "事故",
    GroundKind.SPECIAL: "专项检查",
    GroundKind.ASSIGNED: "上级交办",
    GroundKind.OTHER: "其他",
}
"""How each kind is said."""


def ground_said(kind: str | None, text: str | None) -> str:
    """The ground in words: 举报投诉（…）; of another kind, its text alone; empty without either."""
    told = (text or "").strip()
    said = GROUNDS[GroundKind(kind)] if kind and kind != GroundKind.OTHER else ""
    return f"{said}（{told}）" if said and told else said or told


class TooFewOfficers(Refusal):
    """Fewer than two officers."""

    code = "too-few-officers"
    title = "现场检查应当由两名以上执法人员进行"
    law = "行政处罚法 §42"
    next_step = "增加执法人员后再行检查"


class CertificateNotValid(Refusal):
    """An officer without a certificate, or whose certificate is not valid on the day."""

    code = "certificate-not-valid"
    title = "执法人员应当持有效执法证件"
    law = "安全生产法 §67"
    next_step = "更换持有效证件的执法人员，或核对台账中的执法证有效期"


class Unanswered(Refusal):
    """Check items without an answer."""

    code = "items-unanswered"
    title = "检查表还有未作答的检查项"
    law = "安全生产法 §68"
    next_step = "逐项选择符合、不符合或不涉及"


@dataclass(frozen=True, slots=True)
class PresentOfficer:
    """An officer who takes part, and until when their certificate is valid (执法证有效期至)."""

    number: str
    name: str
    certificate_valid_until: date | None


def require_officers(officers: Sequence[PresentOfficer], on: date) -> None:
    """Two officers at least, each with a certificate that is valid on the day."""
    different = {officer.number for officer in officers}
    if len(different) < 2:
        raise TooFewOfficers(f"本次检查仅有 {len(different)} 名执法人员")
    for officer in officers:
        until = officer.certificate_valid_until
        if until is None:
            raise CertificateNotValid(f"{officer.name or officer.number}没有已录入的执法证")
        if until < on:
            raise CertificateNotValid(
                f"{officer.name}的执法证（{officer.number}）有效期至 {until.isoformat()}，"
                f"检查日为 {on.isoformat()}"
            )


def judge(
    officers: Sequence[PresentOfficer], answers: Mapping[str, Answer], on: date, found: int = 0
) -> Outcome:
    """Judge one inspection (判定检查结果). Every unmet item is a problem; one is enough.

    `found`: how many problems were found in all, those among them that no list asks about.
    """
    require_officers(officers, on)
    unmet = Answer.NOT_MET in answers.values() or found > 0
    return Outcome.PROBLEM_FOUND if unmet else Outcome.NO_PROBLEM_FOUND


def require_answered(items: Collection[str], answers: Mapping[str, Answer]) -> None:
    """Every item of the check list has its answer."""
    missing = [item for item in items if item not in answers]
    if missing:
        raise Unanswered(f"还有 {len(missing)} 项未作答：{'、'.join(missing[:8])}", items=missing)
