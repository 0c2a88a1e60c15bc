"""Rectification (责令限期整改、整改复查): what is ordered, by when, and what closes it."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum

from lawbook.refusal import Refusal


class ReinspectionOutcome(StrEnum):
    """整改复查结果: 已整改、未整改到位、未到期（本次不复查，仍按原期限）."""

    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"
    NOT_DUE = "not_due"


class NothingToCorrect(Refusal):
    """A correction order without a hazard."""

    code = "nothing-to-correct"
    title = "没有需要整改的问题，不能制作责令限期整改指令书"
    law = "安全生产法 §65(1)"
    next_step = "检查项为“不符合”并登记隐患后再制作"


class CorrectionDateImpossible(Refusal):
    """A date by which to correct that lies before the inspection."""

    code = "correction-date-impossible"
    title = "整改期限不能早于检查日"
    law = "安全生产法 §65(1)"
    next_step = "修改整改期限"


class NotLater(Refusal):
    """A day to which correction is to be put off that is none: not after the day set, or already gone."""

    code = "correction-not-later"
    title = "延长后的整改期限应当晚于原期限和申请之日"
    law = "安全生产违法行为行政处罚办法 §14（待确认）"
    next_step = "核对延长至的日期"


class NotAHazardOfThisOrder(Refusal):
    """A re-inspection that speaks of hazards which were not found, or not all that were."""

    code = "hazards-do-not-match"
    title = "复查的隐患与原检查发现的隐患不一致"
    law = "安全生产法 §65(1)"
    next_step = "对原指令书列明的每一项逐项填写复查意见"


class DayHasCome(Refusal):
    """A re-inspection that leaves out a hazard whose day to be corrected has come, or all of them."""

    code = "reinspection-due"
    title = "整改期限已到的，应当复查"
    law = "安全生产法 §65(1)"
    next_step = "整改期限已到的逐项选择已整改或未整改到位；都未到期的，到期后再复查"


DEFAULT_DAYS = 15
MAJOR_DAYS = 30


def proposed_correct_by(
    inspected_on: date, days: int | None = None, *, major: bool = False
) -> date:
    """The day by which a hazard is proposed to be corrected; the officer decides.

    No statute gives a number of days; the default is data of the check item (待确认). Nought days
    is at once (立即排除, 安全生产法 §65(1)(3)).
    """
    if days is None:
        days = MAJOR_DAYS if major else DEFAULT_DAYS
    return inspected_on + timedelta(days)


def require_order(findings: Mapping[str, date], inspected_on: date) -> None:
    """A correction order needs a hazard, and for each a day that can still come."""
    if not findings:
        raise NothingToCorrect()
    for finding, correct_by in findings.items():
        if correct_by < inspected_on:
            raise CorrectionDateImpossible(
                f"第 {list(findings).index(finding) + 1} 项的整改期限 {correct_by} 早于检查日 {inspected_on}"
            )


def require_later(until: date, asked_on: date, correct_by: Collection[date]) -> None:
    """A day to which correction is put off (延期整改): after the request, and after every day set before."""
    if until <= asked_on:
        raise NotLater(f"申请于 {asked_on}，延长至 {until}")
    if correct_by and until <= max(correct_by):
        raise NotLater(f"现定整改期限 {max(correct_by)}，延长至 {until}")


def close(hazards: Collection[str], results: Mapping[str, ReinspectionOutcome]) -> frozenset[str]:
    """The hazards that a re-inspection closes: those found corrected (销号).

    `results` speaks of every open hazard of the inspection, and of no other.
    """
    if set(results) != set(hazards):
        absent, foreign = set(hazards) - set(results), set(results) - set(hazards)
        told = [f"{len(absent)} 项未填写复查意见"] if absent else []
        told += [f"{len(foreign)} 项不属于原检查"] if foreign else []
        raise NotAHazardOfThisOrder(f"应复查 {len(set(hazards))} 项，{'，'.join(told)}")
    return frozenset(h for h, o in results.items() if o is ReinspectionOutcome.CORRECTED)


def require_due(
    correct_by: Mapping[str, date], results: Mapping[str, ReinspectionOutcome], on: date
) -> None:
    """Only what is not due yet is left for another day, and something is looked at. DayHasCome.

    `correct_by`: each hazard's day, which is its own still until it ends.
    """
    left = [one for one, outcome in results.items() if outcome is ReinspectionOutcome.NOT_DUE]
    come = [one for one in left if one in correct_by and correct_by[one] < on]
    if come:
        raise DayHasCome(f"{len(come)} 项的整改期限已过，不能记为未到期", hazards=come)
    if left and len(left) == len(results):
        raise DayHasCome("各项都未到期，没有复查任何一项")
