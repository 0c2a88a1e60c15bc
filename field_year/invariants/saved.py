"""What was shown as saved is there, byte for byte: answers, photos, documents, letters."""

from typing import TYPE_CHECKING

from field_app.actions.reinspect import open_hazards  # noqa: F401
from field_year import hands

if TYPE_CHECKING:
    from field_year.world import World


async def check(world: "World") -> None:
    """Every tablet is looked at closely."""
    for tablet in world.tablets:
        with hands.by(tablet.name):
            tablet.seen.look(tablet.store)
            tablet.seen.look_closely(tablet.store)
