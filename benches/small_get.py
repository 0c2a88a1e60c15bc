"""A small GET through the gateway against the same GET at the service, 32 connections each."""

import asyncio
import time
from urllib.parse import urlsplit

from benches.ground import Ground
from benches.measure import Figure
from benches.province_pull import fill
from benches.served import served

CONNECTIONS, EACH = 32, 60


class Line:
    """One kept-alive connection: a client so small that the servers are what is measured."""

    def __init__(self, url: str, path: str, token: str) -> None:
        where = urlsplit(url)
        self._host, self._port = where.hostname or "", where.port or 0
        self._said = f" HTTP/1.1\r\nhost: {where.netloc}\r\nauthorization: Bearer {token}\r\n"
        self._request = f"GET {path}{self._said}\r\n".encode()

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)

    async def get(self) -> bytes:
        """Ask once: the body. Every answer must be good."""
        return await self._answer(self._request)

    async def put(self, path: str, body: bytes) -> bytes:
        """Put JSON there: the answer's body."""
        told = f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        return await self._answer(f"PUT {path}{self._said}{told}".encode() + body)

    async def _answer(self, request: bytes) -> bytes:
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        assert head.startswith(b"http/1.1 200"), head
        if b"transfer-encoding: chunked" in head:
            return await self._chunks()
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        return await self._reader.readexactly(int(length))

    async def _chunks(self) -> bytes:
        body = b""
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            body += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readexactly(2)
        return body

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def _rate(url: str, path: str, token: str) -> float:
    """Answers a second with every connection busy."""
    lines = [Line(url, path, token) for _ in range(CONNECTIONS)]
    await asyncio.gather(*(line.open() for line in lines))

    async def keep_asking(line: Line) -> None:
        for _ in range(EACH):
            await line.get()

    await asyncio.gather(*(line.get() for line in lines))
    started = time.perf_counter()
    await asyncio.gather(*map(keep_asking, lines))
    spent = time.perf_counter() - started
    for line in lines:
        line.close()
    return CONNECTIONS * EACH / spent


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """One plant, read again and again."""
    figure = Figure(f"small GET, {CONNECTIONS} connections", "at the service", "GET/s", 1 / 2)
    owner = await ground.owner()
    await fill(owner, 100)
    path = f"/v1/entities/{await owner.fetchval('select id from ledger_svc.entity limit 1')}"
    await owner.close()
    token = ground.token("1408", "auditor")
    async with (
        served(ground, "ledger_svc") as service,
        served(ground, "gateway", ledger_svc=service) as door,
    ):
        for turn in range(turns + 1):
            through, at = await _rate(door, path, token), await _rate(service, path, token)
            if turn:  # the first turn warms both
                figure.add(through, at)
    return [figure]
