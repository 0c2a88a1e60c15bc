"""A lease that the office freezes while its tablet goes on, unknowing: what was issued still counts."""

from typing import TYPE_CHECKING
from uuid import uuid5

from field_year import invented
from field_year.faults.kinds import Fault
from field_year.house import good

if TYPE_CHECKING:
    from field_year.world import World


async def strike(world: "World") -> bool:
    """The head of a unit freezes one lease of a tablet that is said to be lost."""
    leases = world.office.rows(
        "select l.id::text, l.region from case_svc.number_lease l where not exists ("
        "select from case_svc.number_freeze f where f.lease_id = l.id) order by l.unit, "
        "l.document, l.year, l.first"
    )
    if not leases:
        return False
    lease, region = world.chance.choice(leases)
    *_, head = invented.officers(region, world.year.tablets)
    client = await world.office.client(head.username)
    body = {
        "id": str(uuid5(invented.SPACE, f"freeze {world.year.seed} {lease}")),
        "reason": "平板遗失，待核实",
    }
    await good(client.post(f"/v1/number-leases/{lease}/freezes", json=body))
    return True


FAULT = Fault("文号段冻结", 0.2, strike)
