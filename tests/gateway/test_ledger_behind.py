"""A real service behind the door."""

from uuid import uuid4

import pytest

from gateway.app import gateway_app
from tests.examples import entity_values
from tests.gateway.conftest import NAMES, TOGETHER_AND_APART


@pytest.fixture(params=TOGETHER_AND_APART)
async def bureaus(request, ledger, settings, remote, serve):
    """The gateway before ledger_svc."""
    behind = ledger if request.param == "together" else remote(await serve(ledger))
    return gateway_app(dict.fromkeys(NAMES, behind), settings)


async def test_a_fact_goes_in_and_comes_out_through_the_door(ledger, settings, client_of, bureaus):
    client = client_of(bureaus, "140882", "ledger_clerk")
    entity = f"/v1/entities/{uuid4()}"
    given = await client.put(entity, json={"values": entity_values()})
    assert given.status_code == 200, given.text
    assert len(given.headers.get_list("x-trace")) == 1
    assert (await client.get(entity)).json() == given.json()
    # What the service refuses, it refuses through the door in its own words.
    refused = await client_of(bureaus, "140821", "ledger_clerk").get(entity)
    assert (refused.status_code, refused.json()["title"]) == (404, "未找到，或不在您的管辖范围内")
    assert refused.json()["trace"] == refused.headers["x-trace"]


async def test_one_signs_in_through_the_door_and_is_somebody(bureaus, client_of):
    nobody = client_of(bureaus)
    form = {"grant_type": "password", "username": "administrator", "password": "Admin-first-1"}
    told = (await nobody.post("/v1/oauth/token", data=form)).json()
    headers = {"authorization": f"Bearer {told['access_token']}"}
    assert (await nobody.get("/v1/me", headers=headers)).json()["roles"] == ["administrator"]
