"""What a fault is, and how what it took is given back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from field_year.world import World


@dataclass(frozen=True)
class Fault:
    """A name as it is told, how likely it is on a day, and the act: whether it could strike."""

    name: str
    per_day: float
    strike: Callable[["World"], Awaitable[bool]]


@dataclass(frozen=True)
class Undo:
    """What ends a fault in the night of a day: the office gives back what it withdrew."""

    day: int
    act: Callable[[], Awaitable[None]]
    for_good: bool = False
    """Not given back any more once the year has ended."""
