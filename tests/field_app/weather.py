"""The network between tablet and office, bent by a script or a seed. The office itself is real."""

import asyncio
import random
from collections.abc import Iterable

import httpx

FAIR = "fair"
NO_SIGNAL = "no signal"  # the request never leaves
SILENCE = "silence"  # the office has done it; its answer is lost
TWICE = "twice"  # the request arrives two times
CUT = "cut"  # half of the answer comes, then the line breaks
HALF = "half"  # half of an answer's bytes, as if they were all
TORN = "torn"  # half of the request's content arrives, and no answer comes back
FAILURE = "failure"  # 500 from something on the way
FAILED_AFTER = "failed after"  # the office has done it; the proxy says 502
PORTAL = "portal"  # a hotel's sign-in page instead of the office
REDIRECT = "redirect"  # the same, by redirection
FORBIDDEN = "forbidden"  # a proxy's own page says 403
LATE = "late"  # others overtake it
BAD = (
    NO_SIGNAL, SILENCE, TWICE, CUT, HALF, TORN, FAILURE, FAILED_AFTER, PORTAL, REDIRECT,
    FORBIDDEN, LATE,
)  # fmt: skip


class _Breaking(httpx.AsyncByteStream):
    """Half an answer, then the line breaks."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def __aiter__(self):
        yield self._data
        raise httpx.RemoteProtocolError("the line broke")


class Weather(httpx.AsyncBaseTransport):
    """Bends what passes: first the script, one word a request, then fair or by the seed."""

    def __init__(
        self,
        office: httpx.AsyncBaseTransport,
        script: Iterable[str] = (),
        *,
        seed: int | None = None,
        bad: float = 0.4,
        only: str = "",
    ) -> None:
        self.office, self.script, self.only = office, list(script), only
        self.chance = random.Random(seed) if seed is not None else None
        self.bad = bad
        self.seen: list[tuple[str, str, str]] = []

    def clear(self) -> None:
        """Fair from here on."""
        self.script, self.chance = [], None

    def _next(self, path: str) -> str:
        if self.only and self.only not in path:
            return FAIR
        if self.script:
            return self.script.pop(0)
        if self.chance and self.chance.random() < self.bad:
            return self.chance.choice(BAD)
        return FAIR

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        content = await request.aread()
        today = self._next(request.url.path)
        self.seen.append((today, request.method, request.url.path))
        if today == NO_SIGNAL:
            raise httpx.ConnectError("no signal", request=request)
        if today == FAILURE:
            return httpx.Response(500, html="<h1>Bad day</h1>")
        if today == PORTAL:
            return httpx.Response(200, html="<h1>Welcome to our hotel</h1>")
        if today == FORBIDDEN:
            return httpx.Response(403, html="<h1>Not in this network</h1>")
        if today == REDIRECT:
            return httpx.Response(302, headers={"location": "http://hotel.example/sign-in"})
        if today == LATE:
            for _ in range(20):
                await asyncio.sleep(0)
        if today == TORN:
            await self._office(request, content[: len(content) // 2])
            raise httpx.WriteError("the line broke", request=request)
        if today == TWICE:
            await self._office(request, content)
        answer = await self._office(request, content)
        if today == SILENCE:
            raise httpx.ReadTimeout("silence", request=request)
        if today == FAILED_AFTER:
            return httpx.Response(502, html="<h1>Bad gateway</h1>")
        body = await answer.aread()
        headers = [(k, v) for k, v in answer.headers.raw if k.lower() != b"content-length"]
        if today == CUT and body:
            return httpx.Response(
                answer.status_code, headers=headers, stream=_Breaking(body[: len(body) // 2])
            )
        if today == HALF and body:
            body = body[: len(body) // 2]
        return httpx.Response(answer.status_code, headers=headers, content=body)

    async def _office(self, request: httpx.Request, content: bytes) -> httpx.Response:
        headers = [(k, v) for k, v in request.headers.raw if k.lower() != b"content-length"]
        return await self.office.handle_async_request(
            httpx.Request(request.method, request.url, headers=headers, content=content)
        )

    async def aclose(self) -> None:
        """Nothing is kept open: the office outlives its tablets."""
