"""A plant that is supervised by the other region for some days, visits and letters about it or not."""

from typing import TYPE_CHECKING

from field_year import invented
from field_year.faults.kinds import Fault, Undo
from field_year.office_work import plants_of

if TYPE_CHECKING:
    from field_year.world import World


async def move_plant(world: "World", plant: str, region: str) -> None:
    """A plant belongs to this region from now on."""
    values = {"division_code": invented.TOWNS[region][0]}
    await world.put("clerk1408", f"/v1/entities/{plant}", {"values": values})
    await world.office.catch_up()


async def strike(world: "World") -> bool:
    """It moves; later it moves back."""
    home = world.chance.choice(invented.REGIONS)
    other = next(one for one in invented.REGIONS if one != home)
    plants = [one for one in plants_of(world, home) if one not in world.moved]
    if not plants:
        return False
    plant = world.chance.choice(plants)

    async def back() -> None:
        await move_plant(world, plant, home)
        world.moved.discard(plant)

    world.moved.add(plant)
    await move_plant(world, plant, other)
    world.undo.append(Undo(world.day + world.chance.randint(0, 1), back, for_good=True))
    return True


FAULT = Fault("企业划转", 0.25, strike)
