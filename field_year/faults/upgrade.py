"""A new version of the app: the next start brings the store's schema one step on, journal and all."""

from typing import TYPE_CHECKING, Any

from field_app import schema
from field_year.faults.kinds import Fault

if TYPE_CHECKING:
    from field_year.world import World

STEP = """
create table of_version_{number} (id text primary key, told text);
insert into of_version_{number} select id, kind from letter;
alter table letter add column of_version_{number} text;
alter table inspection add column of_version_{number} text
"""


async def strike(world: "World") -> bool:
    """Every tablet is switched off and starts with the new version; power may be lost in it."""
    number = len(schema.STEPS) + 1
    steps: Any = schema
    steps.STEPS = (*schema.STEPS, STEP.format(number=number))
    for tablet in world.tablets:
        if world.chance.random() < 0.5:
            tablet.disk.left = world.chance.randint(1, 4)
        tablet.off_and_on()
        tablet.disk.left = None
        tablet.seen.look(tablet.store)
    return True


FAULT = Fault("版本升级", 0.12, strike)
