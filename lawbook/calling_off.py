"""A visit called off (未能检查): why it was not carried out, and what the law says to that."""

from dataclasses import dataclass
from enum import StrEnum

from lawbook.refusal import Refusal


class Why(StrEnum):
    """未能检查的原因: 拒绝检查、企业停产、大门关闭、误开."""

    REFUSED = "refused"
    STOPPED = "stopped"
    SHUT = "shut"
    MISTAKEN = "mistaken"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: how it is said, what must be written with it, and what follows by law."""

    name: str
    told: bool = False
    """Whether it is to be written what happened."""
    witnessed: bool = False
    """Whether somebody who saw it is named (见证人)."""
    law: str = ""
    consequence: str = ""


REASONS = {
    Why.REFUSED: Reason(
        "拒绝检查", told=True, witnessed=True, law="安全生产法 §66、§108",
        consequence="责令改正；拒不改正的，处二万元以上二十万元以下罚款，"
        "对直接负责的主管人员和其他直接责任人员处一万元以上二万元以下罚款",
    ),
    Why.STOPPED: Reason("企业停产", told=True),
    Why.SHUT: Reason("大门关闭、无人在场", told=True),
    Why.MISTAKEN: Reason("误开"),
}  # fmt: skip
"""The reasons. That a refusal is witnessed is good practice, no statute's words (待确认)."""


class ReasonIncomplete(Refusal):
    """A visit called off without what its reason asks for."""

    code = "calling-off-incomplete"
    title = "未能检查的情况没有写全"
    law = "安全生产法 §68"
    next_step = "写明经过；拒绝检查的，另写见证人，没有见证人的写“无”，并拍照或录像"


class AlreadyRecorded(Refusal):
    """A visit called off whose record is there: it was carried out."""

    code = "visit-recorded"
    title = "该次检查已有记录，不能再记为未能检查"
    law = "安全生产法 §68"
    next_step = "以已送达的检查记录为准；记录有误的，制作更正通知书"


class PapersIssued(Refusal):
    """A visit called off in which documents were issued: they speak of an inspection."""

    code = "visit-has-documents"
    title = "本次检查已出具文书，不能记为未能检查"
    law = "安全生产法 §68"
    next_step = "如实填写检查项后结束检查"


def require_told(why: Why, account: str, witness: str) -> None:
    """What happened, and who saw it, as far as the reason asks for it. ReasonIncomplete with what lacks."""
    reason = REASONS[why]
    lacking = [
        name
        for name, needed, said in (
            ("经过", reason.told, account), ("见证人", reason.witnessed, witness)
        )
        if needed and not said.strip()
    ]  # fmt: skip
    if lacking:
        raise ReasonIncomplete(f"{reason.name}：缺少{'、'.join(lacking)}", missing=lacking)
