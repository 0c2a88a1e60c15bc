"""GET /v1/feeds/case: what happened in proceedings, in commit order."""

from typing import Annotated

from fastapi import APIRouter

from services.case_svc.cases import queries as cases
from services.case_svc.documents import queries as documents
from services.case_svc.inspections import queries as inspections
from services.case_svc.permissions import Permission
from services.case_svc.plans import queries as plans
from services.case_svc.reinspections import queries as reinspections
from services.case_svc.rows import ChangeRow, FeedCounterRow
from services.case_svc.schemes import queries as schemes
from services.kit.change_feed import ChangeFeed, FeedPage
from services.kit.claims import Claims, requires
from services.kit.database import Snapshot
from services.kit.pages import After, Limit

router = APIRouter(tags=["变更流"])
FEED = ChangeFeed(
    ChangeRow,
    FeedCounterRow,
    {
        "plan": plans.plan_states,
        "planned_inspection": plans.states,
        "inspection_scheme": schemes.states,
        "inspection": inspections.states,
        "hazard": inspections.hazard_states,
        "document": documents.states,
        "reinspection": reinspections.states,
        "case": cases.states,
    },
)


@router.get("/feeds/case")
async def read_feed(
    claims: Annotated[Claims, requires(Permission.FEED_READ)], session: Snapshot,
    after: After = None, limit: Limit = 100,
) -> FeedPage:  # fmt: skip
    """Changes above a cursor (办案变更流)."""
    return await FEED.read(session, after, limit)
