"""The world's time, and each tablet's wrong idea of it. No wall clock is ever asked.

The modules of tablet, services and PyJWT that read a clock are given ours in place of `datetime`
and `time`. PostgreSQL's own `now()` stays real: it is only ever shown, never compared with these.
"""

import datetime as real
import sys
import time as real_time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from typing import Any, Self

from field_year.hands import hand

ROOMS = ("field_app", "services", "gateway")
BESIDE = ("jwt.api_jwt",)
NOT = ("services.kit.telemetry",)


class Clocks:
    """True time, moved by the world alone; `skew`: how far a tablet's clock is off."""

    def __init__(self, at: real.datetime) -> None:
        self.at = at
        self.skew: dict[str, timedelta] = {}

    def seen(self) -> real.datetime:
        """The moment on the clock of whoever asks."""
        return self.at + self.skew.get(hand(), timedelta())

    def pass_by(self, much: timedelta) -> None:
        """Let time go on."""
        self.at += much


class _Time:
    """The module `time` as far as our code asks it."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self.perf_counter = real_time.perf_counter

    def time(self) -> float:
        return self._clocks.seen().timestamp()

    def monotonic(self) -> float:
        return self._clocks.at.timestamp()


def _datetime(clocks: Clocks) -> type[real.datetime]:
    class Bent(real.datetime):
        """datetime whose `now` is the world's."""

        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> Self:
            return cls.fromtimestamp(clocks.seen().timestamp(), tz or UTC)

    return Bent


@contextmanager
def kept(clocks: Clocks) -> Iterator[None]:
    """These clocks instead of the machine's, for the length of the block."""
    bent, time = _datetime(clocks), _Time(clocks)
    before: list[tuple[Any, str, Any]] = []
    for name, module in list(sys.modules.items()):
        ours = name.partition(".")[0] in ROOMS and name not in NOT
        if module is None or not (ours or name in BESIDE):
            continue
        for attribute, its, instead in (
            ("datetime", real.datetime, bent),
            ("time", real_time, time),
        ):
            if getattr(module, attribute, None) is its:
                before.append((module, attribute, its))
                setattr(module, attribute, instead)
    try:
        yield
    finally:
        for module, attribute, its in before:
            setattr(module, attribute, its)
