"""A sign-in lasts: tokens are renewed behind the page, and end where they must."""

import time
from typing import Any

import httpx
import pytest

from deploy.county import PASSWORD
from gateway.console.session import COOKIE, Seal, Session

pytestmark = pytest.mark.browser


async def tokens(url: str) -> dict[str, Any]:
    """An answer of the token endpoint."""
    form = {"grant_type": "password", "username": "hejing", "password": PASSWORD}
    async with httpx.AsyncClient(base_url=url) as client:
        return dict((await client.post("/v1/oauth/token", data=form)).json())


async def look(office: Any, session: Session, path: str = "/entities") -> httpx.Response:
    """A page, looked at with this session sealed in the cookie."""
    sealed = Seal(office.console_secret).sealed(session)
    async with httpx.AsyncClient(base_url=office.url) as client:
        return await client.get(path, headers={"cookie": f"{COOKIE}={sealed}"})


async def test_a_token_about_to_end_is_renewed_behind_the_page(office):
    session = Session.from_token(await tokens(office.url), "河津市应急管理局")
    assert COOKIE not in (await look(office, session)).headers.get("set-cookie", "")
    session.until = time.time() + 5
    answer = await look(office, session)
    assert answer.status_code == 200
    assert COOKIE in answer.headers["set-cookie"]


async def test_a_token_that_the_services_no_longer_take_is_renewed(office):
    session = Session.from_token(await tokens(office.url))
    session.access = session.access[:-8] + "AAAAAAAA"
    answer = await look(office, session)
    assert answer.status_code == 200
    assert COOKIE in answer.headers["set-cookie"]


async def test_a_sign_in_that_was_ended_elsewhere_leads_to_the_door_and_back(office):
    told = await tokens(office.url)
    async with httpx.AsyncClient(base_url=office.url) as client:
        await client.post("/v1/oauth/revoke", data={"token": told["refresh_token"]})
    session = Session.from_token(told)
    session.until = 0
    answer = await look(office, session, "/entities?q=铸造")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2Fentities%3Fq%3D")
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]


async def test_a_session_sealed_with_another_secret_is_nobody(office):
    session = Session.from_token(await tokens(office.url))
    sealed = Seal("another secret").sealed(session)
    async with httpx.AsyncClient(base_url=office.url) as client:
        answer = await client.get("/", headers={"cookie": f"{COOKIE}={sealed}"})
    assert answer.status_code == 303


async def test_the_tokens_cannot_be_read_from_the_cookie(office):
    told = await tokens(office.url)
    sealed = Seal(office.console_secret).sealed(Session.from_token(told))
    assert told["access_token"] not in sealed
    assert told["refresh_token"] not in sealed
    assert len(sealed) < 3500
