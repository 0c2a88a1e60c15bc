"""What a proxy before the gateway says of the caller (X-Forwarded-For, X-Forwarded-Proto)."""

from starlette.types import Scope


def as_proxy_says(scope: Scope) -> None:
    """Take the caller's address and scheme from the proxy.

    Only the last entry of each header counts: our proxy wrote it, those before it may be
    anybody's invention.
    """
    if address := _last(scope, b"x-forwarded-for"):
        scope["client"] = (address, 0)
    if (scheme := _last(scope, b"x-forwarded-proto")) in ("http", "https"):
        scope["scheme"] = scheme


def _last(scope: Scope, header: bytes) -> str | None:
    for name, value in reversed(scope["headers"]):
        if name == header:
            return str(value.decode("latin-1").rpartition(",")[2].strip())
    return None
