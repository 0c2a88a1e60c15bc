"""console_app(front, settings): the office's pages. They call `/v1` through `front`."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from gateway.settings import GatewaySettings


def console_app(front: ASGIApp, settings: GatewaySettings) -> ASGIApp:
    """The console."""
    return PlainTextResponse("", 404)
