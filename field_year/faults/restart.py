"""Every service ends and begins anew while tablets are at work."""

from typing import TYPE_CHECKING

from field_year.faults.kinds import Fault

if TYPE_CHECKING:
    from field_year.world import World


async def strike(world: "World") -> bool:
    """Restart the office."""
    await world.office.restart()
    return True


FAULT = Fault("服务重启", 0.15, strike)
