"""gateway_app(upstreams, settings): the one door."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.api_docs import ApiDocs
from gateway.console.app import console_app
from gateway.forward import Front
from gateway.health import Health
from gateway.proxy import as_proxy_says
from gateway.settings import GatewaySettings
from gateway.verify.page import VerifyPage
from services.kit.telemetry import Telemetry


def gateway_app(upstreams: Mapping[str, ASGIApp], settings: GatewaySettings) -> ASGIApp:
    """The gateway: `/v1` is passed on to the services, everything else is the console's.

    `upstreams` names each service's app, or a `Remote`. Nothing has to be started; where the
    server announces its end (ASGI lifespan), connections to the upstreams are closed.
    """
    front = Front(upstreams, settings)
    console = console_app(front, settings)
    own: dict[str, ASGIApp] = {
        **dict.fromkeys(("/healthz", "/readyz", "/metrics"), Health(upstreams)),
        "/verify": VerifyPage(settings),
        **dict.fromkeys(("/v1/docs", "/v1/openapi.json"), ApiDocs(upstreams)),
    }

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if settings.behind_proxy:
            as_proxy_says(scope)
        path: str = scope["path"]
        app = own.get(path)
        if app is None or scope["method"] not in ("GET", "HEAD"):
            app = front if path == "/v1" or path.startswith("/v1/") else console
        await app(scope, receive, send)

    traced = Telemetry(door, "gateway")

    async def gateway(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await traced(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _live(upstreams, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    return gateway


async def _live(upstreams: Mapping[str, ASGIApp], receive: Receive, send: Send) -> None:
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    for upstream in upstreams.values():
        # An app in this process is ended by who started it.
        if close := getattr(upstream, "aclose", None):
            await close()
    await send({"type": "lifespan.shutdown.complete"})
