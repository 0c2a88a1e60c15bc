"""Whether the door stands and the services behind it can work."""

import asyncio

from deploy.web import free_port
from gateway.app import gateway_app
from gateway.remote import WATCH_AFTER
from tests.gateway.conftest import NAMES, answer


async def test_the_door_is_ready_when_all_services_are(ledger, settings, client_of):
    client = client_of(gateway_app(dict.fromkeys(NAMES, ledger), settings))
    assert (await client.get("/healthz")).json() == {"state": "alive"}
    given = await client.get("/readyz")
    assert (given.status_code, given.json()) == (200, {"state": "ready"})


async def test_it_names_the_service_that_it_waits_for(ledger, settings, client_of, remote):
    down = remote(f"http://127.0.0.1:{free_port(0)}")
    upstreams = {"ledger_svc": ledger, "case_svc": down, "kpi_svc": ledger}
    client = client_of(gateway_app(upstreams, settings))
    assert (await client.get("/healthz")).status_code == 200
    given = await client.get("/readyz")
    assert (given.status_code, given.json()["waiting_for"]) == (503, ["case_svc"])


async def test_a_service_that_thinks_for_a_while_is_waited_for(
    upstream, settings, client_of, remote, serve
):
    async def slow(scope, receive, send):
        await asyncio.sleep(2 * WATCH_AFTER)
        await answer(send, b"{}")

    upstream.act = slow
    behind = remote(await serve(upstream))
    client = client_of(gateway_app(dict.fromkeys(NAMES, behind), settings))
    assert (await client.get("/readyz")).json() == {"state": "ready"}


async def test_requests_are_counted(ledger, settings, client_of):
    client = client_of(gateway_app(dict.fromkeys(NAMES, ledger), settings))

    async def refused() -> float:
        for line in (await client.get("/metrics")).text.splitlines():
            if line.startswith('zhifa_requests_total{method="GET",service="gateway",status="401"}'):
                return float(line.rpartition(" ")[2])
        return 0

    before = await refused()
    assert (await client.get("/v1/entities")).status_code == 401
    assert await refused() == before + 1
