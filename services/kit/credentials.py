"""A system signing in by its own credentials (RFC 6749 §4.4), as an httpx.Auth."""

import time
from collections.abc import AsyncGenerator

import httpx

EARLY = 60.0


class ClientCredentials(httpx.Auth):
    """Adds a bearer token to each request; fetches one when there is none, or it is nearly over."""

    requires_response_body = True

    def __init__(
        self, client_id: str, client_secret: str, token_url: str = "/v1/oauth/token"
    ) -> None:
        self._form = {"grant_type": "client_credentials"}
        self._basic = httpx.BasicAuth(client_id, client_secret)
        self._token_url = token_url
        self._token, self._until = "", 0.0

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Fetch a token when needed, then send; once more with a new token after a 401."""
        if time.monotonic() >= self._until:
            answer = yield self._asking(request)
            await self._keep(answer)
        request.headers["authorization"] = f"Bearer {self._token}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            answer = yield self._asking(request)
            await self._keep(answer)
            request.headers["authorization"] = f"Bearer {self._token}"
            yield request

    def _asking(self, request: httpx.Request) -> httpx.Request:
        asking = httpx.Request("POST", request.url.join(self._token_url), data=self._form)
        return next(self._basic.auth_flow(asking))

    async def _keep(self, answer: httpx.Response) -> None:
        await answer.aread()
        told = answer.raise_for_status().json()
        self._token = told["access_token"]
        self._until = time.monotonic() + float(told["expires_in"]) - EARLY
