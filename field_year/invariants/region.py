"""Nothing of another region is ever on a tablet."""

from typing import TYPE_CHECKING

from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.world import World

SCOPED = (
    "entities", "officers", "planned-inspections", "inspection-schemes", "hazards", "visits",
)  # fmt: skip


async def check(world: "World") -> None:
    """Every row that carries a region lies in that of the one who is signed in."""
    for tablet in world.tablets:
        me = tablet.store.setting("me")
        if me is None:
            continue
        for dataset in SCOPED:
            for row in tablet.store.mirror.rows(dataset):
                if not str(row.get("region", me["region"])).startswith(me["region"]):
                    raise Broken(
                        "region",
                        f"{tablet.name}（{me['region']}）上有 {row['region']} 的 {dataset}",
                    )
