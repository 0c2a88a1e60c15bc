"""The office dies in the middle: PostgreSQL ends all its connections between two steps of a request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from field_year import hands
from field_year.faults.kinds import Fault
from field_year.model import Broken
from services.kit.database import Database

if TYPE_CHECKING:
    from field_year.world import World

DEEP = 3
"""It dies at the first to the third commit of a delivery."""
TRIES = 10

_transaction = Database.transaction


async def strike(world: "World") -> bool:
    """A tablet delivers; before or just after one of its commits every connection is gone.

    Before: the work is done and lost, and whoever answers as if it were kept has lied. After: it is
    kept, and nobody hears of it. Then the office must find its way back by itself.
    """
    sending = [one for one in world.tablets if not one.nothing_waits]
    tablet = world.chance.choice(sending or world.tablets)
    at, before = world.chance.randint(1, DEEP), world.chance.random() < 0.5
    reached, died = 0, False

    def die() -> None:
        nonlocal died
        died = True
        world.office.end_connections()

    @asynccontextmanager
    async def mortal(self: Database, claims: Any) -> AsyncIterator[Any]:  # noqa: ANN401
        nonlocal reached
        reached += 1
        here = reached == at
        async with _transaction(self, claims) as session:
            yield session
            if here and before:
                await session.flush()
                die()
        if here and not before:
            die()

    Database.transaction = mortal  # type: ignore[method-assign]
    try:
        await tablet.deliver()
    finally:
        Database.transaction = _transaction  # type: ignore[method-assign]
    with hands.by(hands.OFFICE):
        for _ in range(TRIES):
            if await world.office.ready():
                return died
    raise Broken("acts", "数据库连接全部中断之后，办公室没有恢复")


FAULT = Fault("数据库断开", 0.3, strike)
