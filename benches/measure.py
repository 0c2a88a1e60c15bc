"""A figure: what we do and what the raw limit does, measured in turns in the same run."""

import statistics
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """One turn: our rate and the limit's, in the same unit."""

    ours: float
    limit: float

    @property
    def ratio(self) -> float:
        """Ours of the limit's: 1 is as fast as the limit."""
        return self.ours / self.limit


@dataclass(slots=True)
class Figure:
    """What was measured, and the bar that `speed.md` sets."""

    what: str
    limit_is: str
    unit: str
    bar: float
    note: str = ""
    samples: list[Sample] = field(default_factory=list)

    def add(self, ours: float, limit: float) -> None:
        """Keep one turn."""
        self.samples.append(Sample(ours, limit))

    @property
    def ratio(self) -> float:
        """Median of the turns' ratios: both halves of a turn met the same noise."""
        return statistics.median(sample.ratio for sample in self.samples)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the greatest ratio."""
        ratios = [sample.ratio for sample in self.samples]
        return min(ratios), max(ratios)

    @property
    def ours(self) -> float:
        """Our median rate."""
        return statistics.median(sample.ours for sample in self.samples)

    @property
    def limit(self) -> float:
        """The limit's median rate."""
        return statistics.median(sample.limit for sample in self.samples)

    @property
    def reached(self) -> bool:
        """Whether the bar is reached."""
        return self.ratio >= self.bar


async def seconds(work: Awaitable[object]) -> float:
    """How long `work` takes."""
    started = time.perf_counter()
    await work
    return time.perf_counter() - started
