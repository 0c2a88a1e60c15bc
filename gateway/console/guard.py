"""What keeps a page ours: where a form comes from, what a page may load, who may frame it."""

import hmac
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.console.client import ApiProblem

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# The document page shows the issued PDF in a frame of its own; nobody else may.
FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; "
    "frame-ancestors 'self'"
)
FORM_BYTES = 512 << 10


class ForeignForm(ApiProblem):
    """A form that was not sent from one of our pages."""

    def __init__(self) -> None:
        super().__init__(
            403,
            {
                "code": "foreign-form",
                "title": "这次提交不是从本系统的页面发出的，已拒绝",
                "next_step": "请回到原页面刷新后重新提交",
            },
        )


class TooMuch(ApiProblem):
    """A form larger than any of ours."""

    def __init__(self) -> None:
        super().__init__(413, {"code": "too-large", "title": "提交的内容过大"})


def require_same_origin(request: Request) -> None:
    """ForeignForm when the browser says that another site has sent this."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        raise ForeignForm()
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignForm()


def require_token(expected: str, given: str | None) -> None:
    """ForeignForm when a form does not carry the token that this browser was given."""
    if not given or not hmac.compare_digest(expected.encode(), given.encode()):
        raise ForeignForm()


class Fields:
    """The fields of a form: trimmed text, empty when absent."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = [(key, value.strip()) for key, value in pairs]

    def __getitem__(self, key: str) -> str:
        return next((value for name, value in self.pairs if name == key), "")

    def all(self, key: str) -> list[str]:
        """Every value of a field that may come more than once."""
        return [value for name, value in self.pairs if name == key and value]

    def below(self, prefix: str) -> dict[str, list[str]]:
        """Values by name, for fields whose name begins with `prefix`."""
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            if name.startswith(prefix):
                found.setdefault(name.removeprefix(prefix), []).append(value)
        return found


async def read_form(request: Request) -> Fields:
    """The fields of a plain form. TooMuch beyond what any form of ours can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            raise TooMuch()
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=2000)
    except ValueError as error:
        raise ApiProblem(400, {"code": "malformed", "title": "提交的内容无法识别"}) from error
    return Fields(pairs)


class Headers:
    """Sends the security headers with every answer that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", POLICY)
                headers.setdefault("x-content-type-options", "nosniff")
                headers.setdefault("referrer-policy", "same-origin")
                headers.setdefault("cross-origin-opener-policy", "same-origin")
                headers.setdefault("cache-control", "no-store")
                if "frame-ancestors 'none'" in headers["content-security-policy"]:
                    headers.setdefault("x-frame-options", "DENY")
            await send(message)

        await self.app(scope, receive, guarded)
