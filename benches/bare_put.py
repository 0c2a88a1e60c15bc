"""`uvicorn benches.bare_put:app`: what arrives by PUT goes to disk with fsync, and nothing else.

BARE_PUT names the folder.
"""

import os
from pathlib import Path
from uuid import uuid4

from starlette.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """One file for each request."""
    if scope["type"] != "http":
        return
    with (Path(os.environ["BARE_PUT"]) / uuid4().hex).open("wb") as out:
        more = True
        while more:
            message = await receive()
            out.write(message.get("body", b""))
            more = message.get("more_body", False)
        out.flush()
        os.fsync(out.fileno())
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})
