"""Signing in (RFC 6749, RFC 7009)."""

import asyncio
from uuid import uuid4

import jwt
import pytest

from tests.examples import account

URL = "/v1/oauth/token"


@pytest.fixture
async def anybody(as_officer):
    await as_officer("140882", "administrator").put(f"/v1/accounts/{uuid4()}", json=account())
    return as_officer(None)


def password(given: str = "Hejin-2026-demo") -> dict[str, str]:
    return {"grant_type": "password", "username": "zhangyue", "password": given}


async def test_a_password_opens_an_account(anybody, keys):
    told = (await anybody.post(URL, data=password())).json()
    claims = jwt.decode(told["access_token"], keys.public, ["EdDSA"], audience="zhifa")
    assert (claims["region"], claims["roles"], told["token_type"]) == (
        "140882",
        ["officer"],
        "Bearer",
    )
    me = await anybody.get("/v1/me", headers={"authorization": f"Bearer {told['access_token']}"})
    assert me.json()["unit_name"] == "河津市应急管理局"


async def test_a_wrong_password_is_an_invalid_grant(anybody):
    answer = await anybody.post(URL, data=password("wrong"))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_five_wrong_passwords_rest_the_account(anybody):
    for _ in range(5):
        await anybody.post(URL, data=password("wrong"))
    answer = await anybody.post(URL, data=password())
    assert answer.status_code == 400
    assert "锁定" in answer.json()["error_description"]


async def test_an_unknown_name_and_a_wrong_password_are_answered_alike(anybody):
    unknown = await anybody.post(URL, data=password() | {"username": "nobody"})
    wrong = await anybody.post(URL, data=password("wrong"))
    assert unknown.json() == wrong.json()


async def test_a_refresh_token_is_replaced_and_the_old_one_is_good_for_a_minute(anybody):
    first = (await anybody.post(URL, data=password())).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": first}
    answers = await asyncio.gather(*(anybody.post(URL, data=form) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert first not in {answer.json()["refresh_token"] for answer in answers}


async def test_a_refresh_token_used_long_after_ends_its_family(anybody, app):
    from services.kit.claims import service_itself

    first = (await anybody.post(URL, data=password())).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": first}
    second = (await anybody.post(URL, data=form)).json()["refresh_token"]
    async with app.state.database.raw(service_itself("ledger_svc")) as connection:
        await connection.execute(
            "update ledger_svc.refresh_token set replaced_at = now() - interval '1 hour' where replaced_at is not null"
        )
    assert (await anybody.post(URL, data=form)).status_code == 400
    assert (await anybody.post(URL, data=form | {"refresh_token": second})).status_code == 400


async def test_signing_out_ends_the_refresh_token(anybody):
    token = (await anybody.post(URL, data=password())).json()["refresh_token"]
    assert (await anybody.post("/v1/oauth/revoke", data={"token": token})).status_code == 200
    form = {"grant_type": "refresh_token", "refresh_token": token}
    assert (await anybody.post(URL, data=form)).status_code == 400


async def test_a_system_signs_in_by_its_own_credentials(anybody):
    form = {"grant_type": "client_credentials"}
    told = await anybody.post(URL, data=form, auth=("province", "pull-me-softly"))
    assert told.status_code == 200
    assert "refresh_token" not in told.json()
    wrong = await anybody.post(URL, data=form, auth=("province", "guess"))
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    # A person's account is no system, and a system's no person.
    person = await anybody.post(URL, data=form, auth=("zhangyue", "Hejin-2026-demo"))
    assert person.status_code == 401


@pytest.mark.parametrize("form", [{}, {"grant_type": "magic"}, {"grant_type": "password"}])
async def test_a_request_of_another_kind_is_refused_by_its_rfc_code(anybody, form):
    answer = await anybody.post(URL, data=form)
    assert answer.status_code == 400
    assert answer.json()["error"] in ("unsupported_grant_type", "invalid_request")


async def test_a_weak_password_is_refused(as_officer):
    answer = await as_officer("140882", "administrator").put(
        f"/v1/accounts/{uuid4()}", json=account(password="12345678")
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("token", ["", "x.y.z", "eyJhbGciOiJub25lIn0.e30."])
async def test_a_forged_token_is_nobody(as_officer, token):
    answer = await as_officer(None).get("/v1/me", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 401
