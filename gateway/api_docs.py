"""/v1/openapi.json and /v1/docs: the one API, for programs and for people."""

import asyncio
import json
import time
from collections.abc import Mapping

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.answers import ask, refuse
from gateway.api_document import Document, merged
from gateway.api_page import page
from services.kit.problems import Busy

KEPT_FOR = 60.0
PATIENCE = 10.0
SAFE = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class ApiDocs:
    """Asks the services for their documents when first read, and again once a minute."""

    def __init__(self, upstreams: Mapping[str, ASGIApp]) -> None:
        self._upstreams = upstreams
        self._kept: tuple[float, dict[str, Response]] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the document, or with the page made of it."""
        try:
            answers = await self._answers()
        except Busy as problem:
            await refuse(problem, scope, receive, send)
            return
        await answers[scope["path"]](scope, receive, send)

    async def _answers(self) -> dict[str, Response]:
        if self._kept is None or self._kept[0] < time.monotonic():
            found = await asyncio.gather(*map(_document, self._upstreams.values()))
            document = merged(dict(zip(self._upstreams, found, strict=True)))
            answers: dict[str, Response] = {
                "/v1/openapi.json": JSONResponse(document),
                "/v1/docs": HTMLResponse(page(document), headers=SAFE),
            }
            self._kept = (time.monotonic() + KEPT_FOR, answers)
        return self._kept[1]


async def _document(upstream: ASGIApp) -> Document:
    try:
        async with asyncio.timeout(PATIENCE):
            status, body = await ask(upstream, "/openapi.json")
    except (OSError, TimeoutError) as error:
        raise Busy("有服务暂时没有应答，接口说明不完整") from error
    if status != 200:
        raise Busy("有服务暂时没有应答，接口说明不完整")
    document: Document = json.loads(body)
    return document
