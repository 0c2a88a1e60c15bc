"""What a document of the site still owes once it was handed over (现场文书的后续手续), and by when.

Pure. 行政强制法 §25: sealing and seizure last thirty days, once thirty more. §19: urgent sealing or
seizure is reported within 24 hours, and its approval made up for; where the head finds that it should
not have been, it is lifted at once. 行政处罚法 §56: of what was registered for preservation it is decided
within seven working days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

from lawbook.days import PRESERVATION_WITHIN, Calendar, UnknownYear
from lawbook.limits import SEALING_EXTENSION
from lawbook.preconditions import REPORT_WITHIN, SEIZURE, sealed_until

REGISTRATION = "evidence-registration-notice"
BEIJING = timezone(timedelta(hours=8))


class Answer(StrEnum):
    """What the head answers (负责人的答复)."""

    APPROVED = "approved"
    LIFTED = "lifted"
    DECIDED = "decided"
    EXTENDED = "extended"
    KEPT = "kept"
    PROLONGED = "prolonged"
    DISPOSED = "disposed"
    CARRIED = "carried"


LATER = "answer-correct-later"
"""What is owed to a party that asks for more time to correct (延长整改期限)."""
SEALED, REGISTERED, PROLONGED = "sealing", "decide-registered", "sealing-prolonged"
"""What is held at the plant: sealed or seized, registered, and sealed for thirty days more."""
HELD: Mapping[str, str] = {
    SEALED: "sealing", PROLONGED: "sealing", REGISTERED: "decide-preserved-evidence",
}  # fmt: skip
"""What is held there → the limit of a case that the same would run under."""
ANSWERS: Mapping[Answer, str] = {
    Answer.APPROVED: "同意，补办批准手续",
    Answer.LIFTED: "不同意，立即解除查封（扣押）",
    Answer.DECIDED: "已对登记保存的证据作出处理决定",
    Answer.EXTENDED: "同意延长整改期限",
    Answer.KEPT: "不同意，按原期限整改",
    Answer.PROLONGED: "情况复杂，同意延长三十日",
    Answer.DISPOSED: "已作出处理决定",
    Answer.CARRIED: "已转入案件办理",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed. `due_at` where hours count, `due_on` its day in Beijing; `earliest`:
    the day lies beyond what is announced of holidays, and no earlier one is meant."""

    name: str
    title: str
    law: str
    due_on: date
    due_at: datetime | None = None
    earliest: bool = False
    answers: tuple[Answer, ...] = ()


def owed(
    kind: str, data: Mapping[str, Any], issued_at: datetime, calendar: Calendar
) -> tuple[Owed, ...]:
    """What a document owes that was issued at this moment; empty for most."""
    if kind == SEIZURE:
        sealing = Owed(
            SEALED, "查封（扣押）期限届满前作出处理决定", "行政强制法 §25、§27",
            _sealed_until(data, issued_at), answers=(Answer.DISPOSED, Answer.PROLONGED),
        )  # fmt: skip
        if data.get("approval") != "urgent":
            return (sealing,)
        due = issued_at + REPORT_WITHIN
        urgent = Owed(
            "report-urgent", "情况紧急的查封（扣押）：24小时内报告并补办批准手续",
            "行政强制法 §19", due.astimezone(BEIJING).date(), due,
            answers=(Answer.APPROVED, Answer.LIFTED),
        )  # fmt: skip
        return (urgent, sealing)
    if kind == REGISTRATION:
        on = issued_at.astimezone(BEIJING).date()
        try:
            until, earliest = PRESERVATION_WITHIN.ends(on, calendar).due_on, False
        except UnknownYear:
            until = PRESERVATION_WITHIN.ends(on, calendar.at_the_earliest()).due_on
            earliest = True
        return (
            Owed(
                REGISTERED, "先行登记保存的证据：七个工作日内作出处理决定",
                "行政处罚法 §56、§85", until, None, earliest, (Answer.DECIDED,),
            ),
        )  # fmt: skip
    return ()


def _sealed_until(data: Mapping[str, Any], issued_at: datetime) -> date:
    """The day that the decision tells, never after the thirty days of the law."""
    last = sealed_until(issued_at.astimezone(BEIJING).date())
    try:
        return min(date.fromisoformat(str(data.get("until"))), last)
    except ValueError:
        return last


def prolonged(one: Owed) -> Owed:
    """The same sealing for thirty days more, once (行政强制法 §25)."""
    until = one.due_on + timedelta(SEALING_EXTENSION)
    title = "查封（扣押）已延长三十日，届满前作出处理决定"
    return Owed(PROLONGED, title, one.law, until, answers=(Answer.DISPOSED,))
