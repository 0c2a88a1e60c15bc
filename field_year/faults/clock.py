"""A tablet's clock that jumps: a flat battery, a wrong time zone, somebody's finger."""

from datetime import timedelta
from typing import TYPE_CHECKING

from field_year.faults.kinds import Fault

if TYPE_CHECKING:
    from field_year.world import World

JUMPS = (
    timedelta(minutes=-7), timedelta(minutes=9), timedelta(hours=-8), timedelta(hours=8),
    timedelta(days=-2), timedelta(days=3), timedelta(),
)  # fmt: skip


async def strike(world: "World") -> bool:
    """Some tablet's clock is off from now on, or right again."""
    tablet = world.chance.choice(world.tablets)
    world.clocks.skew[tablet.name] = world.chance.choice(JUMPS)
    return True


FAULT = Fault("时钟跳变", 0.3, strike)
