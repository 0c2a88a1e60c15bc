"""gateway_app(upstreams, settings): the one door."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.console.app import console_app
from gateway.settings import GatewaySettings


def gateway_app(upstreams: Mapping[str, ASGIApp], settings: GatewaySettings) -> ASGIApp:
    """The gateway: `/v1` is passed on to the services, everything else is the console's."""

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        await upstreams["ledger_svc"](scope, receive, send)

    console = console_app(front, settings)

    async def gateway(scope: Scope, receive: Receive, send: Send) -> None:
        await (front if scope["path"].startswith("/v1/") else console)(scope, receive, send)

    return gateway
