"""Ranking bureaus by their rates (考核排名): exact, ties told, nobody placed who has nothing to measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Rate = tuple[int | None, int | None]
"""(numerator, denominator); None of None: nothing to measure."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place (名次). Those who are equal share it (并列), and as many places after it are left out."""

    place: int
    tied: bool


def fraction(rate: Rate) -> Fraction | None:
    """A rate as it is, unrounded; None where there is nothing to measure."""
    numerator, denominator = rate
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator)


def mean(rates: Sequence[Rate]) -> Fraction | None:
    """The mean of the rates that there are (平均比率), each of the same weight; None of none."""
    known = [one for rate in rates if (one := fraction(rate)) is not None]
    return sum(known, Fraction()) / len(known) if known else None


def places(values: Mapping[str, Fraction | None]) -> dict[str, Place]:
    """Who stands where, the highest first; who has no value is not placed."""
    known = {name: value for name, value in values.items() if value is not None}
    return {
        name: Place(
            1 + sum(other > value for other in known.values()),
            sum(other == value for other in known.values()) > 1,
        )
        for name, value in known.items()
    }
