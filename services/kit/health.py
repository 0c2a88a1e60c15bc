"""/healthz: the process lives. /readyz: it can also do its work. /metrics: for Prometheus."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.kit.database import TheDatabase

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """The process lives."""
    return {"state": "alive"}


@router.get("/readyz")
async def ready(database: TheDatabase, response: Response) -> dict[str, str]:
    """The process lives and its database answers."""
    if await database.ready():
        return {"state": "ready"}
    response.status_code = 503
    return {"state": "no database"}


@router.get("/metrics")
async def metrics() -> Response:
    """Counters in Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
