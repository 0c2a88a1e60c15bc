"""A plant that ledger_svc and the tablets know, while case_svc has not heard of it yet."""

from typing import TYPE_CHECKING

from field_year import invented
from field_year.faults.kinds import Fault
from field_year.office_work import enter_a_plant

if TYPE_CHECKING:
    from field_year.world import World


async def strike(world: "World") -> bool:
    """It is entered, some tablet pulls it and goes there before the night."""
    region = world.chance.choice(invented.REGIONS)
    await enter_a_plant(world, region)
    for tablet in world.tablets:
        if tablet.region == region:
            await tablet.refresh()
            return True
    return False


FAULT = Fault("台账未同步", 0.3, strike)
