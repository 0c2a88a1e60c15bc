"""The gateway before small real upstreams, in this process or reached by URL."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest

from deploy.web import free_port, serving
from gateway.app import gateway_app
from gateway.remote import Remote
from gateway.settings import GatewaySettings
from services.ledger_svc.app import ledger_app
from services.ledger_svc.bootstrap import bootstrap
from services.ledger_svc.settings import LedgerSettings

TOGETHER_AND_APART = ("together", "apart")


class Upstream:
    """A service of a few lines: tells what reached it, or what the test has it do."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.act: Callable[..., Awaitable[None]] = self.tell

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            await self.act(scope, receive, send)

    async def tell(self, scope, receive, send):
        """Answer with what came."""
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        told = {
            "method": scope["method"],
            "path": scope["path"],
            "raw_path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "headers": [
                [name.decode(), value.decode("latin-1")] for name, value in scope["headers"]
            ],
            "body": body.decode("latin-1"),
            "claims": "claims" in scope,
        }
        self.seen.append(told)
        await answer(send, json.dumps(told).encode(), [(b"content-type", b"application/json")])


async def answer(send, body=b"", headers=(), status=200):
    length = (b"content-length", str(len(body)).encode())
    await send({
        "type": "http.response.start", "status": status, "headers": [*headers, length],
    })  # fmt: skip
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def settings(keys) -> GatewaySettings:
    return GatewaySettings(claims_public_key=keys.public, console_secret="seal" * 8)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as entered:
        yield entered


@pytest.fixture
def serve(stack):
    """Serve an app on a loopback port for the length of the test: its URL."""

    async def start(app: Any, port: int = 0) -> Any:
        return await stack.enter_async_context(serving(app, free_port(port)))

    return start


@pytest.fixture
def upstream() -> Upstream:
    return Upstream()


@pytest.fixture
def remote(stack):
    """A `Remote` that is closed when the test ends."""

    def make(url: str) -> Remote:
        made = Remote(url)
        stack.push_async_callback(made.aclose)
        return made

    return make


@pytest.fixture
def browser(stack, token):
    """A client over a real socket: `browser(url)` in an officer's name, `officer=False`: nobody."""

    async def make(url: str, officer: bool = True, **claims: Any) -> Any:
        headers = {"authorization": f"Bearer {token('140882', **claims)}"} if officer else {}
        client = httpx.AsyncClient(base_url=url, headers=headers, timeout=20, trust_env=False)
        return await stack.enter_async_context(client)

    return make


@pytest.fixture
async def ledger(new_database, keys, folders, run_app):
    """ledger_svc, running, with its units and its first administrator."""
    settings = LedgerSettings(
        database_url=new_database("ledger_svc").url("ledger_svc"), claims_public_key=keys.public,
        claims_private_key=keys.private, receipt_private_key=keys.private, **folders,
    )  # fmt: skip
    await bootstrap(settings, administrator_password="Admin-first-1", systems=())
    return await run_app(ledger_app(settings))


@pytest.fixture(params=TOGETHER_AND_APART)
async def door(request, upstream, serve, remote, settings):
    """The URL of a gateway before `upstream`: its own app, or a `Remote` of it."""
    behind = upstream if request.param == "together" else remote(await serve(upstream))
    return await serve(gateway_app(dict.fromkeys(NAMES, behind), settings))


NAMES = ("ledger_svc", "case_svc", "kpi_svc")


@pytest.fixture
async def officer(door, browser):
    return await browser(door)


@pytest.fixture
async def nobody(door, browser):
    return await browser(door, officer=False)


async def within(event: asyncio.Event) -> None:
    """The event happens (the bound only ends a test that has failed)."""
    async with asyncio.timeout(20):
        await event.wait()
