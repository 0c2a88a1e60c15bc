"""What the office withdraws from an officer for some days: the account, or the certificate."""

from typing import TYPE_CHECKING

from field_year.faults.kinds import Fault, Undo
from field_year.tablets import Tablet

if TYPE_CHECKING:
    from field_year.world import World


def somebody(world: "World") -> Tablet | None:
    """A tablet whose officer nothing is withdrawn from."""
    free = [one for one in world.tablets if one.officer not in world.withdrawn]
    return world.chance.choice(free) if free else None


def give_back(world: "World", tablet: Tablet, undo: Undo) -> None:
    """Remember how it is given back, and that until then nothing else is taken."""
    world.withdrawn.add(tablet.officer)
    world.undo.append(undo)


async def strike(world: "World") -> bool:
    """An account is closed; its tablet goes on without knowing."""
    if (tablet := somebody(world)) is None:
        return False
    officer = tablet.officer

    async def put(*, active: bool) -> None:
        told = officer.account(officer.region, active=active)
        await world.put("administrator", f"/v1/accounts/{officer.account_id}", told)

    async def back() -> None:
        await put(active=True)
        world.withdrawn.discard(officer)

    await put(active=False)
    give_back(world, tablet, Undo(world.day + world.chance.randint(0, 2), back))
    return True


async def suspend(world: "World") -> bool:
    """A certificate is suspended; the tablet may have letters of before."""
    if (tablet := somebody(world)) is None:
        return False
    officer = tablet.officer

    async def put(state: str) -> None:
        told = officer.entry(officer.region, state)
        await world.put("administrator", f"/v1/officers/{officer.id}", told)
        await world.office.catch_up()

    async def back() -> None:
        await put("valid")
        world.withdrawn.discard(officer)

    await put("suspended")
    give_back(world, tablet, Undo(world.day + world.chance.randint(0, 1), back, for_good=True))
    return True


FAULT = Fault("帐号停用", 0.15, strike)
CERTIFICATE = Fault("执法证暂扣", 0.2, suspend)
