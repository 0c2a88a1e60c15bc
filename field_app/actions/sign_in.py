"""Sign in (登录): at the office where there is a signal, else by the password on this device."""

import asyncio
from typing import cast

import httpx

from field_app import offline, session
from field_app.answers import Unknown, ask, client_of, problem_of, told
from field_app.moments import kept, now
from field_app.refusals import WrongPassword
from field_app.store import Store
from field_app.vault import Vault, note
from field_app.wire import Me, Token
from lawbook.refusal import Refusal


async def enter(
    vault: Vault,
    url: str,
    username: str,
    password: str,
    transport: httpx.AsyncBaseTransport | None = None,
    *,
    opened: Store | None = None,
    old_password: str | None = None,
) -> Store:
    """The store of whoever signs in, open. `opened`: a store that is open already.

    Without a signal the password opens what this person has here. Refuses WrongPassword,
    NotHereBefore, PasswordChanged (give `old_password`), TooManyTries, OfficeTooLongAgo,
    ClockSetBack.
    """
    try:
        token, me = await introduce(url, username, password, transport)
    except Unknown:
        return await _without_a_signal(vault, username, password)
    if opened is not None and vault.holds(username, opened):
        await asyncio.to_thread(vault.rewrap, opened, password)
        store = opened
    else:
        key = await asyncio.to_thread(vault.admit, username, password, me["account"], old_password)
        store = vault.opened(username, key)
    keep(store, url, token, me)
    note(store)
    return store


async def _without_a_signal(vault: Vault, username: str, password: str) -> Store:
    store = vault.opened(username, await asyncio.to_thread(vault.unlock, username, password))
    try:
        offline.may_work_offline(store)
        if session.signed_in(store) is None:
            # The office ended the last sign-in: one may work, and deliver once it knows one again.
            store.set("token", offline.OFFLINE | {"good_until": kept(now())})
        note(store)
    except BaseException:
        store.close()
        raise
    return store


async def introduce(
    url: str, username: str, password: str, transport: httpx.AsyncBaseTransport | None = None
) -> tuple[Token, Me]:
    """What the office answers to this account and password.

    Refuses WrongPassword. Raises Unknown without a signal.
    """
    async with client_of(url, transport) as office:
        form = {"grant_type": "password", "username": username, "password": password}
        answer = await ask(office, "POST", "/v1/oauth/token", data=form)
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise WrongPassword
        token = _whole(answer, "access_token", "expires_in")
        bearer = {"authorization": f"Bearer {token['access_token']}"}
        answer = await ask(office, "GET", "/v1/me", headers=bearer)
        me = _whole(answer, "account", "name", "unit", "unit_name", "region")
    return cast("Token", token), cast("Me", me)


def keep(store: Store, url: str, token: Token, me: Me) -> None:
    """Keep a sign-in. One for another region than before makes the tablet forget the mirror, which
    holds the other's; records and letters stay.
    """
    with store.atomic():
        before: Me | None = store.setting("me")
        if before and before["region"] != me["region"]:
            store.mirror.forget_places()
        store.set("me", me)
        session.remember(store, token)
        store.set("office", url)


async def sign_in(
    store: Store,
    url: str,
    username: str,
    password: str,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Me:
    """Sign in at the gateway at `url` with a store that is open; who has signed in.

    Refuses WrongPassword. Raises Unknown without a signal.
    """
    token, me = await introduce(url, username, password, transport)
    keep(store, url, token, me)
    return me


def _whole(answer: httpx.Response, *members: str) -> dict[str, object]:
    if not answer.is_success:
        raise Refusal(f"{problem_of(answer)['title']}（{answer.status_code}）")
    body = told(answer)
    if not all(member in body for member in members):
        raise Unknown("应答不完整")
    return body
