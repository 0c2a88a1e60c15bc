"""Fines that are paid late (加处罚款): 行政处罚法 §72, §73; 行政强制法 §45. Money in whole fen."""

from collections.abc import Callable, Iterable, Sequence
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


@dataclass(frozen=True, slots=True)
class LateDay:
    """One day after a fine fell due (逾期一日): what was owed, what that adds, the addition so far.

    `added` and `total` in whole fen, before the cap; `counts` is false on a day that adds nothing,
    such as one of a review or lawsuit.
    """

    on: date
    owed: int
    added: int
    total: int
    counts: bool


Sums = Sequence[tuple[date, int]]
"""On which day, or by which, how many fen."""


def days_late(
    fine: int, due: Sums, paid: Sums, until: date, stands: Callable[[date], bool]
) -> tuple[LateDay, ...]:
    """Each day from the first after the first due day, up to and with `until`: the one arithmetic.

    due: by which day how much of the fine falls due. paid: on which day how much of it was paid.
    Each day after one on which something fell due adds three per cent of what is then overdue and
    unpaid; a day that `stands` adds nothing (行政处罚法 §73第三款). Payments of a day count before
    the day adds. Whether the whole fine or only what is unpaid grows, no source that was read says:
    the reading kinder to the party is taken (待确认).
    """
    # In hundredths of a fen: three per cent of a day is no whole fen, and nothing is rounded up.
    found: list[LateDay] = []
    hundredths, day = 0, min((on for on, _ in due), default=until)
    while day < until:
        day += timedelta(1)
        fell = min(sum(amount for on, amount in due if on < day), fine)
        owed = max(fell - sum(amount for on, amount in paid if on <= day), 0)
        counts, before = not stands(day), hundredths // 100
        hundredths += owed * PERCENT_A_DAY if counts else 0
        found.append(LateDay(day, owed, hundredths // 100 - before, hundredths // 100, counts))
    return tuple(found)


def grown(
    fine: int, due: Sums, paid: Sums, until: date, stands: Callable[[date], bool]
) -> LateFine:
    """What has grown on a fine up to and with a day, never more than the fine (行政强制法 §45).

    As `days_late` tells it day by day.
    """
    days = days_late(fine, due, paid, until, stands)
    amount = days[-1].total if days else 0
    late = sum(one.counts and one.owed > 0 for one in days)
    return LateFine(late, min(amount, fine), amount >= fine > 0)


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
    spans = list(not_counted)
    return grown(fine, [(due_on, fine)], [], on, lambda day: any(a <= day <= b for a, b in spans))
