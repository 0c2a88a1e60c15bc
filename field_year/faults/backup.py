"""A backup of the office, and later its restoration: what came between is lost to the office.

What a restoration means for an invariant is said in `invariants/receipts.py`. What the office itself
did since (plants entered, schemes approved) it does again, as it would from its papers. Leases given
since are known to the tablets alone, and the office has no way yet to learn of them: a backup with
such a gap is not restored here.
"""

from typing import TYPE_CHECKING

from field_year.faults.kinds import Fault

if TYPE_CHECKING:
    from field_year.world import World


def _leases(world: "World") -> int:
    return int(world.office.rows("select count(*) from case_svc.number_lease")[0][0])


async def strike(world: "World") -> bool:
    """Keep a backup; it replaces the one before. Not while something is withdrawn."""
    if world.undo:
        return False
    world.backup = f"{world.office.database}_backup"
    world.backed_up = (len(world.acts), _leases(world))
    await world.office.back_up(world.backup)
    return True


async def restore(world: "World") -> bool:
    """Restore the backup, when there is one that can be."""
    since, leases = world.backed_up
    if world.backup is None or world.undo or leases != _leases(world):
        return False
    await world.office.restore(world.backup)
    world.restored += 1
    world.files_known.clear()
    for tablet in world.tablets:
        tablet.seen.office_restored()
    await world.do_again(since)
    await world.office.catch_up()
    return True


FAULT = Fault("备份", 0.2, strike)
RESTORE = Fault("从备份恢复", 0.15, restore)
