"""A disk that is full until the night: every write fails, nothing may be half there."""

from typing import TYPE_CHECKING

from field_year.faults.kinds import Fault

if TYPE_CHECKING:
    from field_year.world import World


async def strike(world: "World") -> bool:
    """Some tablet has no room any more; at night somebody makes some."""
    world.chance.choice(world.tablets).disk.full = True
    return True


FAULT = Fault("磁盘写满", 0.25, strike)
