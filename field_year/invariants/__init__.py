"""What must hold, one module each: `check(world)` raises Broken. Nightly, or once all is healed."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from field_year.invariants import (
    account,
    converged,
    delivered,
    files_equal,
    numbers,
    once,
    receipts,
    region,
    saved,
)

if TYPE_CHECKING:
    from field_year.world import World

Check = Callable[["World"], Awaitable[None]]
NIGHTLY: tuple[Check, ...] = (
    saved.check, receipts.check, once.check, numbers.check, files_equal.check, region.check,
)  # fmt: skip
FINALLY: tuple[Check, ...] = (delivered.check, converged.check, account.check)


async def check(world: "World", wanted: tuple[Check, ...]) -> None:
    """All of them, in order."""
    for one in wanted:
        await one(world)
