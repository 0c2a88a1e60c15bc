"""GET /v1/feeds/ledger: what changed in the ledger, in commit order."""

from typing import Annotated

from fastapi import APIRouter

from services.kit.change_feed import ChangeFeed, FeedPage
from services.kit.claims import Claims, requires
from services.kit.database import Snapshot
from services.kit.pages import After, Limit
from services.ledger_svc.devices import queries as devices
from services.ledger_svc.entities import queries as entities
from services.ledger_svc.officers import queries as officers
from services.ledger_svc.permissions import Permission
from services.ledger_svc.proposals import queries as proposals
from services.ledger_svc.rosters import commands as rosters
from services.ledger_svc.rows import ChangeRow, FeedCounterRow
from services.ledger_svc.units import commands as units

router = APIRouter(tags=["变更流"])
FEED = ChangeFeed(
    ChangeRow,
    FeedCounterRow,
    {
        "device": devices.states,
        "entity": entities.states,
        "officer": officers.states,
        "proposal": proposals.states,
        "roster_person": rosters.states,
        "unit": units.states,
    },
)


@router.get("/feeds/ledger")
async def read_feed(
    claims: Annotated[Claims, requires(Permission.FEED_READ)], session: Snapshot,
    after: After = None, limit: Limit = 100,
) -> FeedPage:  # fmt: skip
    """Changes above a cursor (台账变更流)."""
    return await FEED.read(session, after, limit)
