"""A tablet's image restored onto another tablet: two that hold one device's letters and numbers."""

from copy import deepcopy
from typing import TYPE_CHECKING

from field_year.faults.kinds import Fault
from field_year.tablets import Tablet

if TYPE_CHECKING:
    from field_year.world import World


async def strike(world: "World") -> bool:
    """Once in a year: the copy goes on beside its original."""
    if any(one.clone_of for one in world.tablets):
        return False
    original = world.chance.choice(world.tablets)
    twin = Tablet(world, f"{original.name}c", original.officer)
    original.clone_into(twin)
    twin.seen = deepcopy(original.seen)
    twin.clone_of, original.cloned = original, True
    twin.seen.look(twin.store)
    world.tablets.append(twin)
    return True


FAULT = Fault("平板克隆", 0.08, strike)
