"""A clerk whose transaction stays open while others commit and tablets pull: it commits last."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from field_year import invented
from field_year.faults.kinds import Fault
from field_year.house import good
from field_year.office_work import plants_of
from services.kit.database import Database

if TYPE_CHECKING:
    from field_year.world import World


class Gate:
    """Where a transaction waits when its work is done, before it commits."""

    def __init__(self) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()


_gate: ContextVar[Gate | None] = ContextVar("gate", default=None)
_transaction = Database.transaction


@asynccontextmanager
async def _held(self: Database, claims: Any) -> AsyncIterator[Any]:  # noqa: ANN401
    async with _transaction(self, claims) as session:
        yield session
        if gate := _gate.get():
            await session.flush()
            gate.reached.set()
            await gate.opened.wait()


async def strike(world: "World") -> bool:
    """One change is held open, another one commits, a tablet pulls, then the first commits."""
    region = world.chance.choice(invented.REGIONS)
    plants = [one for one in plants_of(world, region) if one not in world.moved]
    if len(plants) < 2:
        return False
    held, other = world.chance.sample(plants, 2)
    mark, gate = world.next_mark(), Gate()

    async def slowly() -> None:
        clerk = await world.office.client(f"clerk{region}")
        _gate.set(gate)
        values = {"legal_rep": f"程万里{mark}"}
        world.acts.append((f"clerk{region}", f"/v1/entities/{held}", {"values": values}))
        await good(clerk.put(f"/v1/entities/{held}", json={"values": values}))

    Database.transaction = _held  # type: ignore[method-assign]
    try:
        waiting = asyncio.create_task(slowly())
        await gate.reached.wait()
        values = {"legal_rep": f"江上舟{mark}"}
        await world.put(f"clerk{region}", f"/v1/entities/{other}", {"values": values})
        for tablet in world.tablets:
            if tablet.region == region:
                await tablet.refresh()
        await world.office.catch_up()
        gate.opened.set()
        await waiting
    finally:
        Database.transaction = _transaction  # type: ignore[method-assign]
    return True


FAULT = Fault("迟提交", 0.3, strike)
