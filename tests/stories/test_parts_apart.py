"""Each part in its own process, reached by URL, as `python -m deploy.serve` starts it."""

import asyncio
import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from deploy.county import plants
from deploy.serve import PORTS
from deploy.web import free_port
from services.kit.names import SERVICES
from tests.examples import account, entity_values

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
SECRETS = {
    "ZHIFA_ADMINISTRATOR_PASSWORD": "Admin-first-1",
    "ZHIFA_CASE_SVC_SECRET": "follow-me-softly",
    "ZHIFA_KPI_SVC_SECRET": "follow-me-too",
    "ZHIFA_PROVINCE_SECRET": "pull-me-softly",
}


class Parts:
    """The four processes. Each can be killed and started again where it was."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.ports = {part: free_port(0) for part in PORTS}
        self.url = f"http://127.0.0.1:{self.ports['gateway']}"
        self._environment = environment | {
            f"ZHIFA_{service.upper()}_URL": f"http://127.0.0.1:{self.ports[service]}"
            for service in SERVICES
        }
        self._log = log
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, part: str) -> None:
        """Start one part."""
        with self._log.open("ab") as out:
            self._running[part] = subprocess.Popen(
                [sys.executable, "-m", "deploy.serve", part, "--port", str(self.ports[part])],
                cwd=ROOT, env=self._environment, stdout=out, stderr=out,
            )  # fmt: skip

    def kill(self, part: str) -> None:
        """kill -9"""
        process = self._running.pop(part)
        process.kill()
        process.wait()

    def end(self) -> None:
        """End all parts."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    async def ready(self) -> None:
        """The gateway says that all services can work."""
        told = ""
        try:
            async with asyncio.timeout(PATIENCE), httpx.AsyncClient(trust_env=False) as client:
                while True:
                    with contextlib.suppress(httpx.TransportError):
                        given = await client.get(f"{self.url}/readyz", timeout=10)
                        told = given.text
                        if given.status_code == 200:
                            return
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(told + self._log.read_text()[-4000:]) from None


@pytest.fixture
async def parts(new_database, keys, tmp_path) -> AsyncIterator[Parts]:
    database = new_database(*SERVICES)
    told = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
            "ZHIFA_CLAIMS_PUBLIC_KEY": keys.public, "ZHIFA_CLAIMS_PRIVATE_KEY": keys.private,
            "ZHIFA_RECEIPT_PRIVATE_KEY": keys.private,
            "ZHIFA_CONSOLE_SECRET": "seal" * 8, "ZHIFA_FOLLOW_EVERY": "0.1",
            "ZHIFA_FILES": str(tmp_path / "files"), "ZHIFA_SPOOL": str(tmp_path / "spool"),
            **SECRETS,
            **{f"ZHIFA_{name.upper()}_DATABASE_URL": database.url(name) for name in SERVICES},
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "deploy.accounts"], env=told, cwd=ROOT, check=True)
    made = Parts(told, tmp_path / "parts.log")
    try:
        for part in PORTS:
            made.start(part)
        await made.ready()
        yield made
    finally:
        made.end()


@pytest.fixture
async def sign_in(parts) -> AsyncIterator[Callable[..., Any]]:
    """Open an account with these roles and sign in with its password: a client in its name."""
    async with AsyncExitStack() as stack:

        async def entered(username: str, password: str) -> httpx.AsyncClient:
            client = httpx.AsyncClient(base_url=parts.url, timeout=PATIENCE, trust_env=False)
            await stack.enter_async_context(client)
            form = {"grant_type": "password", "username": username, "password": password}
            told = (await client.post("/v1/oauth/token", data=form)).raise_for_status().json()
            client.headers["authorization"] = f"Bearer {told['access_token']}"
            return client

        async def make(*roles: str, username: str = "zhangyue") -> httpx.AsyncClient:
            record = account(username, roles=list(roles))
            administrator = await entered("administrator", "Admin-first-1")
            opened = await administrator.put(f"/v1/accounts/{uuid4()}", json=record)
            assert opened.status_code == 200, opened.text
            return await entered(username, record["password"])

        yield make


