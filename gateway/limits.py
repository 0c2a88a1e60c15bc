"""How often one caller may ask: a token bucket for each, in this process's memory."""

import math
import time
from collections.abc import Callable, Hashable

from services.kit.problems import TooMany


class Buckets:
    """Token buckets: a minute's worth at once, then as many a minute; 0: no limit.

    Of more than `remembered` callers the one longest silent is forgotten, so strangers who come
    in great numbers cost no memory.
    """

    def __init__(
        self, per_minute: int, remembered: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._size, self._rate = float(per_minute), per_minute / 60
        self._remembered, self._clock = remembered, clock
        self._buckets: dict[Hashable, tuple[float, float]] = {}

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, caller: Hashable) -> None:
        """Take one token. TooMany, with the seconds to wait, when there is none."""
        if not self._size:
            return
        now = self._clock()
        # Taken out and put in again: the dict's order is that of the last request.
        left, at = self._buckets.pop(caller, (self._size, now))
        left = min(self._size, left + (now - at) * self._rate)
        self._buckets[caller] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > self._remembered:
            del self._buckets[next(iter(self._buckets))]
        if left < 1:
            raise TooMany(math.ceil((1 - left) / self._rate))
