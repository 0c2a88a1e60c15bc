"""How the tablet reads what comes back: an answer, a refusal, or nothing that can be relied on."""

from functools import cache
from ssl import SSLContext
from typing import Any, cast

import httpx

from field_app.wire import Problem


class Unknown(Exception):
    """No answer that can be relied on: whether the office has done it is not known. Ask again."""


UNKNOWN_STATUS = frozenset((401, 408, 425, 429))
PATIENCE = httpx.Timeout(30, connect=8)


def client_of(
    url: str,
    transport: httpx.AsyncBaseTransport | None = None,
    auth: httpx.Auth | None = None,
) -> httpx.AsyncClient:
    """A client of the gateway at `url`, to be closed after use."""
    return httpx.AsyncClient(
        base_url=url,
        transport=transport,
        auth=auth,
        timeout=PATIENCE,
        verify=_trusted(),
        headers={"user-agent": "zhifa-tablet"},
    )


@cache
def _trusted() -> SSLContext:
    """The authorities that are trusted, read once: it takes longer than delivering a photo."""
    return httpx.create_ssl_context()


async def ask(
    office: httpx.AsyncClient,
    method: str,
    url: str,
    **given: Any,  # noqa: ANN401 - httpx's own arguments
) -> httpx.Response:
    """One request, its answer read whole.

    Unknown for silence, cuts, 5xx, 'later', and for what something on the way says in the office's
    stead: a redirect, a page.
    """
    try:
        answer = await office.request(method, url, **given)
    except (httpx.TransportError, httpx.StreamError, httpx.DecodingError) as error:
        raise Unknown(str(error) or type(error).__name__) from error
    if answer.is_server_error or answer.is_redirect or answer.status_code in UNKNOWN_STATUS:
        raise Unknown(f"HTTP {answer.status_code}")
    if answer.is_client_error and not _from_the_office(answer):
        raise Unknown(f"HTTP {answer.status_code}")
    return answer


def _from_the_office(answer: httpx.Response) -> bool:
    """A refusal that the office made: it speaks JSON or tus. What is too large, any proxy tells."""
    return (
        "json" in answer.headers.get("content-type", "")
        or "tus-resumable" in answer.headers
        or answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE
    )


def told(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer. Unknown when it is none: a half answer, somebody else's page."""
    try:
        body = answer.json()
    except ValueError as error:
        raise Unknown("应答不完整") from error
    if not isinstance(body, dict):
        raise Unknown("应答不完整")
    return body


def problem_of(answer: httpx.Response) -> Problem:
    """Why the office refused, in its own words where it gave any."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if isinstance(body, dict) and body.get("code") and body.get("title"):
        return cast("Problem", body)
    return {
        "code": f"http-{answer.status_code}",
        "title": "服务器未受理",
        "detail": f"HTTP {answer.status_code}",
    }
