"""Fines that are paid late (加处罚款): 行政处罚法 §72, §73; 行政强制法 §45. Money in whole fen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LAW = "行政处罚法 §72(1)"
PERCENT_A_DAY = 3


@dataclass(frozen=True, slots=True)
class LateFine:
    """What is added to a fine (加处罚款): days late, the sum in fen, whether the cap was reached."""

    days: int
    amount: int
    capped: bool


def late_fine(
    fine: int, due_on: date, on: date, not_counted: Iterable[tuple[date, date]] = ()
) -> LateFine:
    """The addition to a fine of `fine` fen that is still unpaid `on`, due on `due_on`.

    Three per cent of the fine for each day after the last, never more than the fine itself
    (行政强制法 §45). `not_counted`: spans of days, both ends within, that do not count, such as
    those of a review or lawsuit (行政处罚法 §73第三款). ValueError for a fine that is no money.
    """
    if fine <= 0:
        raise ValueError("a fine is a positive number of fen")
    left_out = {
        since + timedelta(n)
        for since, until in not_counted
        for n in range((until - since).days + 1)
    }
    late = sum(
        due_on + timedelta(n) not in left_out for n in range(1, max((on - due_on).days, 0) + 1)
    )
    amount = fine * PERCENT_A_DAY * late // 100
    return LateFine(late, min(amount, fine), amount >= fine)