async def again_until_answered(
    client: httpx.AsyncClient, method: str, path: str, **rest: Any
) -> Any:
    """Ask as a tablet does: silence and 5xx mean "unknown", so ask again."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                given = await client.request(method, path, **rest)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
                continue
            if not given.is_server_error:
                return given
            assert given.status_code == 503, given.text
            assert given.json()["code"] in ("busy", "unanswered")
            assert int(given.headers["retry-after"]) > 0
            await asyncio.sleep(0.1)


async def pulled(client: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    """All rows of a pull, its trailer verified."""
    body = (await client.get(path)).raise_for_status().content
    *lines, last = body.splitlines(keepends=True)
    trailer = json.loads(last)["trailer"] if b'"trailer"' in last else json.loads(last)
    assert trailer["rows"] == len(lines)
    assert trailer["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
    return [json.loads(line) for line in lines]


async def test_a_plant_is_entered_pulled_and_planned_for_across_processes(parts, sign_in):
    client = await sign_in("ledger_clerk", "officer", "section_chief")
    assert (await client.get("/v1/me")).json()["unit_name"] == "河津市应急管理局"

    entity, plan = str(uuid4()), str(uuid4())
    given = await client.put(f"/v1/entities/{entity}", json={"values": entity_values()})
    assert given.status_code == 200, given.text
    assert [row["id"] for row in await pulled(client, "/v1/pulls/entities")] == [entity]

    record = {
        "region": "140882", "unit": "140882", "year": 2026, "title": "2026 年度监督检查计划",
        "approval_number": None, "approved_on": None,
    }  # fmt: skip
    assert (await client.put(f"/v1/plans/{plan}", json=record)).status_code == 200
    planned = {
        "plan_id": plan, "entity_id": entity, "month": 6, "office": "工贸股", "trade": "metallurgy",
        "kind": "key", "times": 1,
    }  # fmt: skip
    # case_svc learns of the plant by following ledger_svc's feed over HTTP.
    async with asyncio.timeout(PATIENCE):
        while True:
            given = await client.put(f"/v1/planned-inspections/{uuid4()}", json=planned)
            if given.status_code == 200:
                break
            await asyncio.sleep(0.1)
    assert given.json()["entity_name"] == entity_values()["ent_name"]

    assert (await client.get("/v1/indicators", params={"year": 2026})).json()["items"]
    document = (await client.get("/v1/openapi.json")).json()
    assert {"/v1/entities", "/v1/plans", "/v1/indicators"} <= set(document["paths"])


@pytest.mark.parametrize("killed", ["ledger_svc", "gateway"])
async def test_what_was_shown_as_saved_is_there_after_a_kill(parts, sign_in, killed):
    client = await sign_in("ledger_clerk", "officer")
    county = {str(uuid4()): dict(plant.values) for plant in plants(40)}
    saved: set[str] = set()
    unsure: set[str] = set()
    enough = asyncio.Event()

    async def enter(entity: str) -> None:
        try:
            given = await client.put(f"/v1/entities/{entity}", json={"values": county[entity]})
        except httpx.TransportError:
            unsure.add(entity)
            return
        if given.status_code == 200:
            saved.add(entity)
            if len(saved) >= len(county) // 4:
                enough.set()
        else:
            assert given.status_code == 503, given.text
            unsure.add(entity)

    async def kill_and_start() -> None:
        async with asyncio.timeout(PATIENCE):
            await enough.wait()
        parts.kill(killed)
        parts.start(killed)

    rest = asyncio.Semaphore(4)

    async def one_of_four(entity: str) -> None:
        async with rest:
            await enter(entity)

    await asyncio.gather(kill_and_start(), *map(one_of_four, county))
    # The kill has met requests under way: else this test would prove nothing.
    assert saved
    assert unsure
    await parts.ready()

    for entity in saved:
        given = await client.get(f"/v1/entities/{entity}")
        assert (given.status_code, given.json()["values"]) == (200, county[entity])
    for entity in unsure:
        body = {"values": county[entity]}
        given = await again_until_answered(client, "PUT", f"/v1/entities/{entity}", json=body)
        assert given.status_code == 200, given.text
    rows = [row["id"] for row in await pulled(client, "/v1/pulls/entities")]
    assert sorted(rows) == sorted(county)


async def test_a_plan_is_there_once_after_case_svc_was_killed_under_it(parts, sign_in):
    client = await sign_in("section_chief", "officer")
    plan: UUID = uuid4()
    record = {
        "region": "140882", "unit": "140882", "year": 2026, "title": "2026 年度监督检查计划",
        "approval_number": None, "approved_on": None,
    }  # fmt: skip
    asking = asyncio.create_task(
        again_until_answered(client, "PUT", f"/v1/plans/{plan}", json=record)
    )
    await asyncio.sleep(0)
    parts.kill("case_svc")
    # While it is down, so are its resources, and only they.
    down = await client.get("/v1/plans")
    assert (down.status_code, down.json()["code"]) == (503, "busy")
    assert (await client.get("/v1/entities")).status_code == 200
    parts.start("case_svc")
    assert (await asking).status_code == 200
    listed = (await again_until_answered(client, "GET", "/v1/plans")).json()["items"]
    assert [one["id"] for one in listed] == [str(plan)]
