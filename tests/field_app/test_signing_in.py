"""Signing in, and the token that is renewed on the way."""

import asyncio

import httpx
import pytest

from field_app import session
from field_app.actions.sign_in import sign_in
from field_app.answers import Unknown, ask
from field_app.moments import kept, now
from field_app.refusals import WrongPassword
from field_app.session import SignInNeeded, signed_in
from field_app.wire import Token
from tests.field_app import tablet
from tests.field_app.office import PASSWORD, URL
from tests.field_app.weather import (
    CUT,
    FAILURE,
    FAIR,
    FORBIDDEN,
    HALF,
    NO_SIGNAL,
    PORTAL,
    REDIRECT,
    SILENCE,
    Weather,
)


@pytest.fixture
def fresh(tmp_path):
    store = tablet.opened(tmp_path / "fresh")
    yield store
    store.close()


def grow_old(store):
    """The access token has ended."""
    store.set("token", store.setting("token") | {"good_until": kept(now())})


async def test_an_officer_signs_in_and_is_known_without_a_signal(fresh, office):
    me = await sign_in(fresh, URL, "zhangyue", PASSWORD, Weather(office.transport))
    assert (me["name"], me["unit_name"], me["region"]) == ("张岳", "河津市应急管理局", "140882")
    assert signed_in(fresh) == me
    session.sign_out(fresh)
    assert signed_in(fresh) is None


async def test_a_wrong_password_is_refused(fresh, office):
    with pytest.raises(WrongPassword):
        await sign_in(fresh, URL, "zhangyue", "Hejin-2026-wrong", Weather(office.transport))
    assert signed_in(fresh) is None


@pytest.mark.parametrize(
    "script",
    [
        [NO_SIGNAL], [SILENCE], [CUT], [HALF], [FAILURE], [PORTAL], [REDIRECT], [FORBIDDEN],
        [FAIR, NO_SIGNAL], [FAIR, HALF], [FAIR, PORTAL],
    ],
)  # fmt: skip
async def test_half_a_sign_in_is_none(fresh, office, script):
    weather = Weather(office.transport, script)
    with pytest.raises(Unknown):
        await sign_in(fresh, URL, "zhangyue", PASSWORD, weather)
    assert signed_in(fresh) is None
    assert await sign_in(fresh, URL, "zhangyue", PASSWORD, weather)


async def test_an_old_token_is_renewed_once_for_many_requests(office, tablet_of):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    grow_old(store)
    weather.seen.clear()
    answers = await asyncio.gather(*(client.get("/v1/me") for _ in range(5)))
    assert {one.status_code for one in answers} == {200}
    assert [path for _, _, path in weather.seen].count("/v1/oauth/token") == 1


@pytest.mark.parametrize(
    "bad", [NO_SIGNAL, SILENCE, CUT, HALF, FAILURE, PORTAL, REDIRECT, FORBIDDEN]
)
async def test_a_renewal_whose_answer_is_lost_is_made_again(office, tablet_of, bad):
    weather = Weather(office.transport, [bad], only="/oauth/token")
    store, client = await tablet_of(weather)
    grow_old(store)
    with pytest.raises(Unknown):
        await ask(client, "GET", "/v1/me")
    assert signed_in(store)
    assert (await ask(client, "GET", "/v1/me")).status_code == 200


async def test_a_sign_in_that_the_office_ended_is_asked_for_anew(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    store.set("token", store.setting("token") | {"access": "x", "refresh": "y"})
    with pytest.raises(SignInNeeded):
        await ask(client, "GET", "/v1/me")
    assert signed_in(store) is None
    assert store.setting("me")


async def test_a_token_answer_without_a_new_refresh_token_keeps_the_old(fresh):
    session.remember(fresh, Token(access_token="a", expires_in=600, refresh_token="r"))
    session.remember(fresh, Token(access_token="b", expires_in=600))
    assert fresh.setting("token")["refresh"] == "r"


async def test_signing_in_for_another_region_forgets_the_mirror_and_keeps_the_records(
    store, office
):
    store.set("me", store.setting("me") | {"region": "140802"})
    await sign_in(store, URL, "zhangyue", PASSWORD, Weather(office.transport))
    assert store.mirror.count("entities") == 0
    assert store.mirror.place("entities") is None
    assert store.packs.known()


async def test_no_office_is_asked_without_a_sign_in(fresh):
    async with session.office_client(fresh, URL, httpx.MockTransport(_never)) as client:
        with pytest.raises(SignInNeeded):
            await ask(client, "GET", "/v1/me")


def _never(request: httpx.Request) -> httpx.Response:
    raise AssertionError(request.url)
