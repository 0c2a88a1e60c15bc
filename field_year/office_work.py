"""What the office does of a morning: new plants, changed plants, schemes on their way to approval."""

from typing import TYPE_CHECKING
from uuid import uuid5

from deploy.county import credit_code
from field_year import hands, invented
from paper.values import BEIJING

if TYPE_CHECKING:
    from field_year.world import World

CALM = "metallurgy@2026.1"


async def morning(world: "World") -> None:
    """Some of it, by chance. case_svc may not have heard of it when the tablets have."""
    with hands.by(hands.OFFICE):
        for region in invented.REGIONS:
            if world.chance.random() < 0.4:
                await enter_a_plant(world, region)
            if world.chance.random() < 0.5:
                await _change_a_plant(world, region)
            if world.chance.random() < 0.5:
                await _approve_a_scheme(world, region)


def plants_of(world: "World", region: str) -> list[str]:
    """Ids of the plants that stand in a region now."""
    found = world.office.rows(
        "select id from ledger_svc.entity where region = %s order by id", region
    )
    return [str(id_) for (id_,) in found]


async def enter_a_plant(world: "World", region: str) -> None:
    """A plant that nobody knew."""
    mark = world.next_mark()
    serial = 1000 + mark
    *_, (_, _, values) = invented.entries(2)
    values |= {
        "ent_name": f"{invented.CITIES[region]}星澜{mark}号铸造有限公司",
        "uscc": credit_code(serial), "division_code": invented.TOWNS[region][0],
    }  # fmt: skip
    await world.put(
        f"clerk{region}", f"/v1/entities/{invented.plant_id(serial)}", {"values": values}
    )
    world.log(f"office enters plant {serial}")


def _being_visited(world: "World", region: str) -> list[str]:
    """Plants of a region at which an inspection has begun and not ended."""
    found = set()
    for tablet in world.tablets:
        with hands.by(tablet.name):
            found |= {
                one.entity_id for one in tablet.store.inspections.all()
                if one.region == region and not one.ended_at
            }  # fmt: skip
    return sorted(found.intersection(plants_of(world, region)))


async def _change_a_plant(world: "World", region: str) -> None:
    """Half the time one where somebody is at work, which is when it matters."""
    visited = _being_visited(world, region) if world.chance.random() < 0.5 else []
    plant = world.chance.choice(visited or plants_of(world, region))
    values = {"legal_rep": f"江上{world.next_mark()}"}
    await world.put(f"clerk{region}", f"/v1/entities/{plant}", {"values": values})
    world.log(f"office changes plant {plant}")


async def _approve_a_scheme(world: "World", region: str) -> None:
    await world.office.catch_up()
    tablets = [one for one in world.tablets if one.region == region]
    plants = plants_of(world, region)
    if not tablets or not plants:
        return
    officer = world.chance.choice(tablets).officer
    others = [one for one in invented.officers(region, world.year.tablets)[:-2] if one != officer]
    second = world.chance.choice(others)
    chief, head = invented.officers(region, world.year.tablets)[-2:]
    plant = world.chance.choice(plants)
    mark = world.next_mark()
    url = f"/v1/inspection-schemes/{uuid5(invented.SPACE, f'scheme {world.year.seed} {mark}')}"
    record = {
        "planned_inspection_id": None, "ground": f"举报核查{mark}", "entity_id": plant,
        "officers": [officer.certificate, second.certificate],
        "inspect_on": world.clocks.at.astimezone(BEIJING).date().isoformat(),
        "checklist": CALM, "contents": ["安全生产责任制"], "method": "现场检查",
    }  # fmt: skip
    if second in world.withdrawn:
        return
    drafter = await world.office.client(second.username)
    if not (await drafter.put(url, json=record)).is_success:
        return  # somebody of them is withdrawn today
    opinion = {"opinion": "同意。", "agreed": True}
    world.acts.append((second.username, url, record))
    await world.put(chief.username, f"{url}/review", opinion)
    await world.put(head.username, f"{url}/approval", opinion)
    world.log(f"office approves scheme {mark}")
