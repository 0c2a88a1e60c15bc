"""A colleague who signs in on somebody's tablet in the middle of the day."""

from typing import TYPE_CHECKING

from field_year import invented
from field_year.faults.kinds import Fault

if TYPE_CHECKING:
    from field_year.world import World


async def strike(world: "World") -> bool:
    """The colleague signs in and, some of the time, sends what waits; then the owner is back."""
    tablet = world.chance.choice(world.tablets)
    colleagues = [
        one
        for one in invented.officers(tablet.region, world.year.tablets)[:-2]
        if one != tablet.officer and one not in world.withdrawn
    ]
    if tablet.officer in world.withdrawn or not await tablet.sign_in(
        world.chance.choice(colleagues)
    ):
        return False
    if world.chance.random() < 0.5:
        await tablet.deliver()
    await tablet.sign_in()
    return True


FAULT = Fault("换人登录", 0.4, strike)
