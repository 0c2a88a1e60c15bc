"""Remote(url): an upstream in another process, as an ASGI app. Streams both ways, holds nothing."""

import asyncio
import string
from collections.abc import AsyncIterator
from urllib.parse import quote

import aiohttp
import structlog
from multidict import CIMultiDict
from starlette.types import Message, Receive, Scope, Send
from yarl import URL

from gateway.answers import refuse
from services.kit.problems import Busy, Unanswered

HOP_BY_HOP = frozenset((
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection",
    b"te", b"trailer", b"transfer-encoding", b"upgrade",
))  # fmt: skip
HARMLESS = frozenset(("GET", "HEAD", "OPTIONS"))
WATCH_AFTER = 0.25
"""Seconds until a caller's leaving is watched for: most answers come sooner, and watching costs."""

log = structlog.get_logger("remote")
Headers = list[tuple[bytes, bytes]]


class CutShort(ConnectionError):
    """The upstream broke off in the middle of its answer: the caller's answer must break, too."""


class _CallerGone(Exception):
    """The caller left before its request was whole."""


class Remote:
    """A service reached by URL."""

    def __init__(
        self, url: str, *, connections: int = 256, connect_within: float = 5.0,
        silent_for: float = 300.0,
    ) -> None:  # fmt: skip
        self._url = url.rstrip("/")
        self._connections = connections
        self._timeout = aiohttp.ClientTimeout(
            total=None, connect=None, sock_connect=connect_within, sock_read=silent_for
        )
        self._opened: tuple[asyncio.AbstractEventLoop, aiohttp.ClientSession] | None = None

    def _session(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if self._opened is None or self._opened[0] is not loop:
            session = aiohttp.ClientSession(
                # Shorter than uvicorn's five seconds: an idle connection is given up by us first.
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=4),
                auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar(), timeout=self._timeout,
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            )  # fmt: skip
            self._opened = (loop, session)
        return self._opened[1]

    @property
    def is_open(self) -> bool:
        """Whether connections are held."""
        return self._opened is not None

    async def aclose(self) -> None:
        """Close the connections."""
        if self._opened is not None:
            _, session = self._opened
            self._opened = None
            await session.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward one request and its answer."""
        exchange = _Exchange(scope, receive, send)
        loop = asyncio.get_running_loop()
        watch = loop.call_later(WATCH_AFTER, exchange.watch)
        try:
            await exchange.run(self._session(), self._url)
        except _CallerGone:
            scope["problem"] = "caller-gone"
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not exchange.caller_gone or task is None or task.uncancel():
                raise
            scope["problem"] = "caller-gone"
        finally:
            watch.cancel()
            exchange.end_watch()


class _Exchange:
    """One request, forwarded."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._task = asyncio.current_task()
        self._watcher: asyncio.Task[None] | None = None
        self._received, self._due = False, False
        self.caller_gone = False

    async def run(self, session: aiohttp.ClientSession, url: str) -> None:
        scope = self._scope
        target = url + _ascii(scope.get("raw_path") or quote(scope["path"]).encode())
        if query := scope["query_string"]:
            target += "?" + _ascii(query)
        headers, has_body = _forwarded(scope["headers"])
        body = self._parts() if has_body else None
        started = False
        try:
            async with session.request(
                scope["method"], URL(target, encoded=True), headers=headers, data=body,
                allow_redirects=False,
            ) as answer:  # fmt: skip
                started = True
                await self._pass_back(answer)
        except (aiohttp.ClientError, TimeoutError) as error:
            self.end_watch()
            if self.caller_gone:
                raise _CallerGone from error
            log.error("upstream", url=url, trace=scope.get("trace"), error=repr(error)[:300])
            if started:
                raise CutShort(str(error)) from error
            # A refused connection carried nothing; anything later may have been done.
            refused = has_body and isinstance(error, aiohttp.ClientConnectorError)
            problem = Busy() if refused or scope["method"] in HARMLESS else Unanswered()
            await refuse(problem, scope, self._receive, self._send)

    async def _pass_back(self, answer: aiohttp.ClientResponse) -> None:
        await self._send({
            "type": "http.response.start", "status": answer.status,
            "headers": _end_to_end([(name.lower(), value) for name, value in answer.raw_headers]),
        })  # fmt: skip
        async for part in answer.content.iter_any():
            await self._send({"type": "http.response.body", "body": part, "more_body": True})
        # With the last part sent, uvicorn calls the caller gone.
        self.end_watch()
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _parts(self) -> AsyncIterator[bytes]:
        # A body that can be read but once: what may have been done, aiohttp does not send again.
        more = True
        while more:
            message = await self._next()
            more = message.get("more_body", False)
            if part := message.get("body", b""):
                yield part

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self.caller_gone = True
            raise _CallerGone
        if not message.get("more_body", False):
            self._received = True
            if self._due:
                self.watch()
        return message

    def watch(self) -> None:
        """From now on notice when the caller leaves; while a body comes, reading it notices."""
        self._due = True
        pending = not self._received and _forwarded(self._scope["headers"])[1]
        if not pending and self._watcher is None:
            self._watcher = asyncio.ensure_future(self._await_leaving())

    def end_watch(self) -> None:
        """Stop noticing."""
        if self._watcher is not None:
            self._watcher.cancel()

    async def _await_leaving(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.caller_gone = True
        if self._task is not None:
            self._task.cancel()


def _ascii(raw: bytes) -> str:
    return raw.decode("ascii") if raw.isascii() else quote(raw, safe=string.punctuation)


def _end_to_end(headers: Headers) -> Headers:
    """The headers that go past the next hop."""
    named = {
        token.strip().lower()
        for name, value in headers
        if name == b"connection"
        for token in value.split(b",")
    }
    return [pair for pair in headers if pair[0] not in HOP_BY_HOP and pair[0] not in named]


def _forwarded(headers: Headers) -> tuple[CIMultiDict[str], bool]:
    """Headers for the upstream, and whether a body comes with them."""
    onward: CIMultiDict[str] = CIMultiDict()
    for name, value in _end_to_end(headers):
        # uvicorn has answered Expect already.
        if name != b"expect":
            try:
                onward.add(name.decode("ascii"), value.decode())
            except UnicodeDecodeError:
                onward.add(name.decode("latin-1"), value.decode("latin-1"))
    has_body = any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in headers
    )
    return onward, has_body
