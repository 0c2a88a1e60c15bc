"""The network between one tablet and the office, bent by the world's chance. The office is real."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from random import Random

import httpx

from field_year.disks import Disk
from field_year.hands import OFFICE, by

FAIR = "fair"
LOST_REQUEST = "请求丢失"
LOST_ANSWER = "应答丢失"
TWICE = "请求重复"
LATE = "请求迟到"
TORN = "请求中断"
CUT = "应答中断"
HALF = "应答截断"
FAILURE = "网关报错"
PORTAL = "认证页面"
GARBLED = "文件损坏"
DELIVERIES = "/v1/deliveries"
KINDS = (LOST_REQUEST, LOST_ANSWER, TWICE, LATE, TORN, CUT, HALF, FAILURE, PORTAL)


class _Breaking(httpx.AsyncByteStream):
    """A part of an answer, then the line breaks."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._data
        raise httpx.RemoteProtocolError("the line broke")


@dataclass
class Sky:
    """What all networks share: the office's door, the chance, and requests that arrive late."""

    chance: Random
    door: Callable[[], httpx.AsyncBaseTransport]
    count: Callable[[str], None]
    late: list[httpx.Request] = field(default_factory=list)

    async def pass_on(self, request: httpx.Request, content: bytes) -> httpx.Response:
        """The office answers, whole."""
        headers = [(k, v) for k, v in request.headers.raw if k.lower() != b"content-length"]
        again = httpx.Request(request.method, request.url, headers=headers, content=content)
        with by(OFFICE):
            answer = await self.door().handle_async_request(again)
            await answer.aread()
        return answer

    async def let_one_arrive(self) -> None:
        """A request that everybody thought was lost arrives; nobody hears the answer."""
        if self.late:
            request = self.late.pop(self.chance.randrange(len(self.late)))
            await self.pass_on(request, request.content)


class Network(httpx.AsyncBaseTransport):
    """One tablet's line. `bad`: how much of what passes is bent, 0 to 1."""

    def __init__(self, sky: Sky, disk: Disk) -> None:
        self.sky, self.disk = sky, disk
        self.bad = 0.0

    def _today(self, request: httpx.Request) -> str:
        chance = self.sky.chance
        if chance.random() >= self.bad:
            return FAIR
        # TLS keeps letters whole; a file may be spoiled by what lies between.
        if request.method == "PATCH" and chance.random() < 0.25:
            return GARBLED
        return chance.choice(KINDS)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        content = await request.aread()
        today = self._today(request)
        if today != FAIR:
            self.sky.count(today)
        self.disk.step()
        answer = await self._bent(today, request, content)
        self.disk.step()
        return answer

    async def _bent(self, today: str, request: httpx.Request, content: bytes) -> httpx.Response:
        if today == LOST_REQUEST:
            raise httpx.ConnectError("no signal", request=request)
        if today == FAILURE:
            return httpx.Response(502, html="<h1>Bad gateway</h1>")
        if today == PORTAL:
            return httpx.Response(200, html="<h1>Welcome to our hotel</h1>")
        if today == LATE:
            self.sky.late.append(request)
            raise httpx.ReadTimeout("silence", request=request)
        if today == TORN:
            await self.sky.pass_on(request, content[: self._somewhere(content)])
            raise httpx.WriteError("the line broke", request=request)
        if today == TWICE and request.url.path == DELIVERIES:
            # At once: only the database can tell that they are the same.
            first, _ = await asyncio.gather(
                self.sky.pass_on(request, content), self.sky.pass_on(request, content)
            )
            return first
        if today == TWICE:
            await self.sky.pass_on(request, content)
        if today == GARBLED and content:
            at = self._somewhere(content)
            content = content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]
        answer = await self.sky.pass_on(request, content)
        if today == LOST_ANSWER:
            raise httpx.ReadTimeout("silence", request=request)
        return self._as_heard(today, answer)

    def _as_heard(self, today: str, answer: httpx.Response) -> httpx.Response:
        body = answer.content
        headers = [
            (k, v)
            for k, v in answer.headers.raw
            if k.lower() not in (b"content-length", b"content-encoding")
        ]
        if today == CUT and body:
            stream = _Breaking(body[: self._somewhere(body)])
            return httpx.Response(answer.status_code, headers=headers, stream=stream)
        if today == HALF and body:
            body = body[: self._somewhere(body)]
        return httpx.Response(answer.status_code, headers=headers, content=body)

    def _somewhere(self, data: bytes) -> int:
        return int(len(data) * self.sky.chance.random())

    async def aclose(self) -> None:
        """Nothing is kept open: the office outlives its tablets."""
