"""Sign in and out (登录、退出): at the office, or where one signed in before, with no signal."""

from typing import cast

import httpx

from field_app import offline, session
from field_app.answers import Unknown, ask, problem_of, told
from field_app.moments import kept, now
from field_app.store import Store
from field_app.wire import Me, Token
from lawbook.refusal import Refusal


class WrongPassword(Refusal):
    """No such account, another password, or an account that is closed."""

    code = "wrong-password"
    title = "用户名或密码不正确"
    next_step = "核对后重新登录；忘记密码请联系管理员"


async def sign_in(
    store: Store,
    url: str,
    username: str,
    password: str,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Me:
    """Sign in at the gateway at `url`, or with no signal where this account signed in before.

    Refuses WrongPassword; with no signal OfficeTooLongAgo and ClockSetBack. Raises Unknown with no
    signal for who has not signed in here. Signing in for another region than before makes the
    tablet forget the mirror, which holds the other's; records and letters stay.
    """
    try:
        me, token = await _at_the_office(url, username, password, transport)
    except Unknown:
        known = offline.known_here(store, username, password)
        if known is None:
            raise
        offline.may_work_offline(store)
        with store.atomic():
            _enter(store, known)
            store.set("token", offline.OFFLINE | {"good_until": kept(now())})
        return known
    with store.atomic():
        _enter(store, me)
        session.remember(store, token)
        offline.remember(store, username, password, me)
        store.set("office", url)
    return me


async def _at_the_office(
    url: str, username: str, password: str, transport: httpx.AsyncBaseTransport | None
) -> tuple[Me, Token]:
    timeout = httpx.Timeout(30, connect=8)
    async with httpx.AsyncClient(base_url=url, transport=transport, timeout=timeout) as office:
        form = {"grant_type": "password", "username": username, "password": password}
        answer = await ask(office, "POST", "/v1/oauth/token", data=form)
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise WrongPassword
        token = _whole(answer, "access_token", "expires_in")
        bearer = {"authorization": f"Bearer {token['access_token']}"}
        answer = await ask(office, "GET", "/v1/me", headers=bearer)
        me = cast("Me", _whole(answer, "account", "name", "unit", "unit_name", "region"))
    return me, cast("Token", token)


def _enter(store: Store, me: Me) -> None:
    before: Me | None = store.setting("me")
    if before and before["region"] != me["region"]:
        store.mirror.forget_places()
    store.set("me", me)


def _whole(answer: httpx.Response, *members: str) -> dict[str, object]:
    if not answer.is_success:
        raise Refusal(f"{problem_of(answer)['title']}（{answer.status_code}）")
    body = told(answer)
    if not all(member in body for member in members):
        raise Unknown("应答不完整")
    return body


def sign_out(store: Store) -> None:
    """Forget the sign-in; records, letters and the mirror stay."""
    session.sign_out(store)
