"""/healthz: the door stands. /readyz: all services behind it can work. /metrics: for Prometheus."""

import asyncio
from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.answers import ask

PATIENCE = 5.0


class Health:
    """The gateway's own three answers to who looks after it."""

    def __init__(self, upstreams: Mapping[str, ASGIApp]) -> None:
        self._upstreams = upstreams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        answer: Response
        if scope["path"] == "/healthz":
            answer = JSONResponse({"state": "alive"})
        elif scope["path"] == "/readyz":
            answer = await self._ready()
        else:
            answer = Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
        await answer(scope, receive, send)

    async def _ready(self) -> Response:
        states = await asyncio.gather(*map(_state, self._upstreams.values()))
        waiting = [name for name, ready in zip(self._upstreams, states, strict=True) if not ready]
        if waiting:
            return JSONResponse({"state": "not ready", "waiting_for": waiting}, 503)
        return JSONResponse({"state": "ready"})


async def _state(upstream: ASGIApp) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            status, _ = await ask(upstream, "/readyz")
    except Exception:  # whatever is wrong with it, it is not ready
        return False
    return status == 200
