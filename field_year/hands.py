"""Whose hand is at work, and the chance that each hand draws its ids from.

Everything runs in one process and one event loop, so "this tablet" and "the office" are a context
variable. Ids, tokens and salts come from `os.urandom`: here each hand has a stream of its own by
the seed, so that what the office draws never moves what a tablet draws.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

OFFICE = "office"
_hand: ContextVar[str] = ContextVar("hand", default=OFFICE)


def hand() -> str:
    """The name of who is at work: a tablet, or the office."""
    return _hand.get()


@contextmanager
def by(name: str) -> Iterator[None]:
    """What happens in the block is done by `name`."""
    before = _hand.set(name)
    try:
        yield
    finally:
        _hand.reset(before)


@contextmanager
def seeded(seed: str) -> Iterator[None]:
    """`os.urandom`, and with it uuid4 and secrets, from the seed for the length of the block."""
    streams: dict[str, random.Random] = {}

    def urandom(size: int) -> bytes:
        name = _hand.get()
        if name not in streams:
            streams[name] = random.Random(f"{seed} {name}")
        return streams[name].randbytes(size)

    system: Any = random
    before = os.urandom, system._urandom
    os.urandom = system._urandom = urandom
    try:
        yield
    finally:
        os.urandom, system._urandom = before
