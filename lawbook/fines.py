"""How much a law lets one fine (罚款幅度): a range, a part of income, a multiple of unlawful gain.

Money in whole fen; ends belong to the range (以上、以下均含本数).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from lawbook.content import ContentError
from lawbook.money import in_figures
from lawbook.refusal import Refusal


class IncomeUnknown(Refusal):
    """A fine in parts of last year's income, and nobody has found out what that was."""

    code = "income-unknown"
    title = "上一年年收入没有查明"
    law = "安全生产法 §95、§96、§110"
    next_step = "查明上一年年收入并填写，附证据"


class GainUnknown(Refusal):
    """A fine by unlawful gain, and it is not known whether there was any."""

    code = "gain-unknown"
    title = "违法所得没有查明"
    law = "行政处罚法 §28(2)"
    next_step = "查明违法所得并填写；没有违法所得的，填零"


@dataclass(frozen=True, slots=True)
class Span:
    """What may be fined, from `low` to `high` fen, both within; `optional`: or nothing at all (可以处)."""

    low: int
    high: int
    optional: bool = False

    @property
    def told(self) -> str:
        """In words and figures: 2万元以上5万元以下 as 20,000.00元以上50,000.00元以下."""
        if self.low == self.high:
            return f"{in_figures(self.high)}元"
        most = f"{in_figures(self.high)}元以下"
        may = "可以处" if self.optional else ""
        return may + (f"{in_figures(self.low)}元以上{most}" if self.low else most)

    def holds(self, fen: int) -> bool:
        """Whether this sum may be fined."""
        return self.low <= fen <= self.high

    @property
    def weight(self) -> tuple[int, int, bool]:
        """For comparing two laws: the higher end first, then the lower, then whether one must."""
        return self.high, self.low, not self.optional


@dataclass(frozen=True, slots=True)
class FineRule:
    """One provision's measure of a fine.

    low, high: the range in fen. income: per cent of last year's income. times: multiples of the
    unlawful gain where that reaches `gain_from` fen; below it, the range. optional: 可以处.
    alone: 单处或者并处, below `gain_from`.
    """

    low: int = 0
    high: int = 0
    income: tuple[int, int] | None = None
    gain_from: int | None = None
    times: tuple[int, int] = (0, 0)
    optional: bool = False
    alone: bool = False

    @classmethod
    def from_content(cls, tier: Mapping[str, Any], where: str) -> Self | None:
        """From a tier of an offence; None when it knows no fine. ContentError for half a measure."""
        income = ("income_from" in tier, "income_to" in tier)
        gain = tuple(name in tier for name in ("gain_from", "times_from", "times_to"))
        if any(income) != all(income) or any(gain) != all(gain):
            raise ContentError(f"{where} 的罚款幅度不完整")
        if "fine_to" not in tier and not all(income):
            return None
        rule = cls(
            int(tier.get("fine_from", 0)),
            int(tier.get("fine_to", 0)),
            (int(tier["income_from"]), int(tier["income_to"])) if all(income) else None,
            int(tier["gain_from"]) if all(gain) else None,
            (int(tier["times_from"]), int(tier["times_to"])) if all(gain) else (0, 0),
            bool(tier.get("may", False)),
            bool(tier.get("alone", False)),
        )
        if not rule._sound:
            raise ContentError(f"{where} 的罚款下限高于上限")
        return rule

    @property
    def _sound(self) -> bool:
        if self.income:
            return 0 < self.income[0] <= self.income[1] <= 100
        return 0 <= self.low < self.high and self.times[0] <= self.times[1]

    def span(self, *, income: int | None = None, gain: int | None = None) -> Span:
        """The range for this party. Refuses IncomeUnknown, GainUnknown where they are needed."""
        if self.income:
            if income is None or income <= 0:
                raise IncomeUnknown
            least, most = (income * per_cent // 100 for per_cent in self.income)
            return Span(least, most, self.optional)
        if self.gain_from is not None:
            if gain is None or gain < 0:
                raise GainUnknown
            if gain >= self.gain_from:
                return Span(gain * self.times[0], gain * self.times[1], self.optional)
        return Span(self.low, self.high, self.optional)

    @property
    def told(self) -> str:
        """The measure in words, before anything is known of the party."""
        if self.income:
            least, most = self.income
            share = f"百分之{least}" if least == most else f"百分之{least}至百分之{most}"
            return f"上一年年收入{share}"
        plain = Span(self.low, self.high, self.optional).told
        if self.gain_from is None:
            return plain
        return (
            f"违法所得{in_figures(self.gain_from)}元以上的，违法所得{self.times[0]}倍以上"
            f"{self.times[1]}倍以下；没有违法所得或者不足的，{plain}"
        )


class NotDaily(Refusal):
    """A daily fine without what it rests on."""

    code = "daily-fine-not-due"
    title = "不符合按日连续处罚的条件"
    law = "安全生产法 §112"
    next_step = "核对责令改正和罚款决定，复查仍未改正的方可按日连续处罚"


@dataclass(frozen=True, slots=True)
class DailyFine:
    """按日连续处罚: how many days, and the sum in fen."""

    days: int
    amount: int


def daily_fine(fine: int, ordered_on: date, refused_until: date) -> DailyFine:
    """The original fine once for each day from the day after the order to correct (安全生产法 §112).

    `refused_until`: the last day on which it was still not corrected. Refuses NotDaily when there
    was no fine, or no day has passed.
    """
    days = (refused_until - ordered_on).days
    if fine <= 0 or days < 1:
        raise NotDaily
    return DailyFine(days, fine * days)


CLOSURE_WINDOWS = ((3, 180), (4, 365))
"""安全生产法 §113(1): three penalties in 180 days, or four in a year."""


def closure_due(penalised_on: Iterable[date], on: date, *, major_hazard: bool) -> bool:
    """Whether the government is to be asked to close the plant (提请关闭, 安全生产法 §113第一项)."""
    days = list(penalised_on)
    return major_hazard and any(
        sum(on - timedelta(window) < day <= on for day in days) >= times
        for times, window in CLOSURE_WINDOWS
    )
