"""All orders converge: after a refresh a tablet's mirror is what the office shows to its officer.

Of plants that have left and were erased the office may still show what its own visits found there;
the tablet keeps none of it until they come back.
"""

import json
from typing import TYPE_CHECKING, Any

from field_app.refresh import DATASETS
from field_app.shelves.mirror import kept_of
from field_app.withdrawal import erased_here
from field_year import hands
from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.world import World


async def check(world: "World") -> None:
    """Each tablet against a fresh pull in the name of its officer."""
    for tablet in world.tablets:
        with hands.by(hands.OFFICE):
            client = await world.office.client(tablet.officer.username)
        gone = {one["entity_id"] for one in erased_here(tablet.store)}
        for dataset in DATASETS:
            with hands.by(hands.OFFICE):
                answer = await client.get(f"/v1/pulls/{dataset}")
            lines = [json.loads(line) for line in answer.text.splitlines()]
            there = {
                _key(row): row
                for row in lines
                if row.get("end") is not True and row.get("entity_id") not in gone
            }
            here = {_key(row): row for row in tablet.store.mirror.rows(dataset)}
            if here.keys() != there.keys():
                differ = sorted(here.keys() ^ there.keys())
                raise Broken(
                    "converged", f"{tablet.name} 的 {dataset} 有 {len(differ)} 行与服务器不同"
                )
            for key, row in here.items():
                # Of some rows a tablet keeps a part.
                if row != kept_of(dataset, there[key]):
                    raise Broken("converged", f"{tablet.name} 的 {dataset} {key} 与服务器不同")


def _key(row: dict[str, Any]) -> str:
    return str(row["id"] if "id" in row else row["code"]) if row.get("end") is not True else ""
