"""What strikes, one module each. A new fault is a module with `FAULT`, named in ALL."""

from typing import TYPE_CHECKING

from field_year.faults import (
    backup,
    clock,
    clone,
    cut_off,
    disk_full,
    frozen,
    heard_late,
    moved_officer,
    moved_plant,
    restart,
    slow_writer,
    switched,
    upgrade,
    withdrawn,
)
from field_year.faults.kinds import Fault, Undo
from field_year.faults.moved_officer import move
from field_year.faults.moved_plant import move_plant

if TYPE_CHECKING:
    from field_year.world import World

ALL: tuple[Fault, ...] = (
    disk_full.FAULT, clock.FAULT, withdrawn.FAULT, withdrawn.CERTIFICATE, moved_officer.FAULT,
    moved_plant.FAULT, switched.FAULT, slow_writer.FAULT, restart.FAULT, backup.FAULT,
    backup.RESTORE, upgrade.FAULT, clone.FAULT, heard_late.FAULT,
    cut_off.FAULT, frozen.FAULT,
)  # fmt: skip
MENDABLE = frozenset(("not-found", "different-content"))
"""Grounds of a refusal that go once its officer works where it was captured: send again.

`different-content`: refused once in the name of another region, where the sender cannot look now.
"""

__all__ = ["ALL", "MENDABLE", "Fault", "Undo", "move", "move_plant", "of_the_day"]


def of_the_day(world: "World") -> list[Fault]:
    """The faults of this day, in the order in which they will strike (the last one first).

    One that is owed strikes on every day until it has.
    """
    only, owed = world.year.only, world.year.owed.difference(world.told.faults)
    wanted = [one for one in ALL if only is None or one.name in only]
    # Chance is asked for each: what is owed moves nothing else.
    return [one for one in wanted if (world.chance.random() < one.per_day) | (one.name in owed)]
