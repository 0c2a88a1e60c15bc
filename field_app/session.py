"""The sign-in that the tablet keeps, and the client that speaks in its name (OAuth 2.0, RFC 6749)."""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import httpx

from field_app import offline
from field_app.answers import client_of
from field_app.moments import kept, now, read
from field_app.store import Store
from field_app.wire import Me, Token
from lawbook.refusal import Refusal

EARLY = timedelta(seconds=30)
"""A token is renewed this long before it ends, so that a long upload does not run into it."""


class SignInNeeded(Refusal):
    """There is no sign-in, or it has ended. What is on the tablet stays."""

    code = "sign-in-needed"
    title = "登录已失效，请重新登录"
    next_step = "重新登录后继续送出；本机记录不受影响"


def remember(store: Store, token: Token) -> None:
    """Keep a token answer. The refresh token stays as it was when none came.

    The office may have moved the officer to another region or unit since the last one: then the
    mirror, which holds what the other region may see, is forgotten with the same commit.
    """
    before = store.setting("token") or {}
    with store.atomic():
        _follow_the_officer(store, token["access_token"])
        store.set(
            "token",
            {
                "access": token["access_token"],
                "refresh": token.get("refresh_token") or before.get("refresh"),
                "good_until": kept(now() + timedelta(seconds=token["expires_in"]) - EARLY),
            },
        )
        offline.heard(store)


def _follow_the_officer(store: Store, access: str) -> None:
    me, said = store.setting("me"), _said(access)
    place = {name: said[name] for name in ("region", "unit") if name in said}
    if me is None or not place or {name: me[name] for name in place} == place:
        return
    if place.get("region", me["region"]) != me["region"]:
        store.mirror.forget_places()
    # The new unit's name is asked for at the next refresh; until then no document is made.
    store.set("me", me | place | {"unit_name": ""})


def _said(access: str) -> dict[str, Any]:
    """What an access token says of whom it was given to; nothing where it is not ours to read."""
    try:
        body = access.split(".")[1]
        said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (IndexError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def signed_in(store: Store) -> Me | None:
    """Who has signed in on this tablet, with or without a signal."""
    me: Me | None = store.setting("me")
    return me if me and store.setting("token") else None


def sign_out(store: Store) -> None:
    """Forget the sign-in; records, letters and the mirror stay."""
    store.set("token", None)


class Session(httpx.Auth):
    """Puts the token on each request and renews it when it has ended."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._renewing = asyncio.Lock()

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Attach the token; renew it when it is old, or once when the office says 401."""
        token = self._store.setting("token")
        if token is None:
            raise SignInNeeded
        if read(token["good_until"]) <= now():
            async with aclosing(self._renew(request, token["access"])) as steps:
                async for step in steps:
                    answer = yield step
                    await self._take(answer)
        tried = self._put(request)
        answer = yield request
        if answer.status_code != httpx.codes.UNAUTHORIZED:
            return
        async with aclosing(self._renew(request, tried)) as steps:
            async for step in steps:
                answer = yield step
                await self._take(answer)
        self._put(request)
        yield request

    def _put(self, request: httpx.Request) -> str:
        token = self._store.setting("token")
        if token is None:
            raise SignInNeeded
        request.headers["authorization"] = f"Bearer {token['access']}"
        return str(token["access"])

    async def _renew(
        self, request: httpx.Request, tried: str
    ) -> AsyncGenerator[httpx.Request, None]:
        async with self._renewing:
            token = self._store.setting("token")
            if token is None or not token["refresh"]:
                raise SignInNeeded
            # Another request may have renewed it while this one waited.
            if token["access"] == tried:
                yield httpx.Request(
                    "POST",
                    request.url.copy_with(path="/v1/oauth/token", query=None),
                    data={"grant_type": "refresh_token", "refresh_token": token["refresh"]},
                )

    async def _take(self, answer: httpx.Response) -> None:
        await answer.aread()
        if answer.is_success:
            try:
                remember(self._store, answer.json())
            except (ValueError, KeyError, TypeError) as error:
                raise httpx.ReadError("half a token", request=answer.request) from error
        elif answer.status_code in (400, 401) and "json" in answer.headers.get("content-type", ""):
            sign_out(self._store)
            raise SignInNeeded
        else:
            raise httpx.ReadError("the token endpoint gave no answer", request=answer.request)


def office_client(
    store: Store, url: str, transport: httpx.AsyncBaseTransport | None = None
) -> httpx.AsyncClient:
    """The client that speaks to the gateway at `url` in the officer's name."""
    return client_of(url, transport, Session(store))
