"""GET /v1/feeds/case: what happened in proceedings, in commit order."""

from fastapi import APIRouter

router = APIRouter(tags=["变更流"])
