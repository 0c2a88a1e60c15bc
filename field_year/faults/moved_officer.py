"""An officer who works in the other region for some days: what may be on the tablet changes."""

from typing import TYPE_CHECKING

from field_year import invented
from field_year.faults.kinds import Fault, Undo
from field_year.faults.withdrawn import give_back, somebody

if TYPE_CHECKING:
    from field_year.world import World


async def move(world: "World", officer: invented.Officer, region: str) -> None:
    """Officer and account belong to this region from now on; a token says so once it is renewed."""
    world.moved_at[officer.account_id] = world.clocks.at
    await world.put("administrator", f"/v1/officers/{officer.id}", officer.entry(region))
    await world.put("administrator", f"/v1/accounts/{officer.account_id}", officer.account(region))
    await world.office.catch_up()


async def strike(world: "World") -> bool:
    """Officer and account go to the other region; later they come back."""
    if (tablet := somebody(world)) is None:
        return False
    officer = tablet.officer
    other = next(one for one in invented.REGIONS if one != officer.region)

    async def back() -> None:
        await move(world, officer, officer.region)
        world.withdrawn.discard(officer)

    await move(world, officer, other)
    give_back(world, tablet, Undo(world.day + world.chance.randint(1, 2), back))
    return True


FAULT = Fault("人员调动", 0.15, strike)
