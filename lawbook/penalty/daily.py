"""按日连续处罚: the fine once more for each day on which an ordered correction is refused (安全生产法 §112)."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from lawbook.fines import DailyFine, NotDaily, daily_fine
from lawbook.money import in_figures
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.refusals import PenaltyRefusal
from lawbook.refusal import Refusal

if TYPE_CHECKING:
    from lawbook.penalty.kind import World

FIELDS = ("daily_of", "ordered_on", "refused_until")
"""Of a violation: the fine given before, the day of the order to correct, the last day of refusal."""


class DailyFineMiscounted(PenaltyRefusal):
    """A daily fine that is not the former fine times the days."""

    code, title, law = "daily-fine-miscounted", "按日连续处罚的数额不符", "安全生产法 §112"
    next_step = "按原处罚数额乘以责令改正次日起拒不改正的日数填写"


def is_daily(violation: Mapping[str, Any]) -> bool:
    """Whether a violation is penalised by the day."""
    return any(violation.get(name) not in (None, "") for name in FIELDS)


def daily(violation: Mapping[str, Any]) -> DailyFine | None:
    """Days and sum; None for a violation that is not penalised by the day. Refuses NotDaily."""
    if not is_daily(violation):
        return None
    fine, ordered, until = (violation.get(name) for name in FIELDS)
    if not (fine and ordered and until):
        raise NotDaily("应当写明原罚款数额、责令改正之日和仍未改正的最后一日")
    return daily_fine(int(fine), date.fromisoformat(ordered), date.fromisoformat(until))


def daily_holds(case: Case, act: Act, world: "World") -> Refusal | None:
    """The sum of each violation that is penalised by the day is the law's, of days that have passed."""
    for one in act.said.get("violations") or ():
        try:
            told = daily(one)
        except NotDaily as refusal:
            return refusal
        if told is None:
            continue
        if one["refused_until"] > act.on.isoformat():
            return NotDaily(f"{one['refused_until']} 尚未到来")
        if one.get("fine") is not None and one["fine"] != told.amount:
            return DailyFineMiscounted(
                f"{told.days} 日，应为{in_figures(told.amount)}元，填写的是{in_figures(one['fine'])}元"
            )
    return None


def daily_told(violation: Mapping[str, Any]) -> str:
    """In the words of a document; "" for a violation that is not penalised by the day."""
    try:
        told = daily(violation)
    except NotDaily:
        return ""
    if told is None:
        return ""
    return (
        f"{violation['ordered_on']}责令改正后拒不改正，自次日起至{violation['refused_until']}止，"
        f"按原处罚数额{in_figures(int(violation['daily_of']))}元按日连续处罚{told.days}日"
    )
