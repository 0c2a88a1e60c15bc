"""Who carries on for a bureau that is no more (单位合并、分设的职责承接), from which day, by which order.

行政处罚法 and 行政强制法 name no rule of their own: 行政复议法（2023修订）§19(5) and 行政诉讼法 §26(6) (both 待确认)
say that the organ which continues to exercise the powers of an abolished one answers for what it did.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit carries on for another (承接): its region too, where the two regions differ.

    counted: it is the one that answers for the old unit: figures, ranking and new numbers are its.
    Of a region split among several, exactly one is counted; the others see and act beside it.
    """

    id: str
    from_unit: str
    from_region: str
    to_unit: str
    to_region: str
    since: date
    order_number: str
    counted: bool = True

    @property
    def notice(self) -> str:
        """Since when and by what (承接说明), without the names of the units."""
        day = f"{self.since.year}年{self.since.month}月{self.since.day}日"
        return f"自{day}起承接（{self.order_number}）"


class Successions:
    """All that is known of successions, asked for a day: what begins later does not count yet."""

    def __init__(self, known: Iterable[Succession] = ()) -> None:
        self.known = tuple(sorted(known, key=lambda one: (one.since, one.id)))

    def successor(self, unit: str, on: date) -> Succession | None:
        """The last of those that answer for a unit on a day; None while it is its own."""
        found: Succession | None = None
        for _ in self.known:  # no longer than all of them in a row
            found = self._counted(found.to_unit if found else unit, on) or found
        return found

    def current(self, unit: str, on: date) -> str:
        """The unit that answers for `unit` on a day: itself, or its last successor."""
        found = self.successor(unit, on)
        return found.to_unit if found else unit

    def units(self, unit: str, on: date) -> tuple[str, ...]:
        """The unit, and every one for which it carries on."""
        return (unit, *dict.fromkeys(one.from_unit for one in self._behind(unit, on)))

    def between(self, unit: str, other: str, on: date) -> Succession | None:
        """By which succession `unit` acts in what was the other's."""
        return next((one for one in self._behind(unit, on) if one.from_unit == other), None)

    def covers(self, region: str, other: str, on: date) -> bool:
        """Whether a region reaches another: it lies within, or in that of a predecessor."""
        reached = [region] if region else []
        for home in reached:
            reached += [
                one.from_region for one in self.known
                if one.to_region.startswith(home) and one.since <= on
                and one.from_region not in reached
            ]  # fmt: skip
        return any(other.startswith(home) for home in reached)

    def at_the_time(self, unit: str, region: str, on: date) -> str:
        """Whose work something was that was done in a region on a day, and told by `unit` since.

        Before a succession began it was that of the unit which then had the region.
        """
        for one in self._behind(unit, date.max):
            elsewhere = one.from_region != one.to_region and region.startswith(one.from_region)
            if elsewhere and on < one.since:
                return one.from_unit
        return unit

    def _counted(self, unit: str, on: date) -> Succession | None:
        return next(
            (one for one in self.known if one.counted and one.from_unit == unit and one.since <= on),
            None,
        )  # fmt: skip

    def _behind(self, unit: str, on: date) -> Iterator[Succession]:
        """The successions that lead to a unit, the nearest first."""
        wanted = [unit]
        for at in wanted:
            for one in self.known:
                if one.to_unit == at and one.since <= on and one.from_unit not in wanted:
                    wanted.append(one.from_unit)
                    yield one
