"""The same act, the same penalty (同案同罚): how earlier cases of an offence were decided.

行政处罚法 §5第二款: a penalty is in proportion to facts, nature, circumstances and harm. What was
decided before binds nobody; who departs from it says why. Money in whole fen.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lawbook.money import in_figures

LAW = "行政处罚法 §5(2)"
ENOUGH = 3
"""Fewer earlier cases than this are shown, and not compared with."""


class Standing(StrEnum):
    """Where a sum lies among earlier ones: below or above the middle half, or within it."""

    FEW = "few"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


SAID: Mapping[Standing, str] = {
    Standing.FEW: "以往同类案件较少，不作比较",
    Standing.BELOW: "低于以往多数同类案件，应当写明理由",
    Standing.WITHIN: "与以往多数同类案件相当",
    Standing.ABOVE: "高于以往多数同类案件，应当写明理由",
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the fines of earlier cases lie (分布), each of them a sum that was really fined.

    By nearest rank: a quarter of the cases had at most `lower`, half at most `median`, three
    quarters at most `upper`.
    """

    cases: int
    grades: Mapping[str, int]
    least: int
    lower: int
    median: int
    upper: int
    most: int

    def standing(self, fine: int) -> Standing:
        """Where a sum lies; FEW when there is not enough to compare with."""
        if self.cases < ENOUGH:
            return Standing.FEW
        if fine < self.lower:
            return Standing.BELOW
        return Standing.ABOVE if fine > self.upper else Standing.WITHIN

    def told(self, fine: int) -> str:
        """For the handler: what was usual, and how this sum stands to it."""
        if not self.cases:
            return "以往没有同类案件"
        usual = (
            f"以往同类案件 {self.cases} 件，罚款{in_figures(self.least)}元至{in_figures(self.most)}元，"
            f"中位数{in_figures(self.median)}元"
        )
        return f"{usual}；本案拟罚款{in_figures(fine)}元，{SAID[self.standing(fine)]}（{LAW}）"


NOTHING = Distribution(0, {}, 0, 0, 0, 0, 0)


def distribution(fines: Sequence[tuple[str, int]]) -> Distribution:
    """Of grade and fine of each earlier case."""
    if not fines:
        return NOTHING
    sums = sorted(fine for _, fine in fines)
    grades = Counter(grade for grade, _ in fines if grade)
    return Distribution(
        len(sums), dict(sorted(grades.items())), sums[0], _rank(sums, 25), _rank(sums, 50),
        _rank(sums, 75), sums[-1],
    )  # fmt: skip


def _rank(sums: Sequence[int], per_cent: int) -> int:
    return sums[-(-len(sums) * per_cent // 100) - 1]
