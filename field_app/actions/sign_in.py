"""Sign in and out (登录、退出). Needs a signal; everything else that an officer does needs none."""

from typing import cast

import httpx

from field_app import session
from field_app.answers import Unknown, ask, problem_of, told
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
    """Sign in at the gateway at `url`; who has signed in.

    Refuses WrongPassword. Raises Unknown without a signal. Signing in for another region than
    before makes the tablet forget the mirror, which holds the other's; records and letters stay.
    """
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
    with store.atomic():
        before: Me | None = store.setting("me")
        if before and before["region"] != me["region"]:
            store.mirror.forget_places()
        session.remember(store, cast("Token", token))
        store.set("me", me)
        store.set("office", url)
    return me


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
