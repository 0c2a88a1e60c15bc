"""What the gateway says and asks in its own name."""

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.kit import problems


async def refuse(problem: problems.Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a problem."""
    answer = problems.answer(Request(scope), problem.body(), problem.headers)
    await answer(scope, receive, send)


async def ask(upstream: ASGIApp, path: str) -> tuple[int, bytes]:
    """GET `path` of an upstream: status and body."""
    status, body = 0, bytearray()
    asked = False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            # We do not leave; who ends this wait is the one who no longer cares.
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            body.extend(message.get("body", b""))

    scope: Scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "headers": [(b"host", b"gateway")], "client": None, "server": None,
    }  # fmt: skip
    await upstream(scope, receive, send)
    return status, bytes(body)
