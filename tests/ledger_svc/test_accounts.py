"""Accounts are opened, changed and closed; nobody shuts themselves out."""

from uuid import UUID, uuid4

from tests.examples import account

URL = "/v1/oauth/token"


def signing(password="Hejin-2026-demo"):
    return {"grant_type": "password", "username": "zhangyue", "password": password}


def without(body):
    return {name: value for name, value in body.items() if name != "password"}


async def test_an_account_is_changed_without_its_password(as_officer):
    office, url = as_officer("140882", "administrator"), f"/v1/accounts/{uuid4()}"
    none = await office.put(url, json=without(account()))
    assert (none.status_code, none.json()["code"]) == (422, "password-missing")
    assert (await office.put(url, json=account())).status_code == 200
    changed = await office.put(url, json=without(account(roles=["legal_reviewer"])))
    assert changed.json()["roles"] == ["legal_reviewer"]
    assert (await office.post(URL, data=signing())).status_code == 200


async def test_a_new_password_or_a_closed_account_ends_every_sign_in(as_officer):
    office, url = as_officer("140882", "administrator"), f"/v1/accounts/{uuid4()}"
    await office.put(url, json=account())

    async def refreshed(token):
        body = {"grant_type": "refresh_token", "refresh_token": token}
        return (await office.post(URL, data=body)).status_code

    token = (await office.post(URL, data=signing())).json()["refresh_token"]
    await office.put(url, json=account(name="张岳岳"))
    assert await refreshed(token) == 200
    token = (await office.post(URL, data=signing())).json()["refresh_token"]
    await office.put(url, json=account(password="Hejin-2027-demo"))
    assert await refreshed(token) == 400
    token = (await office.post(URL, data=signing("Hejin-2027-demo"))).json()["refresh_token"]
    await office.put(url, json=without(account(active=False)))
    await office.put(url, json=without(account()))
    assert await refreshed(token) == 400


async def test_nobody_shuts_themselves_out(as_officer):
    itself = UUID(int=7)
    office = as_officer("140882", "administrator")
    await office.put(f"/v1/accounts/{itself}", json=account(roles=["administrator", "officer"]))
    own = as_officer("140882", "administrator", sub=str(itself))
    for changes in ({"active": False}, {"roles": ["officer"]}):
        answer = await own.put(f"/v1/accounts/{itself}", json=account(**changes))
        assert (answer.status_code, answer.json()["code"]) == (409, "own-account")
    kept = account(roles=["administrator"])
    assert (await own.put(f"/v1/accounts/{itself}", json=kept)).status_code == 200
